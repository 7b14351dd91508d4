"""One stream of one camera: sends frames at their pace to whoever watches, and rests otherwise."""

import asyncio
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from console.base.work import Tasks
from console.central.cameras.loops import Caption, Fresh, Loop
from console.central.cameras.rtp import Stream, described, framed
from console.central.cameras.scenery import Painter, Picture, named, timed
from console.central.cameras.turning import Aim, Turning, looked
from console.central.cameras.views import SECONDS, SIZES, Quality, View, loop_of, scene_of

FULL = 2_000_000
"""A watcher that has so many bytes before it gets no more until it has read some."""
REPORT_S = 2.0
STOPPED = "2026-01-01 00:00:00"
"""The time that a frozen camera has burnt in."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture as it goes out: its parts, and the RTP packets that all watchers share.

    ``seconds``: when it was taken, from a stream's beginning. ``report``: whose time of day that
    was (RTCP); empty where nobody knows.
    """

    key: bool
    parts: tuple[bytes, ...]
    seconds: float
    packets: list[bytes]
    report: bytes = b""


class Watching(Protocol):
    """Who is given the frames of a stream: from a key frame on, and not while it is full."""

    waits: bool

    @property
    def full(self) -> bool: ...
    def take(self, frame: Frame) -> None: ...


class Source(Protocol):
    """One stream that can be watched."""

    async def prepare(self) -> bool:
        """Have what is needed to describe it; False when there is no picture to be had now."""
        ...

    def sdp(self) -> bytes: ...
    def add(self, watcher: Watching) -> None: ...
    def drop(self, watcher: Watching) -> None: ...


def give(frame: Frame, watchers: Iterable[Watching]) -> None:
    """Give a frame to everybody who can take it now."""
    for watcher in list(watchers):
        watcher.waits = (watcher.waits and not frame.key) or watcher.full
        if not watcher.waits:
            with suppress(ConnectionError, OSError):
                watcher.take(frame)


class Watcher:
    """Somebody at the other end of an RTSP connection."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        self.channel = 0
        self.source: Source | None = None
        self.waits = True
        self._reported = float("-inf")
        self._udp: list[asyncio.DatagramTransport] = []
        self._to: tuple[str, int] | None = None

    async def over_udp(self, port: int) -> tuple[int, int]:
        """Send to a port there, and the reports to the one after it; give the two ports here."""
        peer = str(self.writer.get_extra_info("peername")[0])
        loop = asyncio.get_running_loop()
        for _ in range(2):
            made, _ = await loop.create_datagram_endpoint(
                asyncio.DatagramProtocol, local_addr=(peer, 0)
            )
            self._udp.append(made)
        self._to = (peer, port)
        here = [int(each.get_extra_info("sockname")[1]) for each in self._udp]
        return here[0], here[1]

    def take(self, frame: Frame) -> None:
        """Send a frame, and now and then before it the report on its time."""
        reports = [frame.report] if frame.report and self._due(frame.seconds) else []
        if self._to is not None:
            host, port = self._to
            for report in reports:
                self._udp[1].sendto(report, (host, port + 1))
            for packet in frame.packets:
                self._udp[0].sendto(packet, (host, port))
            return
        whole = [framed(self.channel + 1, report) for report in reports]
        whole += [framed(self.channel, packet) for packet in frame.packets]
        self.writer.write(b"".join(whole))

    def _due(self, seconds: float) -> bool:
        due = seconds - self._reported >= REPORT_S
        self._reported = seconds if due else self._reported
        return due

    @property
    def full(self) -> bool:
        return self.writer.transport.get_write_buffer_size() > FULL

    def close(self) -> None:
        for each in self._udp:
            each.close()


class Feed:
    """Sends one stream while somebody watches."""

    def __init__(
        self, number: int, view: View, quality: Quality, tasks: Tasks, wall: Callable[[], float],
        said: Callable[[float], str], turning: Turning | None = None,
    ) -> None:  # fmt: skip
        self.view = view
        self.turning = turning or Turning()
        self.watchers: set[Watching] = set()
        self._number = number
        self._quality: Quality = quality
        self._tasks = tasks
        self._wall = wall
        self._said = said
        self._stream = Stream(secrets.randbits(32), secrets.randbits(16), secrets.randbits(32))
        self._held: Loop | None = None
        self._shown: View | None = None
        self._caption: Caption | None = None
        self._ground: Picture | None = None
        self._began = self._began_wall = 0.0
        self._sent = 0
        self._running = False
        self._turned: _Turned | None = None

    @property
    def loop(self) -> Loop:
        assert self._held is not None  # noqa: S101 - `prepare` comes first
        return self._held

    async def prepare(self) -> bool:
        """Have the loop of what is to be seen now; it is encoded beside the traffic."""
        if self._shown != self.view:
            shown = self.view
            self._held = await asyncio.to_thread(loop_of, shown, self._quality)
            self._caption = Caption(self._held)
            self._ground = named(self._held.ground, shown.name)
            self._shown = shown
        return True

    def sdp(self) -> bytes:
        return described("h264", (self.loop.sps, self.loop.pps), self.loop.fps)

    def add(self, watcher: Watching) -> None:
        """Begin to send: to this one from the next key frame on."""
        self.watchers.add(watcher)
        if not self._running:
            self._running = True
            self._tasks.spawn(self._run())

    def drop(self, watcher: Watching) -> None:
        self.watchers.discard(watcher)

    async def _run(self) -> None:
        clock = asyncio.get_running_loop().time
        try:
            # Cameras do not all have their key frames at once.
            self._began = clock() - (self._number * 0.37) % 1.0
            self._began_wall = self._wall() - (clock() - self._began)
            self._sent = int((clock() - self._began) * self.loop.fps) + 1
            while self.watchers:
                due = self._began + self._sent / self.loop.fps
                await asyncio.sleep(max(0.0, due - clock()))
                await self.prepare()
                if self.view.trouble != "silent":
                    await self._send(self._sent)
                self._sent += 1
        finally:
            self._running = False

    async def _send(self, n: int) -> None:
        aim = self.turning.aim(self._wall())
        if aim.home or self.view.trouble:
            if self._turned is not None:
                self._turned = None
                for watcher in self.watchers:
                    watcher.waits = True  # the loop has other parameter sets
            self._give(n, *self._looped(n))
            return
        if self._turned is None:
            self._turned = await asyncio.to_thread(_Turned, self.view, self._quality)
        words = self._said(self._wall())
        self._give(n, *await asyncio.to_thread(self._turned.parts, n, aim, words))

    def _give(self, n: int, key: bool, parts: tuple[bytes, ...]) -> None:
        seconds = n / self.loop.fps
        packets = self._stream.packets_of(parts, seconds)
        report = self._stream.report(seconds, self._began_wall + seconds)
        give(Frame(key, parts, seconds, packets, report), self.watchers)

    def _looped(self, n: int) -> tuple[bool, tuple[bytes, ...]]:
        loop = self.loop
        # Beginning anywhere, so that cameras of one loop do not show the same at the same time.
        at = (n + self._number * 2 * loop.fps) % len(loop.units)
        unit = loop.units[at]
        parts = (self._top(at), *unit.rest)
        if unit.key:
            parts = (loop.sps, loop.pps, *parts)
        return unit.key, parts

    def _top(self, at: int) -> bytes:
        loop = self.loop
        if not loop.units[at].key or self._caption is None or self._ground is None:
            return loop.same[at % loop.fps]
        said = STOPPED if self.view.trouble == "frozen" else self._said(self._wall())
        return self._caption.slice(timed(self._ground, said), at // loop.fps)


class _Turned:
    """What a camera sees that looks elsewhere: painted and encoded for it alone, while it does."""

    def __init__(self, view: View, quality: Quality) -> None:
        width, height, fps = SIZES[quality]
        self._name = view.name
        self._count = fps * SECONDS
        self._painter = Painter(scene_of(view), width, height)
        self._fresh = Fresh(width, height, fps)

    def parts(self, n: int, aim: Aim, words: str) -> tuple[bool, tuple[bytes, ...]]:
        picture = looked(self._painter.picture(n % self._count, self._count), aim)
        return self._fresh.parts(timed(named(picture, self._name), words))
