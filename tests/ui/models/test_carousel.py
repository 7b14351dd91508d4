"""A carousel knows whose turn it is, and opens ahead only what comes next."""

import pytest

from tests.ui.pictures import Pictures, eye
from ui.models.carousel import AHEAD_S, PATIENCE_S, Carousel
from ui.models.channel import Channel
from ui.models.tile import Tile

DWELL = 20.0


@pytest.fixture
def pictures():
    return Pictures()


@pytest.fixture
def carousel(pictures):
    def opened(camera):
        if camera == "none":
            return None
        channel = Channel(pictures, eye(camera))
        channel.want("sub", 320, 180, keys_only=False)
        return channel

    made = Carousel(opened)
    made.dwell_s = DWELL
    return made


@pytest.fixture
def tiles():
    return [Tile(0, "plain"), Tile(1, "carousel"), Tile(2, "carousel")]


def test_each_tile_has_its_camera_at_once_and_others_are_left_alone(carousel, tiles):
    assert carousel.rotate(("a", "b", "c"))
    assert not carousel.rotate(["a", "b", "c"])
    carousel.place(tiles, 0.0)
    assert [t.home for t in tiles] == ["", "a", "b"]


def test_what_is_next_is_opened_once_and_not_too_early(carousel, tiles, pictures):
    carousel.rotate(("a", "b", "c"))
    carousel.place(tiles, 0.0)
    assert not carousel.beat(tiles, DWELL - AHEAD_S - 0.1)
    assert carousel.beat(tiles, DWELL - AHEAD_S)
    assert not carousel.beat(tiles, DWELL)
    assert pictures.began == ["rtsp://x/c/sub", "rtsp://x/a/sub"]
    carousel.rest()
    assert pictures.playing == []
    assert carousel.beat(tiles, DWELL)


def test_without_a_dwell_or_cameras_nothing_turns(carousel, tiles):
    carousel.place(tiles, 0.0)
    assert not carousel.beat(tiles, 99.0)
    carousel.rotate(("a", "b", "c"))
    carousel.place(tiles, 0.0)
    carousel.dwell_s = 0.0
    assert not carousel.beat(tiles, 99.0)
    assert carousel.turned(tiles, 99.0) == []


def test_whoever_has_nothing_to_play_or_does_not_come_takes_its_place_all_the_same(
    carousel, tiles, pictures
):
    carousel.rotate(("a", "b", "c", "none"))
    carousel.place(tiles, 0.0)
    carousel.beat(tiles, DWELL - 1)
    assert carousel.turned(tiles, DWELL - 0.1) == []
    assert carousel.turned(tiles, DWELL) == [2]
    assert carousel.turned(tiles, DWELL - 1 + PATIENCE_S) == [1]
    assert [t.home for t in tiles[1:]] == ["c", "none"]
    assert tiles[1].channel is not None
    assert carousel.ahead == {}


def test_as_many_cameras_as_tiles_stay_where_they_are_or_change_places(carousel, tiles, pictures):
    carousel.rotate(("a", "b"))
    carousel.place(tiles, 0.0)
    assert not carousel.beat(tiles, DWELL)
    assert carousel.turned(tiles, DWELL) == [1, 2]
    assert [t.home for t in tiles[1:]] == ["a", "b"]
    assert pictures.began == []
