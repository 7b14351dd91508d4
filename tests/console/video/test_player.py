"""A stream is opened, made small, waited for with patience, and never told the password of."""

import socket
import threading

import av
import pytest

from console.base.clock import SystemClock
from console.central.cameras.scenery import SCENES, frames
from console.central.cameras.views import View
from console.video import player as module
from console.video.board import Board, Slot
from console.video.lane import Lane
from console.video.memory import plain
from console.video.player import DENIED_WAIT_S, WAITS, Player
from console.video.rtsp.sdp import Unfit
from console.video.stream import Look, Trouble, Wish
from tests.cameras import CameraTown, OneDoor
from tests.rtsp_peer import Peer, answer


class Playing:
    """One player in a thread of its own."""

    def __init__(self, address, **facts) -> None:
        self.board = Board(plain(Board.size()))
        self.board.clear(0)
        wish = Wish(address=address, **({"width": 320, "height": 180} | facts))
        slot = Slot(self.board, 0, plain(Slot.bytes_for(wish.width * wish.height)))
        self.lane = Lane(SystemClock())
        threading.Thread(target=self.lane.run, args=(threading.Event(),)).start()
        self.player = Player(
            wish, slot, SystemClock(), threading.Semaphore(4), self._carry, lambda: 0.5
        )
        self.slot = slot
        self._thread = threading.Thread(target=self.player.run, args=(threading.Event(),))
        self._thread.start()

    @property
    def vitals(self):
        return self.board.vitals(0)

    def _carry(self, rider):
        self.lane.carry(rider)
        return self.lane

    def close(self):
        self.player.stop.set()
        self._thread.join(20)
        self.lane.close()
        assert not self._thread.is_alive()


@pytest.fixture
def play():
    started = []

    def begin(address, **facts):
        started.append(Playing(address, **facts))
        return started[-1]

    yield begin
    for each in started:
        each.close()


@pytest.mark.parametrize("udp", [False, True])
def test_pictures_come_at_the_tile_s_size_with_all_that_is_known_of_them(town, play, until, udp):
    playing = play(town.url(0), udp=udp)
    until(lambda: playing.vitals.rate > 0 and playing.vitals.latency_ms is not None)
    found = playing.vitals
    assert (found.width, found.height) == (320, 180)
    assert (found.native_width, found.native_height) == (640, 360)
    assert (found.codec, found.trouble, found.reconnects) == ("h264", Trouble.NONE, 0)
    assert found.kbits > 0
    assert playing.slot.picture() is not None


def test_a_picture_is_never_made_larger_than_it_is(town, play, until):
    playing = play(town.url(1), width=1920, height=1080)
    until(lambda: playing.vitals.seq > 0)
    assert (playing.vitals.width, playing.vitals.height) == (640, 360)


def test_a_smaller_tile_gets_smaller_pictures_of_the_same_stream(town, play, until):
    playing = play(town.url(1))
    until(lambda: playing.vitals.seq > 0)
    playing.player.wish = Wish(address=town.url(1), width=160, height=90, keys_only=True)
    until(lambda: playing.vitals.width == 160)
    assert playing.vitals.keys_only
    assert playing.vitals.reconnects == 0


def test_a_black_picture_is_noticed(town, play, until):
    playing = play(town.url(1))
    until(lambda: playing.vitals.look is Look.BLACK)


def test_a_camera_that_dies_and_comes_back_is_played_again(town, play, until):
    playing = play(town.url(2))
    until(lambda: playing.vitals.seq > 2)
    town.trouble(2, "dead")
    until(lambda: playing.vitals.trouble in (Trouble.NOBODY, Trouble.ENDED))
    before = playing.vitals.seq
    town.trouble(2, "")
    until(lambda: playing.vitals.seq > before + 2)
    assert playing.vitals.trouble is Trouble.NONE
    assert playing.vitals.reconnects >= 1


@pytest.mark.parametrize(("number", "trouble"), [(99, Trouble.UNKNOWN)])
def test_a_camera_that_the_server_does_not_know_is_said_to_be_unknown(
    town, play, until, number, trouble
):
    playing = play(town.url(number))
    until(lambda: playing.vitals.trouble is trouble)


def test_nobody_there_is_said_as_such(play, until):
    playing = play("rtsp://127.0.0.1:9/none")
    until(lambda: playing.vitals.trouble is Trouble.NOBODY)


def test_a_door_opens_to_the_password_and_is_not_knocked_at_in_vain(play, until):
    guarded = CameraTown({0: View("门内", 0, "black")}, door=OneDoor("yu", "s/3cr@t"))
    try:
        outside = play(guarded.url(0), user="yu", password="wrong")
        until(lambda: outside.vitals.trouble is Trouble.DENIED)
        inside = play(guarded.url(0), user="yu", password="s/3cr@t")
        until(lambda: inside.vitals.seq > 0)
        assert outside.vitals.reconnects == 0
    finally:
        guarded.close()


def test_what_we_do_not_read_ourselves_is_read_by_libav(town, play, until, monkeypatch):
    def unfit(*_words):
        raise Unfit

    monkeypatch.setattr(module, "opened", unfit)
    playing = play(town.url(0))
    until(lambda: playing.vitals.seq > 2 and playing.vitals.latency_ms is not None)
    assert not playing.lane.load
    assert playing.vitals.reconnects == 0


@pytest.mark.parametrize(("status", "trouble"), [
    ("503 Service Unavailable", Trouble.SILENT), ("410 Gone", Trouble.UNKNOWN),
    ("403 Forbidden", Trouble.DENIED), ("", Trouble.NOBODY),
])  # fmt: skip
def test_why_a_camera_gives_nothing_is_told_apart(play, until, status, trouble):
    peer = Peer()
    peer.answers = lambda _m, heads: answer(heads, status) if status else hang_up(peer)
    try:
        playing = play(peer.url)
        until(lambda: playing.vitals.trouble is trouble)
    finally:
        peer.close()


def hang_up(peer):
    peer.lines[-1].shutdown(socket.SHUT_RDWR)
    return b""


def test_a_camera_that_goes_silent_or_hangs_up_is_opened_again(play, until):
    peer = Peer()
    try:
        playing = play(peer.url)
        until(lambda: playing.vitals.trouble is Trouble.SILENT)
        until(lambda: playing.vitals.opened == 2)
        peer.lines[-1].shutdown(socket.SHUT_RDWR)
        until(lambda: playing.vitals.trouble is Trouble.ENDED)
    finally:
        peer.close()


def test_waiting_grows_with_jitter_and_is_long_where_a_door_is_shut(play):
    player = play("rtsp://127.0.0.1:9/none").player
    waits = [player._pause(Trouble.NOBODY, tries) for tries in range(8)]
    assert waits == [*WAITS, *WAITS[-1:] * 3]
    assert player._pause(Trouble.DENIED, 0) == DENIED_WAIT_S
    player._chance = lambda: 1.0
    assert player._pause(Trouble.NOBODY, 0) == pytest.approx(WAITS[0] * 1.2)


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    file = tmp_path_factory.mktemp("clip") / "clip.mp4"
    with av.open(str(file), "w") as out:
        stream = out.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for picture in frames(SCENES[0], 320, 180, 10, 2):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode())
    return file


def test_a_file_is_played_at_its_own_pace_and_again(clip, play, until):
    playing = play(str(clip))
    until(lambda: playing.vitals.seq > 25)
    assert playing.vitals.codec == "h264"
    assert playing.vitals.opened >= 2


def test_a_file_that_is_no_video_is_unreadable(tmp_path, play, until):
    file = tmp_path / "note.mp4"
    file.write_text("no video")
    playing = play(str(file))
    until(lambda: playing.vitals.trouble in (Trouble.UNREADABLE, Trouble.NOBODY))


def test_a_stream_from_the_net_may_not_lead_to_a_file():
    for scheme in ("rtsp", "http"):
        assert "file" not in module._SCHEMES[scheme]["protocol_whitelist"].split(",")
