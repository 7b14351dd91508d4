"""Listens at an MQTT broker for what departments publish to SensorThings: `sta/USER/v1.1/ADDRESS`.

The broker's access list is what says that only USER publishes under that name (`pattern write
sta/%u/#`). The session at the broker lasts, and a message is acknowledged only once it is down on
disk: what came while the centre was away, or failed, comes again.
"""

import logging
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion
from sqlalchemy.exc import SQLAlchemyError

from console.base.errors import BadData
from console.central.intake.aside import Wrong
from console.central.intake.frame import Unreadable, finding
from console.central.intake.pace import Pace
from console.central.intake.sensorthings import DOOR, SensorThings
from console.central.intake.taking import ROLE, WRONG, Intake
from console.central.people import People
from console.domain.access import Access
from console.wire import Posted

TOPICS = "sta/+/v1.1/#"
NAME = "chengyun-centre"
MOST_BYTES = 1 << 20
STRANGER = "?"
"""Whose messages those are that no department's account stands for."""
FIRST_S, LONGEST_S = 1.0, 60.0
BEAT_S = 0.5
GATHER_S, AT_ONCE = 0.02, 16
"""So long for more messages, and at most so many, until they are written together; a broker
sends about twenty before it wants the first acknowledged."""
CONNECT_S = 5.0
PORTS = {"mqtt": 1883, "mqtts": 8883}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Broker:
    """Where to listen, and as whom. ``ca``: the file of the authority that the broker's is of."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    secure: bool = True
    ca: str = ""


def read_broker(url: str, password: str = "", ca: str = "") -> Broker:
    """Read `mqtts://user@host:8883`; BadData when it is none. A password is never part of it."""
    parts = urlsplit(url)
    try:
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    if not port or parts.scheme not in PORTS or not parts.hostname or parts.password is not None:
        raise BadData("--mqtt", url.rpartition("@")[2], "not mqtt(s)://[user@]host[:port]")
    secure = parts.scheme == "mqtts"
    return Broker(parts.hostname, port, parts.username or "", password, secure, ca)


class Ear:
    """Hears what is published, in one thread, and takes it in."""

    def __init__(self, broker: Broker, intake: Intake, service: SensorThings, people: People,
                 pace: Pace) -> None:  # fmt: skip
        self._broker = broker
        self._intake = intake
        self._service = service
        self._people = people
        self._pace = pace
        self._ending = threading.Event()
        self._failed = False
        self._taken: list[tuple[int, int]] = []
        """The messages (number, quality of service) that were taken in and not acknowledged yet."""

    def listen(self, ending: threading.Event, heard: Callable[[], None] = lambda: None) -> None:
        """Listen until told to stop; a broker that is lost is looked for again, ever more slowly.

        ``heard`` is called each time that the subscription stands.
        """
        self._ending = ending
        wait = FIRST_S
        while not ending.is_set():
            client = self._client(heard)
            if self._follow(client, ending):
                wait = FIRST_S
            _hang_up(client)
            if ending.wait(wait):
                return
            wait = min(wait * 2, LONGEST_S)

    # ---- inside

    def _client(self, heard: Callable[[], None]) -> Client:
        client = Client(
            CallbackAPIVersion.VERSION2, NAME, clean_session=False, manual_ack=True,
            reconnect_on_failure=False,
        )  # fmt: skip
        client.connect_timeout = CONNECT_S
        if self._broker.user:
            client.username_pw_set(self._broker.user, self._broker.password)
        if self._broker.secure:
            loose: Any = client  # its TLS methods say no types
            loose.tls_set_context(ssl.create_default_context(cafile=self._broker.ca or None))

        def connected(_c: Client, _u: Any, _f: Any, reason: Any, _p: Any) -> None:
            if not reason.is_failure:
                client.subscribe(TOPICS, qos=1)

        def subscribed(_c: Client, _u: Any, _m: int, _r: Any, _p: Any) -> None:
            heard()

        client.on_connect = connected
        client.on_subscribe = subscribed
        client.on_message = lambda _c, _u, message: self._on_message(message)
        return client

    def _follow(self, client: Client, ending: threading.Event) -> bool:
        """Stay with the broker as long as it lasts; tell whether it was there at all."""
        where = f"{self._broker.host}:{self._broker.port}"
        try:
            client.connect(self._broker.host, self._broker.port, keepalive=30)
        except OSError as error:
            _log.warning("no broker at %s: %s", where, error)
            return False
        self._failed = False
        self._taken.clear()  # of a line that is gone: they come again
        while not ending.is_set() and not self._failed:
            before = len(self._taken)
            if client.loop(GATHER_S if before else BEAT_S):
                _log.warning("the broker at %s is gone", where)
                break
            if self._taken and (len(self._taken) == before or before >= AT_ONCE):
                self._acknowledge(client)
        return True

    def _acknowledge(self, client: Client) -> None:
        """Write what the last messages said, then say that they were heard."""
        try:
            self._intake.settle()
        except SQLAlchemyError as error:
            _log.error("the ledger took nothing from the broker: %s", error)
            self._failed = True
            return
        for mid, qos in self._taken:
            client.ack(mid, qos)
        self._taken.clear()

    def _on_message(self, message: MQTTMessage) -> None:
        if self._failed:
            return
        try:
            self._take(message)
        except SQLAlchemyError as error:
            # Not acknowledged: the broker gives it again when the line is made anew.
            _log.error("the ledger took nothing from the broker: %s", error)
            self._failed = True
            return
        self._taken.append((message.mid, message.qos))

    def _take(self, message: MQTTMessage) -> None:
        _, user, _, address = message.topic.split("/", 3)
        said = bytes(message.payload)
        access = self._people.get(user)
        if access is None or set(access.roles) != {ROLE}:
            return self._set_aside(said, "sta.stranger", user, Access(user=STRANGER))
        if len(said) > MOST_BYTES:
            return self._set_aside(said, "xml.large", str(MOST_BYTES), access)
        if wait := self._pace.wait_ms(user):
            self._ending.wait(wait / 1000)  # the broker holds the rest meanwhile
        try:
            self._service.create(address, said, access)
        except Unreadable:
            return None  # it is set aside, and told of
        return None

    def _set_aside(self, raw: bytes, rule: str, value: str, access: Access) -> None:
        found = finding(rule, value=value, most=value)
        told = Posted(number="", status=WRONG, rule=rule, why=found.why)
        self._intake.aside.put(DOOR, access.user, [Wrong(raw, told)])


def password_of(file: Path | None) -> str:
    """Read the password of a broker's account from its file."""
    return file.read_text("utf-8").strip() if file else ""


def _hang_up(client: Client) -> None:
    client.disconnect()
    client.loop(0)
