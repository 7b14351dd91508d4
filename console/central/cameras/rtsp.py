"""Serves streams over RTSP (RFC 2326): RTP between the lines of TCP, or over UDP."""

import asyncio
import re
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from console.central.cameras.feed import Source, Watcher
from console.central.cameras.guard import Door, Guard

HEAD_MOST, BODY_MOST = 8_192, 65_536
METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER, SET_PARAMETER"
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    method: str
    url: str
    heads: Mapping[str, str]


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


class Away(Exception):
    """Nobody is at that address at this moment: the connection is cut without a word."""


class Rtsp:
    """Serves sources. Made in the loop that serves; ``door`` says who may watch, None: anybody."""

    def __init__(self, door: Door | None = None) -> None:
        self._lines: dict[str, set[asyncio.StreamWriter]] = {}
        self._door = door

    def source(self, url: str) -> tuple[str, Source] | None:
        """Find what an address names: the camera (what ``cut`` takes), and its stream. May be Away.

        None: there is no such thing.
        """
        raise NotImplementedError

    async def serve(self, host: str, port: int, stopping: asyncio.Event,
                    ready: Callable[[int], None]) -> None:  # fmt: skip
        """Serve until told to stop; ``ready`` is given the port. OSError when it is taken."""
        server = await asyncio.start_server(self._met, host, port, limit=HEAD_MOST)
        ready(int(server.sockets[0].getsockname()[1]))
        async with server:
            await stopping.wait()
            for camera in list(self._lines):
                self.cut(camera)

    def cut(self, camera: str) -> None:
        """Cut every connection to a camera."""
        for line in list(self._lines.get(camera, ())):
            line.transport.abort()

    @property
    def cameras(self) -> list[str]:
        """Give the cameras that somebody is connected to."""
        return list(self._lines)

    # ---- inside

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        watcher, guard = Watcher(writer), Guard(self._door)
        try:
            while (asked := await _read(reader)) is not None:
                if not await self._answer(asked, watcher, guard):
                    break
        except (
            Away,
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
        for camera, lines in list(self._lines.items()):
            lines.discard(watcher.writer)
            if not lines:
                del self._lines[camera]
        if watcher.source is not None:
            watcher.source.drop(watcher)
        watcher.close()

    async def _answer(self, asked: Asked, watcher: Watcher, guard: Guard) -> bool:
        """Answer one request; tell whether the connection lives on."""
        number = asked.heads.get("cseq", "0")
        if not guard.lets_in(asked.method, asked.heads):
            refused = Answer("401 Unauthorized", {"WWW-Authenticate": guard.challenge})
            watcher.writer.write(refused.encoded(number))
            return not guard.weary
        answer = await self._answered(asked, watcher, guard)
        watcher.writer.write(answer.encoded(number))
        await watcher.writer.drain()
        if asked.method == "PLAY" and watcher.source is not None:
            watcher.source.add(watcher)
        return asked.method != "TEARDOWN"

    async def _answered(self, asked: Asked, watcher: Watcher, guard: Guard) -> Answer:
        session = {"Session": f"{id(watcher):x};timeout=60"}
        if asked.method == "OPTIONS":
            return Answer(heads={"Public": METHODS})
        if asked.method in ("DESCRIBE", "SETUP"):
            found = self.source(asked.url)
            if found is None:
                return Answer("404 Not Found")
            if not guard.may(found[0]):
                return Answer("403 Forbidden")
            return await self._begun(asked, watcher, session, *found)
        if asked.method in METHODS.split(", "):
            return Answer(heads=session | ({"Range": "npt=now-"} if asked.method == "PLAY" else {}))
        return Answer("501 Not Implemented")

    async def _begun(
        self, asked: Asked, watcher: Watcher, session: dict[str, str], camera: str, source: Source
    ) -> Answer:  # fmt: skip
        self._lines.setdefault(camera, set()).add(watcher.writer)
        if not await source.prepare():
            return Answer("503 Service Unavailable")
        if asked.method == "DESCRIBE":
            heads = {"Content-Base": f"{asked.url}/", "Content-Type": "application/sdp"}
            return Answer(heads=heads, body=source.sdp())
        watcher.source = source
        transport = await _transport(asked.heads.get("transport", ""), watcher)
        if transport is None:
            return Answer("461 Unsupported Transport")
        return Answer(heads={"Transport": transport} | session)


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
