"""A tile says whose picture it is, since when it is not true, and why."""

from zoneinfo import ZoneInfo

import pytest

from console.video.stream import Trouble, Vitals
from console.video.truth import Standing
from tests.ui.pictures import Pictures, eye
from ui.models.channel import Channel, Playback
from ui.models.face import face_of, figures_of, trouble_words
from ui.models.tile import Tile

ZONE = ZoneInfo("Asia/Shanghai")
TEN = 1_767_578_400_000


def face(standing=Standing.LIVE, *, granted=True, plays=True, size=(320, 180), **facts):
    known = {"asked": 1.0} | facts
    pictures = Pictures()
    tile = Tile(0, "plain", camera="a", granted=granted, standing=standing, size=size)
    if plays:
        tile.channel = Channel(pictures, eye("a"))
        tile.channel.want("sub", 320, 180, keys_only=False)
        pictures.come("rtsp://x/a/sub", **known)
    return face_of(tile, eye("a"), ZONE)


def test_a_live_picture_says_its_name_and_no_more():
    found = face(frame=1.0)
    assert (found.name, found.mark, found.headline) == ("a路口", "", "")


@pytest.mark.parametrize(("standing", "words"), [
    (Standing.FROZEN, "画面停止"), (Standing.LOST, "信号中断"),
])  # fmt: skip
def test_a_picture_that_stopped_says_since_when_and_why(standing, words):
    found = face(standing, frame=1.0, taken_ms=TEN, trouble=Trouble.SILENT)
    assert found.headline == words
    assert "10:00:00" in found.detail
    assert trouble_words(Vitals(trouble=Trouble.SILENT)) in found.detail
    assert found.mark == "", "it is said once"


@pytest.mark.parametrize("standing", [Standing.BLACK, Standing.COVERED])
def test_a_picture_that_shows_nothing_says_so(standing):
    assert face(standing, frame=1.0).headline


def test_a_picture_that_does_not_change_is_marked_and_left_to_be_seen():
    found = face(Standing.CONSTANT, frame=1.0)
    assert (found.headline, found.mark) == ("", "画面不变")


def test_a_picture_that_moves_by_key_frames_alone_says_so_where_it_has_room():
    assert face(frame=1.0, keys_only=True).mark == "仅关键帧"
    assert face(frame=1.0, keys_only=True, size=(120, 68)).mark == ""
    assert face(frame=1.0).mark == ""
    said = figures_of(Vitals(frame=1.0, keys_only=True))
    assert "线路仍传整路码流" in said, "and that it spares the line nothing"
    assert "关键帧" not in figures_of(Vitals(frame=1.0))


def test_what_never_came_says_so_with_the_reason():
    assert face(Standing.LOST).detail == "还没有收到过画面"
    assert face(Standing.LOST, trouble=Trouble.DENIED).detail == "用户或口令不对"


def test_what_is_beyond_the_budget_and_what_has_no_address_say_what_to_do():
    assert face(granted=False).detail
    tile = Tile(0, "plain", camera="a")
    found = face_of(tile, eye("a", main="", sub=""), ZONE)
    assert found.detail


def test_an_empty_tile_says_what_it_is_for():
    words = {face_of(Tile(0, role), None, ZONE).headline for role in ("plain", "spot", "alarm")}
    assert len(words) == 3
    assert face_of(Tile(0, "plain", camera="gone"), None, ZONE).headline not in words


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_has_words(trouble):
    words = trouble_words(Vitals(trouble=trouble))
    assert "⟦" not in words
    assert bool(words) == (trouble is not Trouble.NONE)


def test_figures_are_complete_and_what_is_not_known_is_a_dash():
    known = Vitals(frame=1.0, codec="h264", native_width=640, native_height=360, rate=14.96,
                   kbits=455, latency_ms=68, reconnects=2)  # fmt: skip
    words = figures_of(known)
    for part in ("H264", "640×360", "15.0", "455", "68 ms", "2"):
        assert part in words
    assert "—" in figures_of(Vitals(frame=1.0, codec="h264"))
    assert figures_of(Vitals())


def test_what_is_seen_again_says_that_it_is_not_now_and_when_it_was():
    pictures = Pictures()
    tile = Tile(0, "plain", camera="a", standing=Standing.FROZEN)
    tile.playback = Playback(pictures, "a", (320, 180), (TEN, TEN + 60_000))
    reading = face_of(tile, eye("a"), ZONE)
    assert (reading.replay, reading.headline) == ("回放", "正在取回留存画面")
    pictures.come("", taken_ms=TEN)
    found = face_of(tile, eye("a"), ZONE, zoom=2.0)
    assert "10:00:00" in found.replay
    assert (found.standing, found.headline, found.zoom) == (None, "", "2.0×")
