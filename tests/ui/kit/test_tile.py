"""A tile shows title, figure, time, target and sample; how fresh it is; and leads to its rows."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from shiboken6 import delete

from console.domain.figure import Behind, Figure, Point
from tests.ui.kit.tiles import LINES, NOON, OF, POINTS, figure, tile
from ui.kit import fonts
from ui.kit.ink import Type
from ui.kit.tile import TileView
from ui.models.writing import Writing

TYPE = Type(20, 22, 26, 12, 8)


@pytest.fixture
def show(outfit, qapp):
    fonts.dress(qapp)
    made: list[TileView] = []

    def show(draw, shown=None, size=(640, 420), **more) -> TileView:
        writing = Writing("Asia/Shanghai", lambda _kind, code: f"名{code}", lambda: NOON)
        view = TileView(tile(draw, **more), outfit, writing, TYPE)
        view.resize(*size)
        view.show_figure(shown or figure(draw), LINES if draw == "list" else ())
        made.append(view)
        return view

    yield show
    for view in made:
        delete(view)


def said(view) -> str:
    return " ".join(mark.words for mark in view.ink.marks)


@pytest.mark.parametrize("draw", OF)
def test_every_tile_says_what_it_is_how_old_and_of_how_many(show, draw):
    words = said(show(draw))
    assert "按期处置率" in words
    assert "截至 12:00:00" in words
    assert "目标 ≥95%" in words
    assert any(key in words for key in ("样本 1,234", "来源", "数据完整率", "指标 1,234"))


@pytest.mark.parametrize("draw", OF)
def test_nothing_known_is_a_dash_and_never_nought(show, draw):
    view = show(draw, Figure())
    words = said(view)
    assert "—" in words or draw in ("list", "plans")
    assert "0%" not in words.replace("100%", "").replace("完整率 0%", "")
    assert not view.charts


@pytest.mark.parametrize("draw", OF)
def test_what_is_lost_is_said_with_a_shape(show, draw):
    view = show(draw, figure(draw, "lost"))
    assert "失联" in said(view)
    assert any(sign.name == "cross" for sign in view.ink.signs)
    assert all(chart.fresh == "lost" for chart in view.charts)


@pytest.mark.parametrize("draw", OF)
def test_no_word_reaches_beyond_its_tile_and_none_is_too_small(show, draw):
    for size in ((640, 420), (320, 300)):
        view = show(draw, size=size)
        for mark in view.ink.marks:
            assert mark.px >= TYPE.body
            assert mark.x >= 0
            assert mark.x + mark.width <= size[0] + 1
            assert 0 < mark.y <= size[1]
        assert all(chart.px >= TYPE.body for chart in view.charts)


def test_a_missed_target_has_a_shape_and_a_word(show):
    view = show("number")
    assert "未达标" in said(view)
    assert any(sign.name == "chevron" for sign in view.ink.signs)
    assert "未达标" not in said(show("number", target=90.0))


@pytest.mark.parametrize("draw", ["ranked", "vitals", "list"])
def test_rows_that_have_no_room_are_counted(show, draw):
    assert "另有" in said(show(draw, size=(640, 240)))


def test_every_number_leads_to_what_stands_behind_it(show, qtbot):
    for draw in OF:
        view = show(draw)
        assert all(spot.behind for spot in view.spots)
    ranked = show("ranked")
    ranked.show()
    with qtbot.waitSignal(ranked.opened) as opened:
        spot = ranked.spots[1]
        qtbot.mouseClick(ranked, Qt.MouseButton.LeftButton, pos=spot.area.center())
    assert opened.args[0] == spot.behind
    assert "名3201" in opened.args[1]
    with qtbot.waitSignal(ranked.opened) as opened:
        qtbot.mouseClick(ranked, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert opened.args[0] == ranked.figure.behind


@pytest.mark.parametrize("draw", ["bars", "distribution", "heat", "ranked"])
def test_each_bar_cell_and_row_leads_to_its_own_rows(show, qtbot, draw):
    own = [replace(p, behind=Behind("incident", f"no:{p.key}")) for p in POINTS[draw]]
    view = show(draw, figure(draw, points=tuple(own)))
    view.show()
    spots = {spot.behind: spot for spot in view.spots[1:]}
    assert set(spots) == {p.behind for p in own}
    areas = [spot.area for spot in spots.values()]
    assert not any(a.intersects(b) for n, a in enumerate(areas) for b in areas[n + 1 :])
    assert len({spot.name for spot in spots.values()}) == len(own)
    for point in own[:: max(1, len(own) // 6)]:
        with qtbot.waitSignal(view.opened) as opened:
            at = spots[point.behind].area.center()
            qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
        assert opened.args[0] == point.behind


def test_the_same_figure_is_not_laid_out_again(show, monkeypatch):
    view = show("number")
    monkeypatch.setattr(view, "lay_out", pytest.fail)
    view.show_figure(figure("number"))


@pytest.mark.logs_trouble
def test_a_tile_that_cannot_be_laid_out_is_broken_and_comes_back(show):
    view = show("bars")
    spoilt = Figure(at=NOON, value=1.0, fresh="live", points=(Point(key="no instant", value=1.0),))
    view.show_figure(spoilt)
    assert "故障" in said(view)
    assert any(sign.name == "cross" for sign in view.ink.signs)
    assert not view.charts
    view.show_figure(figure("bars"))
    assert "故障" not in said(view)
