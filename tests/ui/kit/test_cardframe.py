"""Every card says why there is nothing to show, and keeps its place while it is told."""

from typing import Any

from console.domain.changes import Changes
from tests.ui.desk import Desk
from ui.kit.cardframe import CardFrame
from ui.kit.outfit import Outfit
from ui.models.timeline import Timeline


class Plain(CardFrame):
    kind = "incident"

    def __init__(self, seat: Desk, outfit: Outfit) -> None:
        super().__init__(seat.core, outfit, ("clocks",))
        self._lay_out(self._sections["clocks"])
        self.reads = 0

    def _ask(self) -> None:
        self.reads += 1

    def _tick(self) -> None:
        """Nothing here tells time."""

    def refresh(self, changes: Changes) -> None:
        self._ask()


def test_what_fails_before_anything_is_shown_is_said_there(
    qtbot: Any, seat: Desk, outfit: Outfit
) -> None:
    made = Plain(seat, outfit)
    qtbot.addWidget(made)
    told: list[object] = []
    made.failed.connect(told.append)
    made._choose("i1")
    error = OSError("gone")
    made._fail(error)
    assert made._hint.words.startswith("读取失败")
    made._put("i1", Timeline())
    made._fail(error)
    assert made._stack.currentIndex() == 1
    assert told == [error, error]


def test_it_tells_whether_the_record_was_shown_before_and_how_old_it_is(
    qtbot: Any, seat: Desk, outfit: Outfit
) -> None:
    made = Plain(seat, outfit)
    qtbot.addWidget(made)
    made.show()
    made._choose("i1")
    assert made.reads == 1
    assert [made._put("i1", Timeline()), made._put("i1", Timeline())] == [False, True]
    assert made._stale.text().startswith("离线")
    made.go_to("clocks")
    made.go_to("nowhere")
