"""The other end: registers with an upper platform, tells it what there is, and sends pictures.

The demo's lower platform is one of these; so is this city towards a province.
"""

import asyncio
import random
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from console.base.errors import BadData
from console.base.work import Tasks
from console.central.cameras.feed import Frame, Source
from console.central.gb28181.agent import Agent, Peer, Silent
from console.central.gb28181.setup import Upper
from console.domain.steering import Motion, Place
from console.video.entry import Entry
from console.video.gb28181 import digest, messages, sdp
from console.video.gb28181.muxing import Sender
from console.video.gb28181.sip import Message, answer
from console.video.gb28181.words import read_word

PAGE = 4
EXPIRES_S = 3_600
WAITS_S = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0)
JITTER = 0.25
MISSED = 3
CALLS_MOST = 64


class Stock(Protocol):
    """What there is to be told of and sent."""

    def entries(self) -> Sequence[Entry]:
        """Give what there is; it may wait for a disk."""
        ...

    def source(self, code: str) -> Source | None: ...
    def steer(self, code: str, wish: Motion | Place) -> bool:
        """Steer a camera; False when it cannot be."""
        ...


@dataclass(slots=True)
class _Call:
    """A picture on its way: of which camera, to whom."""

    source: Source
    watcher: "_Upward"


class Lower:
    """Registered with one upper platform, as long as it runs. ``me``: our 20 digits there."""

    def __init__(
        self, me: str, upper: Upper, password: Callable[[], str], stock: Stock, tasks: Tasks, *,
        keepalive_s: float = 60.0, page: int = PAGE,
        chance: Callable[[], float] = random.random,
    ) -> None:  # fmt: skip
        self.agent = Agent(me, upper.domain, self._handle, tasks)
        self.registered = False
        self._upper = upper
        self._peer = Peer(upper.way, upper.host, upper.port)
        self._password = password
        self._stock = stock
        self._tasks = tasks
        self._keepalive_s = keepalive_s
        self._page = page
        self._chance = chance
        self._number = 0
        self._calls: dict[str, _Call] = {}

    async def run(self, host: str, port: int = 0, said: str = "") -> None:
        """Stay registered until cancelled: knock less and less often, not all at once."""
        await self.agent.open(host, port, said)
        tries = 0
        try:
            while True:
                if await self.register():
                    tries = 0
                    await self._stay()
                wait = WAITS_S[min(tries, len(WAITS_S) - 1)]
                tries += 1
                await asyncio.sleep(wait * (1 + JITTER * (2 * self._chance() - 1)))
        finally:
            for call in list(self._calls):
                self._hang_up(call)
            await self.agent.close()

    async def register(self, expires: int = EXPIRES_S) -> bool:
        """Register (0: leave); tell whether that was taken."""
        uri = f"sip:{self._upper.id}@{self._upper.domain}"
        me = f"{self.agent.name}@{self._upper.domain}"
        proof: tuple[tuple[str, str], ...] = ()
        call = f"{secrets.token_hex(10)}@{self.agent.host}"
        for cseq in (1, 2):
            expiry = ("Expires", str(expires))
            request = self.agent.request("REGISTER", uri, me, expiry, *proof, call=call, cseq=cseq)
            try:
                told = await self.agent.ask(request, self._peer)
            except Silent:
                break
            if told.status != 401 or proof:
                self.registered = told.status == 200 and expires > 0
                return told.status == 200
            said = digest.proof(told.head("www-authenticate"), self.agent.name, self._password(),
                                "REGISTER", uri)  # fmt: skip
            proof = (("Authorization", said),)
        self.registered = False
        return False

    async def _stay(self) -> None:
        """Give signs of life until three are not heard, or the registration is half over."""
        missed, until = 0, asyncio.get_running_loop().time() + EXPIRES_S / 2
        while missed < MISSED and asyncio.get_running_loop().time() < until:
            missed = 0 if await self.keepalive() else missed + 1
            await asyncio.sleep(self._keepalive_s)

    async def keepalive(self) -> bool:
        """Give a sign of life; tell whether it was heard."""
        self._number += 1
        told = await self._message(messages.keepalive(self.agent.name, self._number))
        return told is not None and told.status == 200

    async def _message(self, body: bytes) -> Message | None:
        uri = f"sip:{self._upper.id}@{self._upper.domain}"
        heads = ("Content-Type", messages.TYPE)
        to = f"{self._upper.id}@{self._upper.domain}"
        request = self.agent.request("MESSAGE", uri, to, heads, body=body)
        with suppress(Silent):
            return await self.agent.ask(request, self._peer)
        return None

    # ---- what is asked

    async def _handle(self, message: Message, peer: Peer) -> Message | None:
        if peer.host != self._peer.host:
            return answer(message, 403, "Forbidden")
        match message.method:
            case "MESSAGE":
                return self._told(message)
            case "INVITE":
                return await self._invited(message)
            case "ACK":
                self._acknowledged(message.head("call-id"))
                return None
            case "BYE":
                known = self._hang_up(message.head("call-id"))
                return answer(message, *((200, "OK") if known else (481, "No Such Call")))
            case "CANCEL":
                self._hang_up(message.head("call-id"))
                return answer(message, 200, "OK")
            case _:
                return answer(message, 405, "Method Not Allowed")

    def _told(self, message: Message) -> Message:
        try:
            told = messages.read_message(message.body, "upper")
        except BadData:
            return answer(message, 400, "Bad Request")
        if (told.root, told.command) == ("Query", "Catalog"):
            self._tasks.spawn(self.tell_catalogue(told.number))
        elif told.word:
            try:
                done = self._stock.steer(told.device, read_word(told.word))
            except ValueError:
                done = False
            if not done:
                return answer(message, 404, "Not Found")
        return answer(message, 200, "OK")

    async def tell_catalogue(self, number: str) -> None:
        """Send the catalogue, page by page."""
        entries = await asyncio.to_thread(self._stock.entries)
        for begin in range(0, max(1, len(entries)), self._page):
            page = entries[begin : begin + self._page]
            body = messages.catalogue_page(self.agent.name, number, len(entries), page)
            await self._message(body)

    async def _invited(self, message: Message) -> Message:
        session = sdp.read_session(message.body)
        source = self._stock.source(message.target)
        if session is None:
            return answer(message, 488, "Not Acceptable Here")
        if source is None:
            return answer(message, 404, "Not Found")
        if len(self._calls) >= CALLS_MOST or not await source.prepare():
            return answer(message, 486, "Busy Here")
        loop = asyncio.get_running_loop()
        udp, _ = await loop.create_datagram_endpoint(
            asyncio.DatagramProtocol, local_addr=(self.agent.host, 0)
        )
        port = int(udp.get_extra_info("sockname")[1])
        ssrc = session.ssrc or f"{secrets.randbelow(10**9):010d}"
        call, tag = message.head("call-id"), secrets.token_hex(5)
        self._hang_up(call)
        sender = Sender(int(ssrc) & 0xFFFFFFFF)
        watcher = _Upward(udp, (session.host, session.port), sender)
        self._calls[call] = _Call(source, watcher)
        body = sdp.agreed(message.target, self.agent.host, port, ssrc)
        contact = f"<sip:{message.target}@{self.agent.host}:{self.agent.port}>"
        return answer(message, 200, "OK", ("Contact", contact),
                      ("Content-Type", "Application/SDP"), body=body, tag=tag)  # fmt: skip

    def _acknowledged(self, call: str) -> None:
        found = self._calls.get(call)
        if found is not None:
            found.source.add(found.watcher)

    def _hang_up(self, call: str) -> bool:
        found = self._calls.pop(call, None)
        if found is not None:
            found.source.drop(found.watcher)
            found.watcher.close()
        return found is not None


class _Upward:
    """Sends frames as a programme stream to an upper platform."""

    full = False

    def __init__(self, udp: asyncio.DatagramTransport, to: tuple[str, int], sender: Sender) -> None:
        self.waits = True
        self._udp = udp
        self._to = to
        self._sender = sender

    def take(self, frame: Frame) -> None:
        for packet in self._sender.packets(frame.parts, frame.seconds, key=frame.key):
            self._udp.sendto(packet, self._to)

    def close(self) -> None:
        self._udp.close()
