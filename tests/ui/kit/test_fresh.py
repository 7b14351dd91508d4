"""Of a tile that is drawn, a new picture changes its live part; any other is painted whole."""

from PySide6.QtCore import QPoint, QRect

from ui.kit.fresh import MOST, Plans
from ui.kit.tilepaint import Drawn
from ui.models.face import Face


def drawn(number, *, still=False):
    rect = QRect(number * 100, 0, 90, 60)
    live = QRect() if still else rect.adjusted(1, 1, -1, -20)
    return Drawn(Face(), rect, live=live, still=still)


def test_the_region_is_that_of_the_live_parts_and_of_nothing_else():
    tiles = {n: drawn(n) for n in range(4)}
    fresh = Plans(tiles).of((1, 3))
    assert fresh.drawn == ((1, tiles[1]), (3, tiles[3]))
    assert sorted(r.x() for r in fresh.region) == [101, 301]
    assert not fresh.region.contains(QPoint(110, 55)), "its words"
    assert not fresh.whole


def test_tiles_that_were_not_drawn_or_whose_words_change_are_painted_whole():
    fresh = Plans({0: drawn(0), 1: drawn(1, still=True)}).of((0, 1, 2))
    assert fresh.whole == (1, 2)
    assert fresh.region.boundingRect() == drawn(0).live


def test_tiles_that_are_drawn_otherwise_are_seen_once_plans_are_cleared():
    tiles = {0: drawn(0)}
    plans = Plans(tiles)
    first = plans.of((0,))
    assert plans.of((0,)) is first
    tiles[0] = drawn(3)
    plans.clear()
    assert plans.of((0,)).drawn == ((0, tiles[0]),)


def test_no_more_is_kept_than_a_wall_has_use_for():
    plans = Plans({})
    first = plans.of((0,))
    for n in range(1, MOST + 1):
        plans.of((n,))
    assert plans.of((0,)) is not first
