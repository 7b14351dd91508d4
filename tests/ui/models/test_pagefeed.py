"""A page's figures and rows are of one moment, and each number has a line for the desk."""

import pytest

from console.domain.figure import Behind
from console.domain.page import Page, Source, Tile
from console.services.figures import Standing
from ui.models.pagefeed import PageFeed, desk_line


@pytest.fixture
def feed(seat, outfit, monkeypatch):
    now = seat.core.clock.now
    monkeypatch.setattr(seat.core, "_standing", lambda: Standing(now(), up=True))
    made = PageFeed(seat.core, outfit.sheet, outfit.setting, pytest.fail)
    yield made
    made.close()


PAGE = Page(
    key="p", name="", name_en="",
    tile=(
        Tile(key="n", name="", name_en="", draw="number", of=Source(kind="incident")),
        Tile(key="l", name="", name_en="", draw="list",
             of=Source(kind="incident", where="level:II,III", order="-reported_at",
                       show=("level", "title"))),
    ),
)  # fmt: skip


def test_figures_and_rows_come_together(feed, qtbot):
    with qtbot.waitSignal(feed.came) as came:
        feed.ask(PAGE)
    shown = came.args[0]
    assert shown.figures["n"].value == 4
    assert [line.id for line in shown.rows["l"]] == ["i2", "i1"]
    level, title = shown.rows["l"][0].cells
    assert (level.glyph, bool(level.text), bool(title.text)) == ("disc", True, True)


def test_a_page_under_way_is_not_asked_twice(feed, seat, monkeypatch):
    held = []
    monkeypatch.setattr(seat.core.work, "call", held.append)
    feed._asking.add("p")
    feed.ask(PAGE)
    assert held == []


@pytest.mark.parametrize(
    ("behind", "line"),
    [
        (Behind("incident", "state:reported"), 'queue.open all --where "state:reported"'),
        (Behind("report", ""), "queue.open all_reports"),
        (Behind("task", "urged>0"), 'queue.open all_tasks --where "urged>0"'),
        (Behind("instruction", ""), "queue.open all_instructions"),
        (Behind("plan", "state:running"), 'queue.open all_plans --where "state:running"'),
        (Behind("warning", "level:I"), 'queue.open all_warnings --where "level:I"'),
        (Behind(indicator="DMHL.rate"), 'queue.open all --where "scene:DMHL"'),
        (Behind("seat", ""), ""),
    ],
)
def test_the_line_for_the_desk_opens_the_same_rows(seat, behind, line):
    assert desk_line(seat.core, behind) == line
