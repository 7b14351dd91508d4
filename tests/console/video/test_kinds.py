"""Every kind of stream plays: TS, FLV, HLS and MJPEG over real HTTP, as cameras serve them."""

import threading
import time
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import av
import pytest

from console.base.clock import SystemClock
from console.central.cameras.scenery import SCENES, frames
from console.video import player
from console.video.board import Board, Slot
from console.video.memory import plain
from console.video.player import Player
from console.video.runner import AT_ONCE, Runner
from console.video.stream import Trouble, Wish
from console.video.truth import GOOD, standing
from tests.serving import serving

FPS, SECONDS, SIZE = 10, 2, (320, 180)


def no_lane(_rider):
    raise AssertionError("none of these comes by a lane")


def pictures():
    return frames(SCENES[0], *SIZE, FPS, SECONDS)


def muxed(file, form, **options):
    with av.open(str(file), "w", format=form, options=options) as out:
        stream = out.add_stream("libx264", rate=FPS, options={"tune": "zerolatency", "g": "10"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for _ in range(2):
            for picture in pictures():
                out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode())


def jpegs():
    encoder = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = *SIZE, "yuvj420p"
    encoder.time_base = Fraction(1, FPS)
    for picture in pictures():
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format="yuvj420p")
        yield from (bytes(packet) for packet in encoder.encode(frame))


class Camera(BaseHTTPRequestHandler):
    """Serves what lies in a folder: files of a playlist whole, streams at their pace, again."""

    folder = None
    shots = ()

    def do_GET(self):
        name = self.path.strip("/").partition("?")[0]
        if name == "mjpeg":
            return self._jpegs()
        file = self.folder / name
        if not file.is_file():
            return self.send_error(404)
        data = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        if name.endswith((".m3u8", ".seg.ts")):
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
            return None
        self.end_headers()
        for at in range(0, len(data), 4_000):
            self.wfile.write(data[at : at + 4_000])
            time.sleep(0.01)
        return None

    def _jpegs(self):
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace;boundary=next")
        self.end_headers()
        for shot in self.shots * 20:
            head = f"--next\r\nContent-Type: image/jpeg\r\nContent-Length: {len(shot)}\r\n\r\n"
            self.wfile.write(head.encode() + shot + b"\r\n")
            time.sleep(0.02)

    def log_message(self, *_words):
        return


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kinds")
    muxed(folder / "live.ts", "mpegts")
    muxed(folder / "live.flv", "flv")
    muxed(folder / "list.m3u8", "hls", hls_time="1", hls_list_size="0",
          hls_segment_filename=str(folder / "part%d.seg.ts"))  # fmt: skip
    Camera.folder, Camera.shots = folder, list(jpegs())

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_words):
            return  # whoever watched has gone

    with serving(Quiet(("127.0.0.1", 0), Camera)) as server:
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
def playing():
    begun = []

    def play(address):
        board = Board(plain(Board.size()))
        board.clear(0)
        wish = Wish(address=address, width=160, height=90)
        slot = Slot(board, 0, plain(Slot.bytes_for(160 * 90)))
        made = Player(wish, slot, SystemClock(), threading.Semaphore(4), no_lane)
        thread = threading.Thread(target=made.run, args=(threading.Event(),))
        thread.start()
        begun.append((made, thread))
        return board

    yield play
    for made, thread in begun:
        made.stop.set()
        thread.join(30)
        assert not thread.is_alive()


@pytest.mark.parametrize(("name", "codec"), [
    ("live.ts", "h264"), ("live.flv", "h264"), ("list.m3u8", "h264"), ("mjpeg", "mjpeg"),
])  # fmt: skip
def test_a_stream_over_http_plays_and_is_judged_like_any_other(served, playing, until, name, codec):
    board = playing(f"{served}/{name}")
    until(lambda: board.vitals(0).seq > 12)
    found = board.vitals(0)
    assert (found.native_width, found.native_height, found.codec) == (*SIZE, codec)
    assert standing(found, SystemClock().monotonic()) in GOOD


def test_a_stream_that_is_not_there_is_unknown(served, playing, until):
    board = playing(f"{served}/none.flv")
    until(lambda: board.vitals(0).trouble is Trouble.UNKNOWN)


def test_a_hundred_that_come_back_are_opened_a_few_at_a_time(until, monkeypatch):
    inside, most, opened = [], [], []
    lock = threading.Lock()

    def slowly(address, *_facts):
        with lock:
            inside.append(address)
            most.append(len(inside))
        time.sleep(0.005)
        with lock:
            inside.remove(address)
            opened.append(address)
        raise OSError

    monkeypatch.setattr(player, "opened", slowly)
    board = Board(plain(Board.size()))
    runner = Runner(board, SystemClock())
    try:
        for n in range(100):
            board.clear(n)
            address = f"rtsp://10.0.0.{n}/x"
            wish = Wish(address=address, width=16, height=16)
            runner.begin(n, plain(Slot.bytes_for(256)), wish)
        until(lambda: len(set(opened)) == 100)
    finally:
        runner.close()
    assert max(most) <= AT_ONCE


def test_their_second_knocks_are_spread_over_time():
    waits = set()
    for n in range(100):
        wish = Wish(address=f"rtsp://10.0.0.{n}/x", width=16, height=16)
        board = Board(plain(Board.size()))
        slot = Slot(board, 0, plain(Slot.bytes_for(256)))
        made = Player(wish, slot, SystemClock(), threading.Semaphore(4), no_lane)
        waits.add(round(made._pause(Trouble.NOBODY, 3), 3))
    assert len(waits) > 60
    assert max(waits) - min(waits) > 0.5
