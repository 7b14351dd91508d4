"""Serves camera views over RTSP (RFC 2326): H.264 in RTP, between the lines of TCP or over UDP.

Nothing is encoded and nothing is sent for a camera that nobody watches.
"""

import asyncio
import base64
import hmac
import re
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from console.base.work import Tasks
from console.central.cameras.feed import Feed, Watcher
from console.central.cameras.views import Quality, Trouble, View, away

PATH = re.compile(r"/cam/(\d+)/(main|sub)\b")
HEAD_MOST, BODY_MOST = 8_192, 65_536
METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER, SET_PARAMETER"
_END = b"\r\n\r\n"
ROUND_S = 1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    method: str
    url: str
    heads: Mapping[str, str]

    @property
    def camera(self) -> tuple[int, Quality] | None:
        found = PATH.search(self.url)
        return (int(found[1]), "main" if found[2] == "main" else "sub") if found else None


@dataclass(slots=True)
class Answer:
    """What is said to a request."""

    status: str = "200 OK"
    heads: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""

    def encoded(self, number: str) -> bytes:
        lines = [f"RTSP/1.0 {self.status}", f"CSeq: {number}"]
        lines += [f"{name}: {value}" for name, value in self.heads.items()]
        if self.body:
            lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join(lines).encode() + _END + self.body


class Cameras:
    """Every camera of one server. Made in the loop that serves; others speak to it by ``tell``."""

    def __init__(
        self, views: Mapping[int, View], tasks: Tasks, wall: Callable[[], float], *,
        zone: str = "UTC", door: tuple[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.views = dict(views)
        self._tasks = tasks
        self._wall = wall
        self._zone = ZoneInfo(zone)
        self._feeds: dict[tuple[int, Quality], Feed] = {}
        self._lines: dict[int, set[asyncio.StreamWriter]] = {}
        self._door = base64.b64encode(":".join(door).encode()).decode() if door else ""
        self._loop = asyncio.get_running_loop()

    async def serve(self, host: str, port: int, stopping: asyncio.Event,
                    ready: Callable[[int], None]) -> None:  # fmt: skip
        """Serve until told to stop; ``ready`` is given the port. OSError when it is taken."""
        server = await asyncio.start_server(self._met, host, port, limit=HEAD_MOST)
        ready(int(server.sockets[0].getsockname()[1]))
        async with server:
            watch = self._tasks.spawn(self._part_from_the_dead())
            await stopping.wait()
            watch.cancel()
            for number in list(self._lines):
                self.cut(number)

    def trouble(self, number: int, trouble: Trouble) -> None:
        """Let a camera come into trouble, or out of it; from any thread."""
        self._loop.call_soon_threadsafe(self._trouble, number, trouble)

    def cut(self, number: int) -> None:
        """Cut every connection to a camera."""
        for line in list(self._lines.get(number, ())):
            line.transport.abort()

    @property
    def watched(self) -> int:
        """Give how many watchers there are."""
        return sum(len(feed.watchers) for feed in self._feeds.values())

    # ---- inside

    def _trouble(self, number: int, trouble: Trouble) -> None:
        view = self.views[number]
        self.views[number] = View(view.name, view.scene, trouble)
        for (each, _), feed in self._feeds.items():
            if each == number:
                feed.view = self.views[number]
        if trouble == "dead":
            self.cut(number)

    async def _part_from_the_dead(self) -> None:
        while True:
            await asyncio.sleep(ROUND_S)
            for number in list(self._lines):
                if away(self.views[number], number, self._wall()):
                    self.cut(number)

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        watcher = Watcher(writer)
        try:
            while (asked := await _read(reader)) is not None:
                if not await self._answer(asked, watcher):
                    break
        except (
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
            ConnectionError,
            ValueError,
        ):
            pass  # whoever it was has gone, or does not speak RTSP
        finally:
            self._leave(watcher)
            with suppress(ConnectionError):
                writer.close()

    def _leave(self, watcher: Watcher) -> None:
        for number, lines in list(self._lines.items()):
            lines.discard(watcher.writer)
            if not lines:
                del self._lines[number]
        for feed in self._feeds.values():
            feed.drop(watcher)
        watcher.close()

    async def _answer(self, asked: Asked, watcher: Watcher) -> bool:
        """Answer one request; tell whether the connection lives on."""
        number = asked.heads.get("cseq", "0")
        if not self._let_in(asked):
            refused = Answer("401 Unauthorized", {"WWW-Authenticate": 'Basic realm="cameras"'})
            watcher.writer.write(refused.encoded(number))
            return True
        camera = asked.camera
        if camera is not None:
            if camera[0] not in self.views:
                watcher.writer.write(Answer("404 Not Found").encoded(number))
                return True
            if away(self.views[camera[0]], camera[0], self._wall()):
                return False
            self._lines.setdefault(camera[0], set()).add(watcher.writer)
        answer = await self._answered(asked, camera, watcher)
        watcher.writer.write(answer.encoded(number))
        await watcher.writer.drain()
        if asked.method == "PLAY" and watcher.feed is not None:
            watcher.feed.add(watcher)
        return asked.method != "TEARDOWN"

    def _let_in(self, asked: Asked) -> bool:
        said = asked.heads.get("authorization", "").removeprefix("Basic ").strip()
        return asked.method == "OPTIONS" or hmac.compare_digest(said, self._door)

    async def _answered(
        self, asked: Asked, camera: tuple[int, Quality] | None, watcher: Watcher
    ) -> Answer:
        session = {"Session": f"{id(watcher):x};timeout=60"}
        if asked.method == "OPTIONS":
            return Answer(heads={"Public": METHODS})
        if asked.method == "DESCRIBE" and camera is not None:
            feed = await self._feed(*camera)
            heads = {"Content-Base": f"{asked.url}/", "Content-Type": "application/sdp"}
            return Answer(heads=heads, body=_sdp(feed))
        if asked.method == "SETUP" and camera is not None:
            watcher.feed = await self._feed(*camera)
            transport = await _transport(asked.heads.get("transport", ""), watcher)
            if transport is None:
                return Answer("461 Unsupported Transport")
            return Answer(heads={"Transport": transport} | session)
        if asked.method in METHODS.split(", "):
            return Answer(heads=session | ({"Range": "npt=now-"} if asked.method == "PLAY" else {}))
        return Answer("501 Not Implemented")

    async def _feed(self, number: int, quality: Quality) -> Feed:
        feed = self._feeds.get((number, quality))
        if feed is None:
            feed = Feed(number, self.views[number], quality, self._tasks, self._wall, self._time)
            self._feeds[number, quality] = feed
        await feed.prepare()
        return feed

    def _time(self, wall: float) -> str:
        return datetime.fromtimestamp(wall, self._zone).strftime("%Y-%m-%d %H:%M:%S")


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    """Read one request; reports that come between the lines are passed over. None at the end."""
    while (first := await reader.read(1)) == b"$":
        head = await reader.readexactly(3)
        await reader.readexactly(struct.unpack(">BH", head)[1])
    if not first:
        return None
    lines = (first + await reader.readuntil(_END)).decode("utf-8", "replace").split("\r\n")
    method, url, _ = lines[0].split(" ", 2)
    pairs = (line.partition(":") for line in lines[1:] if ":" in line)
    heads = {name.strip().lower(): value.strip() for name, _, value in pairs}
    length = int(heads.get("content-length", "0"))
    if not 0 <= length <= BODY_MOST:
        raise ValueError(length)
    await reader.readexactly(length)
    return Asked(method, url, heads)


async def _transport(said: str, watcher: Watcher) -> str | None:
    """Agree on how packets go; None when the other end wants what there is not."""
    if "RTP/AVP/TCP" in said:
        channels = re.search(r"interleaved=(\d+)", said)
        watcher.channel = int(channels[1]) & 0xFE if channels else 0
        return f"RTP/AVP/TCP;unicast;interleaved={watcher.channel}-{watcher.channel + 1}"
    ports = re.search(r"client_port=(\d+)", said)
    if ports is None or "multicast" in said:
        return None
    here = await watcher.over_udp(int(ports[1]))
    pair = f"client_port={ports[1]}-{int(ports[1]) + 1}"
    return f"RTP/AVP;unicast;{pair};server_port={here[0]}-{here[1]}"


def _sdp(feed: Feed) -> bytes:
    loop = feed.loop
    sets = ",".join(base64.b64encode(part).decode() for part in (loop.sps, loop.pps))
    level = loop.sps[1:4].hex()
    lines = (
        "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=camera", "c=IN IP4 0.0.0.0", "t=0 0", "a=control:*",
        "m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000", f"a=framerate:{loop.fps}",
        f"a=fmtp:96 packetization-mode=1;profile-level-id={level};sprop-parameter-sets={sets}",
        "a=control:track0",
    )  # fmt: skip
    return ("\r\n".join(lines) + "\r\n").encode()
