"""One stream of one camera: sends frames at their pace to whoever watches, and rests otherwise."""

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress

from console.base.work import Tasks
from console.central.cameras.loops import Caption, Loop
from console.central.cameras.rtp import Stream, framed
from console.central.cameras.scenery import Picture, named, timed
from console.central.cameras.views import Quality, View, loop_of

FULL = 2_000_000
"""A watcher that has so many bytes before it gets no more until it has read some."""
REPORT_S = 2.0
STOPPED = "2026-01-01 00:00:00"
"""The time that a frozen camera has burnt in."""


class Watcher:
    """Somebody at the other end of a connection."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        self.channel = 0
        self.feed: Feed | None = None
        self.waits = True
        self.reported = 0.0
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

    def send(self, packets: list[bytes], reports: list[bytes]) -> None:
        """Send packets, and reports before them."""
        if self._to is not None:
            host, port = self._to
            for report in reports:
                self._udp[1].sendto(report, (host, port + 1))
            for packet in packets:
                self._udp[0].sendto(packet, (host, port))
            return
        whole = [framed(self.channel + 1, report) for report in reports]
        whole += [framed(self.channel, packet) for packet in packets]
        self.writer.write(b"".join(whole))

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
        said: Callable[[float], str],
    ) -> None:  # fmt: skip
        self.view = view
        self.watchers: set[Watcher] = set()
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

    @property
    def loop(self) -> Loop:
        assert self._held is not None  # noqa: S101 - `prepare` comes first
        return self._held

    async def prepare(self) -> None:
        """Have the loop of what is to be seen now; it is encoded beside the traffic."""
        if self._shown != self.view:
            shown = self.view
            self._held = await asyncio.to_thread(loop_of, shown, self._quality)
            self._caption = Caption(self._held)
            self._ground = named(self._held.ground, shown.name)
            self._shown = shown

    def add(self, watcher: Watcher) -> None:
        """Begin to send: to this one from the next key frame on."""
        self.watchers.add(watcher)
        if not self._running:
            self._running = True
            self._tasks.spawn(self._run())

    def drop(self, watcher: Watcher) -> None:
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
                    self._send(self._sent)
                self._sent += 1
        finally:
            self._running = False

    def _send(self, n: int) -> None:
        loop = self.loop
        # Beginning anywhere, so that cameras of one loop do not show the same at the same time.
        at = (n + self._number * 2 * loop.fps) % len(loop.units)
        unit = loop.units[at]
        parts = (self._top(at), *unit.rest)
        if unit.key:
            parts = (loop.sps, loop.pps, *parts)
        seconds = n / loop.fps
        packets = self._stream.packets_of(parts, seconds)
        now = self._wall()
        report = self._stream.report(seconds, self._began_wall + seconds)
        for watcher in list(self.watchers):
            watcher.waits = (watcher.waits and not unit.key) or watcher.full
            if watcher.waits:
                continue
            due = now - watcher.reported >= REPORT_S
            watcher.reported = now if due else watcher.reported
            with suppress(ConnectionError, OSError):
                watcher.send(packets, [report] if due else [])

    def _top(self, at: int) -> bytes:
        loop = self.loop
        if not loop.units[at].key or self._caption is None or self._ground is None:
            return loop.same[at % loop.fps]
        said = STOPPED if self.view.trouble == "frozen" else self._said(self._wall())
        return self._caption.slice(timed(self._ground, said), at // loop.fps)
