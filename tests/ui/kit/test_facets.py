"""A queue is filtered by district and by scene, with counts, and beside what else narrows it."""

import pytest

from ui.kit.facets import chosen, put
from ui.views.queue import QueueView


@pytest.fixture
def view(seat, outfit, qtbot) -> QueueView:
    failed: list[BaseException] = []
    made = QueueView(seat.core, outfit, failed.append)
    qtbot.addWidget(made)
    made.resize(1100, 500)
    made.show()
    made.open(seat.core.queues["all"])
    qtbot.waitUntil(lambda: made.grid.table.rowCount() == 4)
    yield made
    made.close_feed()
    assert failed == []


@pytest.mark.parametrize(
    ("where", "code", "made"),
    [
        ("", "320102", "district:320102"),
        ("district:320104", "320102", "district:320102"),
        ("state:accepted district:320104 井盖", "", "state:accepted 井盖"),
        ("scene:DMUM", "320102", "scene:DMUM district:320102"),
    ],
)
def test_a_line_takes_one_value_of_a_facet(where: str, code: str, made: str) -> None:
    assert put(where, "district", code) == made
    assert chosen(made, "district") == code


def test_a_facet_offers_what_there_is_with_counts_and_narrows_the_queue(view, qtbot) -> None:
    facets = view.facets
    facets.open("district")
    qtbot.waitUntil(lambda: facets.menu is not None and facets.menu.isVisible())
    entries = {str(a.data()): a.text() for a in facets.menu.actions()}
    assert entries[""].endswith("\t4")
    code = next(code for code in entries if code)
    count = int(entries[code].rpartition("\t")[2])
    assert count > 0
    action = next(a for a in facets.menu.actions() if a.data() == code)
    action.trigger()
    facets.menu.close()
    qtbot.waitUntil(lambda: view.grid.table.rowCount() == count)
    assert view.where == f"district:{code}"
    assert view._core.names("district", code) in facets.buttons["district"].text()
    view.narrow("")
    qtbot.waitUntil(lambda: view.grid.table.rowCount() == 4)
    assert view._core.names("district", code) not in facets.buttons["district"].text()
