"""A tile shows its camera as it is now, or a replay of it while its stream goes on behind."""

from tests.ui.pictures import Pictures, eye
from ui.models.channel import Channel, Playback
from ui.models.tile import Tile

SUB = "rtsp://x/a/sub"


def test_a_tile_without_a_stream_has_no_picture_and_nothing_is_known_of_it():
    tile = Tile(0, "plain")
    assert tile.picture() is None
    assert tile.vitals.seq == tile.taken_ms == 0
    assert not tile.fresh([0])


def test_what_is_seen_again_is_shown_in_place_of_what_goes_on_behind_it():
    pictures = Pictures()
    tile = Tile(0, "plain", camera="a", channel=Channel(pictures, eye("a")))
    tile.channel.want("sub", 320, 180, keys_only=False)
    pictures.come(SUB, taken_ms=9)
    assert tile.fresh(pictures.seqs())
    assert tile.taken_ms == 9
    tile.playback = Playback(pictures, "a", (320, 180), (0, 5))
    pictures.come(SUB, taken_ms=10)
    assert not tile.fresh(pictures.seqs()), "a picture of now is no news then"
    pictures.come("", taken_ms=3)
    assert tile.fresh(pictures.seqs())
    assert tile.taken_ms == 3
    assert tile.vitals.taken_ms == 10
