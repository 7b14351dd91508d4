"""Live pictures of GB/T 28181 as streams that seats read over RTSP.

A camera is asked for its picture (INVITE) when the first seat watches, and told to stop (BYE) a
little after the last has gone; however many watch, it sends once.
"""

import asyncio
import logging
import re
import secrets
from collections.abc import Callable
from contextlib import suppress

from console.base.errors import Refused
from console.base.work import Tasks
from console.central.cameras.feed import Frame, Source, Watching, give
from console.central.cameras.guard import Door
from console.central.cameras.rtp import Stream, described
from console.central.cameras.rtsp import Rtsp
from console.central.gb28181.agent import Peer, Silent
from console.central.gb28181.platform import Platform
from console.video.gb28181 import sdp
from console.video.gb28181.ps import CLOCK, Arrivals, Piece
from console.video.gb28181.sip import Message

PATH = re.compile(r"/gb/(\d{20})(?:/(?:main|sub))?\b")
PICTURE_S = 8.0
"""So long a camera may take to its first key frame."""
LINGER_S = 10.0
"""So long nobody watches before it is told to stop: a wall that turns its pages comes back."""
SILENT_S = 10.0
STREAMS_MOST = 256
_SETS = {"h264": (7, 8), "hevc": (32, 33, 34)}
_log = logging.getLogger(__name__)


class Live(Rtsp):
    """Every camera of a platform, over RTSP: ``/gb/<20 digits>``. Made in the loop that serves."""

    def __init__(self, platform: Platform, tasks: Tasks, door: Door | None = None) -> None:
        super().__init__(door)
        self._platform = platform
        self._tasks = tasks
        self._streams: dict[str, LiveStream] = {}
        self._ports = Ports(*platform.setup.ports)
        platform.ended = self._ended

    def source(self, url: str) -> tuple[str, Source] | None:
        found = PATH.search(url)
        if found is None or (found[1] not in self._streams and len(self._streams) >= STREAMS_MOST):
            return None
        return found[1], self.stream(found[1])

    def stream(self, camera: str) -> "LiveStream":
        """Give a camera's stream, running or not."""
        for code in [c for c, s in self._streams.items() if not s.busy and c != camera]:
            del self._streams[code]
        if camera not in self._streams:
            self._streams[camera] = LiveStream(camera, self._platform, self._tasks, self._ports)
        return self._streams[camera]

    def known(self, camera: str) -> "LiveStream | None":
        """Give the stream of a camera behind a device that has registered; None for others."""
        devices = self._platform.devices.values()
        return self.stream(camera) if any(camera in d.entries for d in devices) else None

    @property
    def running(self) -> list[str]:
        """Give the cameras that send now."""
        return [code for code, stream in self._streams.items() if stream.running]

    async def close(self) -> None:
        """Tell every camera to stop."""
        for stream in list(self._streams.values()):
            await stream.stop()

    def _ended(self, call: str) -> None:
        for stream in self._streams.values():
            if stream.call == call:
                self._tasks.spawn(stream.stop(bye=False))


class Ports:
    """The ports that pictures may come in by; (0, 0): any that is free."""

    def __init__(self, first: int, last: int) -> None:
        self._range = range(first, last + 1) if first else range(1)
        self._turn = 0

    async def bound(
        self, host: str, heard: Callable[[bytes, str], None]
    ) -> asyncio.DatagramTransport:
        """Open a port; OSError when none is free."""
        loop = asyncio.get_running_loop()
        for _ in self._range:
            port = self._range[self._turn % len(self._range)]
            self._turn += 1
            with suppress(OSError):
                made, _ = await loop.create_datagram_endpoint(
                    lambda: _Datagrams(heard), local_addr=(host, port)
                )
                return made
        raise OSError(f"no port is free from {self._range.start} to {self._range.stop - 1}")


class LiveStream:
    """One camera's picture, for everybody who watches it."""

    def __init__(self, camera: str, platform: Platform, tasks: Tasks, ports: Ports) -> None:
        self.watchers: set[Watching] = set()
        self.call = ""
        self._camera = camera
        self._platform = platform
        self._tasks = tasks
        self._ports = ports
        self._lock = asyncio.Lock()
        self._udp: asyncio.DatagramTransport | None = None
        self._dialogue: tuple[Message, Peer] | None = None
        self._hosts: frozenset[str] = frozenset()
        self._arrivals = Arrivals()
        self._out = Stream(secrets.randbits(32), secrets.randbits(16), secrets.randbits(32))
        self._sets: dict[int, bytes] = {}
        self._codec = ""
        self._described = asyncio.Event()
        self._stamps: tuple[int, int] | None = None
        self._heard = 0.0
        self._idle: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        return self._udp is not None

    @property
    def busy(self) -> bool:
        return self.running or bool(self.watchers) or self._lock.locked()

    async def prepare(self) -> bool:
        """Have the camera send; False when it does not, or cannot be reached."""
        async with self._lock:
            if not self.running and not await self._begin():
                return False
            try:
                async with asyncio.timeout(PICTURE_S):
                    await self._described.wait()
            except TimeoutError:
                await self._end(bye=True)
                return False
        self._watch_idle()
        return True

    def sdp(self) -> bytes:
        return described(self._codec, [self._sets[kind] for kind in _SETS[self._codec]])

    def add(self, watcher: Watching) -> None:
        self.watchers.add(watcher)

    def drop(self, watcher: Watching) -> None:
        self.watchers.discard(watcher)

    async def stop(self, *, bye: bool = True) -> None:
        """Tell the camera to stop, unless it has said so itself."""
        async with self._lock:
            await self._end(bye=bye)

    # ---- asking the camera

    async def _begin(self) -> bool:
        setup, agent = self._platform.setup, self._platform.agent
        try:
            device = self._platform.device_of(self._camera)
            self._udp = await self._ports.bound(setup.host, self._take)
        except (Refused, OSError) as error:
            _log.info("no picture of %s: %s", self._camera, error)
            return False
        port = int(self._udp.get_extra_info("sockname")[1])
        ssrc = sdp.ssrc_of(setup.id, port)
        self._arrivals, self._sets, self._stamps = Arrivals(), {}, None
        self._described.clear()
        self._hosts = frozenset({device.peer.host})
        uri = f"sip:{self._camera}@{device.peer.host}:{device.peer.port}"
        invite = agent.request(
            "INVITE", uri, f"{self._camera}@{setup.domain}",
            ("Content-Type", "Application/SDP"),
            ("Subject", f"{self._camera}:{ssrc},{setup.id}:0"),
            body=sdp.offer(self._camera, setup.address, port, ssrc),
        )  # fmt: skip
        try:
            told = await agent.ask(invite, device.peer)
        except Silent:
            told = None
        if told is None or told.status != 200:
            _log.info("no picture of %s: %s", self._camera, told.status if told else "silent")
            await self._end(bye=False)
            return False
        session = sdp.read_session(told.body)
        self._hosts |= {session.host} if session else set()
        self._dialogue, self.call = (told, device.peer), told.head("call-id")
        self._heard = asyncio.get_running_loop().time()
        await agent.send(self._within("ACK", told, told.cseq[0]), device.peer)
        return True

    def _within(self, method: str, told: Message, cseq: int) -> Message:
        """Make a request of the dialogue that an answer has begun."""
        contact = re.search(r"<(sips?:[^>]{1,256})>", told.head("contact"))
        uri = contact[1] if contact else f"sip:{self._camera}@{self._platform.setup.domain}"
        return Message(method, uri, heads=(
            ("From", told.head("from")), ("To", told.head("to")),
            ("Call-ID", told.head("call-id")), ("CSeq", f"{cseq} {method}"),
            ("Max-Forwards", "70"),
        ))  # fmt: skip

    async def _end(self, *, bye: bool) -> None:
        udp, self._udp = self._udp, None
        dialogue, self._dialogue, self.call = self._dialogue, None, ""
        self._described.clear()
        if self._idle is not None and self._idle is not asyncio.current_task():
            self._idle.cancel()
        self._idle = None
        if udp is not None:
            udp.close()
        if bye and dialogue is not None:
            told, peer = dialogue
            with suppress(Silent):
                request = self._within("BYE", told, told.cseq[0] + 1)
                await self._platform.agent.ask(request, peer)

    def _watch_idle(self) -> None:
        if self._idle is None or self._idle.done():
            self._idle = self._tasks.spawn(self._until_nobody_watches())

    async def _until_nobody_watches(self) -> None:
        loop = asyncio.get_running_loop()
        seen = loop.time()
        while self.running:
            await asyncio.sleep(1.0)
            seen = loop.time() if self.watchers else seen
            if loop.time() - seen > LINGER_S or loop.time() - self._heard > SILENT_S:
                await self.stop()
                return

    # ---- what comes

    def _take(self, data: bytes, host: str) -> None:
        if host not in self._hosts:
            return
        self._heard = asyncio.get_running_loop().time()
        for piece in self._arrivals.take(data):
            self._give(piece)

    def _give(self, piece: Piece) -> None:
        if piece.key:
            self._note_sets(piece)
        if not self._described.is_set():
            return
        seconds = self._seconds(piece.stamp)
        packets = self._out.packets_of(piece.parts, seconds)
        give(Frame(piece.key, piece.parts, seconds, packets), self.watchers)

    def _note_sets(self, piece: Piece) -> None:
        """Take the parameter sets of a key frame: with them a stream can be described."""
        wanted = _SETS[piece.codec]
        for part in piece.parts:
            kind = part[0] >> 1 & 63 if piece.codec == "hevc" else part[0] & 31
            if kind in wanted:
                self._sets[kind] = part
        self._codec = self._out.codec = piece.codec
        if all(kind in self._sets for kind in wanted):
            self._described.set()

    def _seconds(self, stamp: int) -> float:
        """Give when a picture was taken, from the beginning; a clock that goes round goes on."""
        first, last = self._stamps or (stamp, stamp)
        ahead = (stamp - last) & 0xFFFFFFFF
        now = last + (ahead if ahead < 1 << 31 else 0)
        self._stamps = first, now
        return (now - first) / CLOCK


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, heard: Callable[[bytes, str], None]) -> None:
        self._told = heard

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._told(data, addr[0])
