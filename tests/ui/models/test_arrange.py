"""Tiles fill their page; where letters would be too small, less is shown, and that is known."""

import pytest

from console.domain.page import Source, Tile, read_pages
from ui.models.arrange import NEED, arrange, columns


def tile(key: str, draw="number", span=3, height=2, rank=2) -> Tile:
    return Tile(
        key=key, name=key, name_en=key, draw=draw, span=span, height=height, rank=rank,
        of=Source(kind="incident"),
    )  # fmt: skip


FOUR = [tile("a", rank=1), tile("b", rank=3), tile("c"), tile("d", rank=1)]


def test_tiles_stand_side_by_side_without_touching_and_fill_the_page():
    found = arrange([*FOUR, tile("e", span=12, height=4)], 1200, 900, 20, 10)
    assert found.left_out == ()
    places = {p.tile.key: p for p in found.places}
    assert places["a"].x == 0
    assert places["b"].x == places["a"].x + places["a"].width + 10
    assert places["d"].x + places["d"].width == 1200
    assert places["e"].y + places["e"].height == 900
    assert places["e"].height == pytest.approx(2 * places["a"].height, abs=2)


def test_the_least_important_goes_first_and_the_rest_grows():
    roomy = arrange(FOUR, 1000, 300, 20, 10)
    tight = arrange(FOUR, 1000, 300, 40, 10)
    assert [t.key for t in roomy.left_out] == []
    assert [t.key for t in tight.left_out] == ["b"]
    assert tight.places[0].width > roomy.places[0].width


def test_of_equals_the_later_goes_and_one_always_stays():
    found = arrange([tile("a"), tile("b")], 100, 100, 40, 10)
    assert [p.tile.key for p in found.places] == ["a"]
    assert [t.key for t in found.left_out] == ["b"]


@pytest.mark.parametrize(
    ("size", "across"),
    [((1920, 1080), 12), ((3840, 2160), 12), ((3840, 1080), 24), ((900, 1600), 12)],
)
def test_a_wider_display_has_more_columns(size, across):
    assert columns(*size) == across


@pytest.mark.parametrize("page", read_pages().values(), ids=lambda page: page.key)
@pytest.mark.parametrize(
    ("width", "height", "em"), [(1900, 1000, 24), (3800, 2000, 49), (3800, 1000, 26)]
)
def test_what_stands_has_its_room(page, width, height, em):
    found = arrange(page.tile, width, height, em, 10)
    for place in found.places:
        wide, high = NEED[place.tile.draw]
        assert place.width >= wide * em
        assert place.height >= high * em
    assert not [t for t in found.left_out if t.rank == 1]


def test_low_tiles_of_a_wide_row_stand_one_over_the_other():
    row = [tile("x", span=12, height=7), *(tile(k, height=4) for k in "abcd")]
    found = {p.tile.key: p for p in arrange(row, 3800, 1000, 20, 10).places}
    assert found["a"].x == found["b"].x
    assert found["b"].y == found["a"].y + found["a"].height + 10
    assert found["b"].y + found["b"].height == found["x"].height == 1000
    assert found["c"].x == found["a"].x + found["a"].width + 10
    assert found["a"].width == found["c"].width


def test_tiles_as_high_as_their_row_are_never_stacked():
    found = arrange([tile(k, span=6, height=5) for k in "abcd"], 3800, 1000, 20, 10)
    assert {p.y for p in found.places} == {0}
