"""The platform that cameras and lower platforms register with: who is there, and what they have.

A device is off line when it says so, when its registration ends, or when three signs of life in a
row did not come. What it says it has is asked for again each time it comes back.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from console.base.clock import Clock
from console.base.errors import BadData, Refused
from console.base.work import Tasks
from console.central.gb28181.agent import Agent, Peer, Silent
from console.central.gb28181.gather import Gathering, missing
from console.central.gb28181.setup import DIGITS, Passwords, Setup
from console.domain.steering import Motion, Place
from console.video.entry import Bad, Catalogue, Entry
from console.video.gb28181 import digest, messages
from console.video.gb28181.catalogue import read_catalogue
from console.video.gb28181.sip import Message, answer
from console.video.gb28181.words import word_of

MISSED = 3
DEVICES_MOST = 2_000
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Device:
    """A camera or platform that has registered. Instants are monotonic seconds."""

    id: str
    peer: Peer
    until: float
    heard: float
    online: bool = True
    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])


_NOTHING = Catalogue()


@dataclass(frozen=True, slots=True)
class News:
    """What is told of a device. ``what``: online, offline, catalogue or gone.

    ``codes``: the cameras that went with it, or by themselves.
    """

    what: str
    device: str
    catalogue: Catalogue = _NOTHING
    bad: tuple[Bad, ...] = ()
    unread: tuple[bytes, ...] = ()
    codes: tuple[str, ...] = ()


class Platform:
    """This end. ``told`` hears the news, in the loop that serves."""

    def __init__(
        self, setup: Setup, passwords: Passwords, clock: Clock, tasks: Tasks,
        told: Callable[[News], None], zone: str = "UTC",
    ) -> None:  # fmt: skip
        self.setup = setup
        self.devices: dict[str, Device] = {}
        self.agent = Agent(setup.id, setup.domain, self._handle, tasks)
        self.ended: Callable[[str], None] = lambda _call: None
        """Hears which call a device has hung up."""
        self._passwords = passwords
        self._clock = clock
        self._tasks = tasks
        self._told = told
        self._zone = ZoneInfo(zone)
        self._nonces = digest.Nonces(clock.monotonic)
        self._gathering: dict[str, Gathering] = {}
        self._number = 0

    # ---- asking devices

    def device_of(self, camera: str) -> Device:
        """Give the device behind which a camera is; Refused when there is none, or it is away."""
        found = next((d for d in self.devices.values() if camera in d.entries), None)
        if found is None:
            raise Refused("refused.camera_unknown", code=camera)
        if not found.online:
            raise Refused("refused.camera_away", device=found.id)
        return found

    async def catalogue(self, device: Device) -> Catalogue:
        """Ask a device what it has; what of it is wrong or never came is told with the news."""
        self._number += 1
        gathering = self._gathering[device.id] = Gathering(str(self._number))
        body = messages.catalogue_query(device.id, self._number)
        try:
            await self._message(device, device.id, body)
            found = await gathering.wait()
        finally:
            self._gathering.pop(device.id, None)
        others = {code for d in self.devices.values() if d is not device for code in d.entries}
        twice = [e for e in found.entries if e.code in others]
        bad = [*found.bad, *missing(found, len(gathering.unread))]
        bad += [Bad(where=device.id, what=e.code, why="cameras.twice") for e in twice]
        mine = tuple(e for e in found.entries if e.code not in others)
        device.entries = {entry.code: entry for entry in mine}
        told = Catalogue(entries=mine, gone=found.gone, told=found.told)
        self._told(News("catalogue", device.id, told, tuple(bad), tuple(gathering.unread)))
        return found

    async def steer(self, camera: str, wish: Motion | Place) -> None:
        """Steer a camera; Refused when it cannot be reached, or does not take it."""
        device = self.device_of(camera)
        self._number += 1
        body = messages.steering(camera, self._number, word_of(wish))
        told = await self._message(device, camera, body)
        if told.status != 200:
            raise Refused("refused.camera_says", status=told.status, reason=told.reason[:60])

    async def _message(self, device: Device, to: str, body: bytes) -> Message:
        uri = f"sip:{to}@{device.peer.host}:{device.peer.port}"
        heads = ("Content-Type", messages.TYPE)
        request = self.agent.request("MESSAGE", uri, f"{to}@{self.setup.domain}", heads, body=body)
        try:
            return await self.agent.ask(request, device.peer)
        except Silent:
            raise Refused("refused.camera_silent", device=device.id) from None

    # ---- what comes

    async def _handle(self, message: Message, peer: Peer) -> Message | None:
        match message.method:
            case "REGISTER":
                return self._register(message, peer)
            case "MESSAGE":
                return self._heard(message, peer)
            case "BYE":
                self.ended(message.head("call-id"))
                return answer(message, 200, "OK")
            case "ACK" | "CANCEL":
                return None
            case "OPTIONS" | "NOTIFY":
                return answer(message, 200, "OK")
            case _:
                return answer(message, 405, "Method Not Allowed")

    def _register(self, message: Message, peer: Peer) -> Message:
        id, realm = message.sender, self.setup.domain  # noqa: A001
        password = self._passwords.of(id)
        full = len(self.devices) >= DEVICES_MOST and id not in self.devices
        if len(id) != DIGITS or not id.isascii() or not id.isdigit() or password is None or full:
            return answer(message, 403, "Forbidden")
        said = digest.parameters(message.head("authorization"))
        proven = bool(said) and digest.right(said, password, "REGISTER", id, realm)
        fresh = proven and self._nonces.take(said.get("nonce", ""))
        if not fresh:
            asked = digest.challenge(realm, self._nonces.new(), stale=proven)
            return answer(message, 401, "Unauthorized", ("WWW-Authenticate", asked))
        expires = self.setup.expires_s if message.expires is None else message.expires
        expires = min(expires, self.setup.expires_s)
        self._come(id, peer, expires) if expires else self._gone(id)
        return answer(message, 200, "OK", ("Date", self._date()),
                      ("Expires", str(expires)), ("Contact", message.head("contact")))  # fmt: skip

    def _come(self, id: str, peer: Peer, expires: int) -> None:
        now = self._clock.monotonic()
        held = self.devices.get(id)
        back = held is None or not held.online
        if held is None:
            held = self.devices[id] = Device(id, peer, now + expires, now)
        held.peer, held.until, held.heard, held.online = peer, now + expires, now, True
        if back:
            self._told(News("online", id))
            self._tasks.spawn(self._ask_catalogue(held))

    async def _ask_catalogue(self, device: Device) -> None:
        try:
            await self.catalogue(device)
        except Refused as refused:
            _log.info("no catalogue: %s", refused)

    def _gone(self, id: str) -> None:
        held = self.devices.get(id)
        if held is not None and held.online:
            held.online = False
            self._told(News("offline", id, codes=tuple(held.entries)))

    def _heard(self, message: Message, peer: Peer) -> Message:
        device = self.devices.get(message.sender)
        if device is None or not device.online or device.peer.host != peer.host:
            return answer(message, 403, "Forbidden")
        device.peer = peer
        try:
            told = messages.read_message(message.body, device.id)
        except BadData:
            return answer(message, 400, "Bad Request")
        if told.command == "Keepalive":
            device.heard = self._clock.monotonic()
        elif told.command == "Catalog":
            self._take_page(device, told, message.body)
        return answer(message, 200, "OK")

    def _take_page(self, device: Device, told: messages.Told, body: bytes) -> None:
        gathering = self._gathering.get(device.id)
        if told.root == "Response" and gathering is not None and gathering.number == told.number:
            gathering.take(body, device.id)
        elif told.root == "Notify":
            gone = read_catalogue(body, device.id).gone
            codes = tuple(code for code in gone if code in device.entries)
            if codes:
                self._told(News("gone", device.id, codes=codes))

    # ---- time

    def _date(self) -> str:
        """Give the time as devices set their clocks by it: of this place, without a zone."""
        here = datetime.fromtimestamp(self._clock.now() / 1000, self._zone)
        return here.isoformat(timespec="milliseconds")[:23]

    def check(self) -> None:
        """Let time pass: who has not been heard of is off line."""
        now = self._clock.monotonic()
        for device in list(self.devices.values()):
            if now - device.heard > MISSED * self.setup.keepalive_s or now > device.until:
                self._gone(device.id)
