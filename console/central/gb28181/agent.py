"""Speaks SIP on one port, by UDP and TCP: asks and waits for the answer, is asked and answers.

What was lost by UDP is sent again; what comes twice is answered as the first time. Whoever sends
what is no SIP is passed over, by TCP hung up on.
"""

import asyncio
import logging
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from console.base.work import Tasks
from console.video.gb28181.sip import Malformed, Message, Splitter, answer, read

AGAIN_S = (0.5, 1.0, 2.0, 4.0)
WAIT_S = 8.0
ANSWERED_MOST = 1_024
LINES_MOST = 512
PATIENT_S = 20.0
"""So long is waited for the last word once somebody said "trying"."""
CHUNK = 65_536
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Peer:
    """Where somebody is: "udp" or "tcp", address and port."""

    way: str
    host: str
    port: int


class Silent(Exception):
    """Nobody answered in time, or the line could not be opened."""


Handle = Callable[[Message, Peer], Awaitable[Message | None]]


@dataclass(slots=True)
class _Waiting:
    told: "asyncio.Future[Message]"
    heard: asyncio.Event = field(default_factory=asyncio.Event)


class Agent:
    """One end. ``name``: its 20 digits; ``handle`` is given each request and gives its answer."""

    def __init__(self, name: str, domain: str, handle: Handle, tasks: Tasks) -> None:
        self.name = name
        self.domain = domain
        self.host, self.port = "", 0
        self._handle = handle
        self._tasks = tasks
        self._udp: asyncio.DatagramTransport | None = None
        self._server: asyncio.Server | None = None
        self._lines: dict[Peer, asyncio.StreamWriter] = {}
        self._waiting: dict[tuple[str, str], _Waiting] = {}
        self._answered: OrderedDict[tuple[str, str, str], Message | None] = OrderedDict()
        self._number = secrets.randbelow(10_000)

    async def open(self, host: str, port: int, said: str = "") -> None:
        """Listen by both ways on one port (0: any); ``said``: the address told to others."""
        loop = asyncio.get_running_loop()
        self._server = await asyncio.start_server(self._met, host, port)
        port = int(self._server.sockets[0].getsockname()[1])
        self._udp, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self._heard), local_addr=(host, port)
        )
        self.host, self.port = said or host, port

    async def close(self) -> None:
        if self._udp is not None:
            self._udp.close()
        for writer in list(self._lines.values()):
            writer.transport.abort()
        if self._server is not None:
            self._server.close()

    # ---- asking

    def request(self, method: str, uri: str, to: str, *heads: tuple[str, str],
                body: bytes = b"", call: str = "", cseq: int = 0) -> Message:  # fmt: skip
        """Make a request of a new dialogue; the way it goes is put in when it is sent."""
        self._number += 1
        said = (
            ("From", f"<sip:{self.name}@{self.domain}>;tag={secrets.token_hex(5)}"),
            ("To", f"<sip:{to}>"), ("Call-ID", call or f"{secrets.token_hex(10)}@{self.host}"),
            ("CSeq", f"{cseq or self._number} {method}"), ("Max-Forwards", "70"),
            ("Contact", f"<sip:{self.name}@{self.host}:{self.port}>"),
            ("User-Agent", "Chengyun"),
        )  # fmt: skip
        return Message(method, uri, heads=(*said, *heads), body=body)

    async def ask(self, message: Message, peer: Peer, wait_s: float = WAIT_S) -> Message:
        """Send a request and give its final answer; Silent when none comes."""
        branch = f"z9hG4bK{secrets.token_hex(8)}"
        message = self._on_its_way(message, peer, branch)
        waiting = _Waiting(asyncio.get_running_loop().create_future())
        key = (branch, message.cseq[1])
        self._waiting[key] = waiting
        again = self._tasks.spawn(self._again(message, peer, waiting))
        try:
            async with asyncio.timeout(wait_s):
                await waiting.heard.wait()
            async with asyncio.timeout(PATIENT_S):
                return await waiting.told
        except (TimeoutError, OSError) as error:
            raise Silent(f"{message.method} {peer.host}:{peer.port}") from error
        finally:
            again.cancel()
            del self._waiting[key]

    async def send(self, message: Message, peer: Peer) -> None:
        """Send what has no answer: an ACK."""
        await self._out(self._on_its_way(message, peer, f"z9hG4bK{secrets.token_hex(8)}"), peer)

    def _on_its_way(self, message: Message, peer: Peer, branch: str) -> Message:
        via = f"SIP/2.0/{peer.way.upper()} {self.host}:{self.port};rport;branch={branch}"
        return Message(message.method, message.uri, heads=(("Via", via), *message.heads),
                       body=message.body)  # fmt: skip

    async def _again(self, message: Message, peer: Peer, waiting: _Waiting) -> None:
        try:
            await self._out(message, peer)
            for pause in AGAIN_S if peer.way == "udp" else ():
                await asyncio.sleep(pause)
                if waiting.heard.is_set():
                    return
                await self._out(message, peer)
        except OSError as error:
            if not waiting.told.done():
                waiting.heard.set()
                waiting.told.set_exception(error)

    async def _out(self, message: Message, peer: Peer) -> None:
        data = message.encoded()
        if peer.way == "udp":
            if self._udp is not None and not self._udp.is_closing():
                self._udp.sendto(data, (peer.host, peer.port))
            return
        writer = self._lines.get(peer)
        if writer is None:
            reader, writer = await asyncio.open_connection(peer.host, peer.port)
            self._lines[peer] = writer
            self._tasks.spawn(self._follow(reader, writer, peer))
        writer.write(data)
        await writer.drain()

    # ---- hearing

    def _heard(self, data: bytes, address: tuple[str, int]) -> None:
        if not data.strip(b"\r\n\0 "):
            return  # a sign of life
        with suppress(Malformed):
            self._take(read(data), Peer("udp", address[0], address[1]))

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = writer.get_extra_info("peername")[:2]
        peer = Peer("tcp", str(host), int(port))
        if len(self._lines) >= LINES_MOST:
            writer.transport.abort()
            return
        self._lines[peer] = writer
        await self._follow(reader, writer, peer)

    async def _follow(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, peer: Peer
    ) -> None:
        splitter = Splitter()
        try:
            while data := await reader.read(CHUNK):
                for message in splitter.feed(data):
                    self._take(message, peer)
        except (ConnectionError, Malformed):
            pass  # whoever it was has gone, or does not speak SIP
        finally:
            if self._lines.get(peer) is writer:
                del self._lines[peer]
            writer.close()

    def _take(self, message: Message, peer: Peer) -> None:
        """Take a message; Malformed when it lacks what every message has."""
        number, method = message.cseq
        if message.status:
            self._take_answer(message, method)
            return
        if method != message.method or not message.branch:
            raise Malformed("CSeq or Via")
        key = (message.branch, method, f"{message.head('call-id')} {number}")
        if key in self._answered:
            held = self._answered[key]
            if held is not None:
                self._tasks.spawn(self._back(held, peer))
            return
        self._answered[key] = None
        while len(self._answered) > ANSWERED_MOST:
            self._answered.popitem(last=False)
        self._tasks.spawn(self._answer(message, peer, key))

    def _take_answer(self, message: Message, method: str) -> None:
        waiting = self._waiting.get((message.branch, method))
        if waiting is None or waiting.told.done():
            return
        waiting.heard.set()
        if message.status >= 200:
            waiting.told.set_result(message)

    async def _answer(self, message: Message, peer: Peer, key: tuple[str, str, str]) -> None:
        try:
            found = await self._handle(message, peer)
        except Malformed as error:
            found = answer(message, 400, f"Bad Request: {error}")
        if found is None:
            return
        if key in self._answered:
            self._answered[key] = found
        await self._back(found, peer)

    async def _back(self, found: Message, peer: Peer) -> None:
        with suppress(OSError):
            await self._out(found, peer)


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, heard: Callable[[bytes, tuple[str, int]], None]) -> None:
        self._told = heard

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._told(data, addr)
