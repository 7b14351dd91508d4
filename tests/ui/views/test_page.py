"""A page takes its figures all at once, and names at its foot what has no room."""

import pytest
from shiboken6 import delete

from console.domain.page import Page
from tests.ui.kit.tiles import LINES, NOON, OF, figure, tile
from ui.kit import fonts
from ui.kit.ink import Type
from ui.models.pagefeed import Shown
from ui.models.writing import Writing
from ui.views.page import PageView

PAGE = Page(
    key="p", name="全部画法", name_en="All", tile=tuple(tile(d, span=4, height=4) for d in OF)
)  # fmt: skip
FIGURES = Shown("p", {d: figure(d) for d in OF}, {"list": LINES})


@pytest.fixture
def view(outfit, qapp):
    fonts.dress(qapp)
    writing = Writing("Asia/Shanghai", lambda _kind, code: code, lambda: NOON)
    made = PageView(PAGE, outfit, writing, Type(20, 22, 26, 12, 8))
    made.resize(1800, 1000)
    yield made
    delete(made)


def test_it_is_ready_when_it_has_its_figures(view):
    assert not view.ready
    view.show_all(FIGURES)
    view.grab()
    assert view.ready
    assert len(view.shown) == len(OF)
    assert all(tile.figure is FIGURES.figures[tile.tile.key] for tile in view.shown)
    assert view.ink.marks == []


def test_what_has_no_room_is_named_and_comes_back_when_there_is(view):
    view.show_all(FIGURES)
    view.resize(900, 500)
    view.grab()
    assert view.left_out
    assert "按期处置率" in view.ink.marks[0].words
    assert all(t.isHidden() for key, t in view.tiles.items() if t not in view.shown)
    view.resize(1800, 1000)
    view.grab()
    assert view.left_out == ()


def test_a_touch_on_any_tile_is_passed_on(view, qtbot):
    with qtbot.waitSignal(view.opened):
        view.tiles["number"].opened.emit(FIGURES.figures["number"].behind, "x")


def test_a_page_is_prepared_tile_by_tile_and_then_says_so(view, qtbot):
    with qtbot.waitSignal(view.prepared):
        view.prepare(FIGURES)
        assert not view.ready
    assert view.ready
    assert all(tile.figure is FIGURES.figures[tile.tile.key] for tile in view.shown)
