"""Cameras and bare decoders as processes of their own: what the wall is measured against."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext

from console.base.work import Tasks
from console.central.cameras import feed
from console.central.cameras.loops import IDR, PPS, SLICE, SPS, Loop, Unit, _parts
from console.central.cameras.town import Cameras
from console.central.cameras.views import View
from tests.drivers import ROOT

TICKS, FPS = 100, 15
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

    def url(self, number: int, quality: str = "sub") -> str:
        return f"rtsp://127.0.0.1:{self.port}/cam/{number}/{quality}"


def cpu_of(*pids: int) -> float:
    """Give the CPU seconds that processes have used."""
    return sum(_ticks(pid) for pid in pids) / TICKS


def null_cost(
    server: Server, count: int, seconds: float, idle: Callable[[int], None], warm: float = 4.0
) -> float:
    """Give CPU seconds a picture of reading and decoding alone; ``idle`` waits in ms."""
    bare = Program(NULL, *(server.url(n) for n in range(count)))
    try:
        idle(round(warm * 1_000))
        before, frames = cpu_of(bare.child.pid), bare.count()
        idle(round(seconds * 1_000))
        return (cpu_of(bare.child.pid) - before) / max(1, bare.count() - frames)
    finally:
        bare.close()


def ffmpeg_cost(server: Server, count: int, seconds: float, warm: float = 6.0) -> float | None:
    """Give the same of `ffmpeg -f null`, a process a stream at 15 a second; None: no ffmpeg."""
    words = ["ffmpeg", "-loglevel", "quiet", "-rtsp_transport", "tcp", "-threads", "1", "-i"]
    try:
        children = [
            subprocess.Popen([*words, server.url(n), "-f", "null", "-"], stdin=subprocess.DEVNULL)
            for n in range(count)
        ]
    except FileNotFoundError:
        return None
    time.sleep(warm)
    pids = [child.pid for child in children]
    before = cpu_of(*pids)
    time.sleep(seconds)
    cost = (cpu_of(*pids) - before) / seconds / count / FPS
    for child in children:
        child.kill()
        child.wait()
    return cost


def memory_of(pid: int) -> float:
    """Give a process's own share of memory (PSS), in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
