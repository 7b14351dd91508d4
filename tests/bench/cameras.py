"""Cameras and bare decoders as processes of their own: what the wall is measured against."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
from av.video.codeccontext import VideoCodecContext

from console.base.work import Tasks
from console.central.cameras import feed
from console.central.cameras.loops import IDR, PPS, SLICE, SPS, Loop, Unit, _parts
from console.central.cameras.town import Cameras
from console.central.cameras.views import View
from tests.drivers import ROOT

TICKS = 100
SERVER = "import sys; from tests.bench.cameras import serve; serve(int(sys.argv[1]))"
LOOPS = {"sub": (640, 360, 15, 512_000), "main": (1_280, 720, 20, 2_000_000)}
NULL = """
import sys, threading, av
options = dict(rtsp_transport="tcp", fflags="nobuffer", probesize="32", analyzeduration="0")
def run(url):
    with av.open(url, options=options, timeout=(20, 5)) as opened:
        stream = opened.streams.video[0]
        stream.codec_context.thread_count = 1
        for packet in opened.demux(stream):
            frames[url] += len(packet.decode())
frames = dict.fromkeys(sys.argv[1:], 0)
for url in sys.argv[1:]:
    threading.Thread(target=run, args=(url,), daemon=True).start()
for _ in sys.stdin:
    print(sum(frames.values()), flush=True)
"""


QT = """
import os, sys, threading
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtMultimedia import QMediaPlayer, QPlaybackOptions, QVideoSink  # noqa: TID251
app, frames, held = QGuiApplication([]), [0], []
def came(frame):
    frames[0] += not frame.toImage().isNull()
for url in sys.argv[1:]:
    player, sink, live = QMediaPlayer(), QVideoSink(), QPlaybackOptions()
    live.setPlaybackIntent(QPlaybackOptions.PlaybackIntent.LowLatencyStreaming)
    player.setPlaybackOptions(live)
    sink.videoFrameChanged.connect(came)
    player.setVideoSink(sink)
    player.setSource(QUrl(url))
    player.play()
    held.append((player, sink))
def say():
    for _ in sys.stdin:
        print(frames[0], flush=True)
threading.Thread(target=say, daemon=True).start()
app.exec()
"""
"""Qt's own player: the pictures of every stream made ready to be painted, at low latency."""


def serve(count: int) -> None:
    """Serve as many cameras, as real ones encode: a texture that pans, things that move, grain."""
    made = cache(lambda quality: textured(*LOOPS[quality]))
    feed.loop_of = lambda _view, quality: made(quality)
    feed.Feed._top = lambda self, at: self.loop.units[at].top  # no captions: nothing is our own
    asyncio.run(_serve(count))


async def _serve(count: int) -> None:
    tasks, stop = Tasks(lambda _error: None), asyncio.Event()
    asyncio.get_running_loop().add_reader(0, stop.set)
    cameras = Cameras({n: View(f"{n}", n) for n in range(count)}, tasks, time.time)
    await cameras.serve("127.0.0.1", 0, stop, lambda port: print(port, flush=True))  # noqa: T201
    await tasks.close()


def textured(width: int, height: int, fps: int, bits: int, seconds: int = 4) -> Loop:
    """Encode a loop as cameras do: main profile, CABAC, a key frame every two seconds."""
    encoder = VideoCodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.time_base, encoder.framerate, encoder.gop_size = Fraction(1, fps), fps, 2 * fps
    encoder.bit_rate, encoder.thread_count = bits, 1
    words = f"keyint={2 * fps}:min-keyint={2 * fps}:scenecut=0:bframes=0:repeat-headers=1:slices=1"
    encoder.options = {"preset": "veryfast", "profile": "main", "x264-params": words}
    chance = np.random.default_rng(7)
    ground = np.kron(chance.integers(40, 200, (height // 8, width // 8, 3)), np.ones((8, 8, 1)))
    units, heads = [], {}
    for n in range(fps * seconds):
        picture = np.roll(ground, n * width // (fps * seconds), axis=1)
        picture[height // 3 : height // 2, (n * 9) % (width - 80) :][:, :80] = (220, 60, 50)
        picture = (picture + chance.integers(-6, 7, picture.shape)).clip(0, 255).astype(np.uint8)
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format="yuv420p")
        frame.pts = n
        units += [_unit(bytes(packet), heads) for packet in encoder.encode(frame)]
    units += [_unit(bytes(packet), heads) for packet in encoder.encode()]
    return Loop(width, height, fps, heads[SPS], heads[PPS], 64, ground[:64].astype(np.uint8),
                tuple(units), ())  # fmt: skip


def _unit(data: bytes, heads: dict[int, bytes]) -> Unit:
    parts = list(_parts(data))
    heads |= {part[0] & 31: part for part in parts if part[0] & 31 in (SPS, PPS)}
    slices = [part for part in parts if part[0] & 31 in (SLICE, IDR)]
    return Unit(slices[0][0] & 31 == IDR, slices[0], tuple(slices[1:]))


class Program:
    """A process that ends when its input closes; its CPU seconds are read as it runs."""

    def __init__(self, code: str, *words: str) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-c", code, *words], cwd=ROOT, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def count(self) -> int:
        """Ask how many pictures there have been."""
        self.child.stdin.write(b"\n")
        self.child.stdin.flush()
        return int(self.child.stdout.readline())

    def close(self) -> None:
        self.child.kill()
        self.child.wait()
        for each in (self.child.stdin, self.child.stdout):
            each.close()


class Server(Program):
    """Cameras on a port."""

    def __init__(self, count: int) -> None:
        super().__init__(SERVER, str(count))
        self.port = int(self.child.stdout.readline())
        for quality in LOOPS:  # the first asking encodes the loop, which no camera has to do
            with av.open(self.url(0, quality), options={"rtsp_transport": "tcp"}) as opened:
                next(opened.decode(video=0))

    def url(self, number: int, quality: str = "sub") -> str:
        return f"rtsp://127.0.0.1:{self.port}/cam/{number}/{quality}"


def cpu_of(*pids: int) -> float:
    """Give the CPU seconds that processes have used."""
    return sum(_ticks(pid) for pid in pids) / TICKS


def null_cost(
    server: Server, count: int, seconds: float, idle: Callable[[int], None], warm: float = 4.0
) -> float:
    """Give CPU seconds a picture of reading and decoding alone; ``idle`` waits in ms."""
    return _cost(NULL, server, count, seconds, idle, warm)[0]


def qt_cost(
    server: Server, count: int, seconds: float, idle: Callable[[int], None], warm: float = 10.0
) -> tuple[float, float] | None:
    """Give the same of Qt's own player, and pictures a second a stream; None: it is not here."""
    try:
        from PySide6 import QtMultimedia  # noqa: PLC0415
    except ImportError:  # it wants libpulse
        return None
    assert QtMultimedia
    return _cost(QT, server, count, seconds, idle, warm)


def _cost(
    code: str, server: Server, count: int, seconds: float, idle: Callable[[int], None], warm: float
) -> tuple[float, float]:
    bare = Program(code, *(server.url(n) for n in range(count)))
    try:
        idle(round(warm * 1_000))
        before, frames = cpu_of(bare.child.pid), bare.count()
        idle(round(seconds * 1_000))
        came = bare.count() - frames
        cost = (cpu_of(bare.child.pid) - before) / max(1, came)
        return cost, came / seconds / count
    finally:
        bare.close()


def ffmpeg_cost(server: Server, count: int, seconds: float, warm: float = 6.0) -> float | None:
    """Give the same of `ffmpeg -f null`, a process a stream; None: there is no ffmpeg."""
    try:
        program = imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError:
        return None
    words = [program, "-loglevel", "quiet", "-nostats", "-progress", "pipe:1", "-stats_period",
             "0.2", "-rtsp_transport", "tcp", "-threads", "1", "-i"]  # fmt: skip
    children = [_Ffmpeg([*words, server.url(n), "-f", "null", "-"]) for n in range(count)]
    try:
        time.sleep(warm)
        pids = [child.child.pid for child in children]
        before, frames = cpu_of(*pids), sum(child.frames() for child in children)
        time.sleep(seconds)
        came = sum(child.frames() for child in children) - frames
        return (cpu_of(*pids) - before) / max(1, came)
    finally:
        for child in children:
            child.close()


class _Ffmpeg:
    """One ffmpeg, and how many frames it says it has decoded: it may fall behind, too."""

    def __init__(self, words: list[str]) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed below
        self.child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=self._said)

    def frames(self) -> int:
        said = os.pread(self._said.fileno(), 1 << 20, 0).decode()
        return int(said.rpartition("frame=")[2].split()[0] or 0) if "frame=" in said else 0

    def close(self) -> None:
        self.child.kill()
        self.child.wait()
        self._said.close()


def memory_of(pid: int) -> float:
    """Give a process's own share of memory (PSS), in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
