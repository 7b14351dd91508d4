"""A page's figures and rows are of one moment, and each number has a line for the desk."""

import pytest

from console.domain.page import Page, Source, Tile
from console.services.figures import Standing
from ui.models.pagefeed import PageFeed


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
