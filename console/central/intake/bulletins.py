"""Makes records of warnings: one record a warning, whichever of its messages comes first.

An Update or Cancel goes to the record of the message that it refers to. One that refers to
nothing known makes its own record: a warning is never lost, and an Alert that comes after its
Cancel does not bring it back.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import uuid5

import msgspec
from sqlalchemy import select

from console.central import tables
from console.central.centre import Centre
from console.central.intake.bounds import Bounds
from console.central.intake.frame import Finding, Message, cut
from console.central.sitting import upsert
from console.domain.access import system
from console.domain.city import City
from console.domain.limit import parse_limit
from console.domain.record import SHARED, Act, Forewarning, Incident, Step
from console.domain.warning import SPACE, Bulletin, incident_of
from console.wire import APPLIED, Posted

DAY = 86_400_000
NOTHING = frozenset(("system", "draft"))
"""Messages of these standings say nothing about the world."""
ANSWERS = frozenset(("ack", "error"))
_B = tables.bulletin.c


class Bulletins:
    """Takes in messages about warnings, each identifier of a sender once."""

    def __init__(self, centre: Centre, limits: Mapping[str, str], bounds: Bounds) -> None:
        self._centre = centre
        self._limits = limits
        self._opens = bounds.warning.opens
        self._lasts = parse_limit(bounds.warning.lasts).length(DAY)
        self._lock = threading.Lock()

    def take(self, message: Message, source: str) -> Posted:
        """Take in one message; ``known`` when it came before, ``wrong`` when it came otherwise."""
        bulletin = message.bulletin
        if bulletin is None or bulletin.standing in NOTHING:
            return Posted(number=message.number, status="passed")
        sha = sha256(msgspec.json.encode(bulletin)).digest()
        with self._lock:
            held = self._held(_keys(bulletin.sender, [bulletin.identifier]))
            if own := next(iter(held.values()), None):
                same = own[1] in (sha, b"")
                if not same:
                    return _refused(message, "cap.reused", number=bulletin.identifier)
                if own[1]:
                    return Posted(number=message.number, status="known", warning=own[0])
            return self._new(message, bulletin, source, sha, own[0] if own else "")

    # ---- inside

    def _new(
        self, message: Message, bulletin: Bulletin, source: str, sha: bytes, foretold: str
    ) -> Posted:
        """Take in what is new. ``foretold``: the record of a message that referred to this one."""
        known = self._held(_keys(bulletin.sender, bulletin.references))
        found = foretold or next((warning for warning, _ in known.values()), "")
        held = self._centre.get(Forewarning.kind, found) if found else None
        if bulletin.told in ANSWERS and held is None:
            return _refused(message, "cap.unknown_reference")
        name = found or str(uuid5(SPACE, f"{bulletin.sender}\0{bulletin.identifier}"))
        steps = self._steps(name, held if isinstance(held, Forewarning) else None, bulletin, source)
        if foretold:
            steps = []  # what came before this message already says more than it
        if steps:
            now = self._centre.clock.now()
            act = Act(id=str(uuid5(SPACE, f"{name}{sha.hex()}")), steps=tuple(steps),
                      by="system", at=now)  # fmt: skip
            verdict = self._centre.load([act], system())[0]
            if verdict.verdict != APPLIED:
                return _refused(message, verdict.key, **verdict.args)
        self._remember(bulletin, name, sha)
        incident = self._open(name, bulletin) if steps else ""
        return Posted(number=message.number, status="new", warning=name, incident=incident)

    def _open(self, name: str, bulletin: Bulletin) -> str:
        """Open the incident that a warning's data ask for, once a warning; linkages go on there."""
        said = (bulletin.category, bulletin.event_code, bulletin.level)
        asked = next((o for o in self._opens if o.meets(*said)), None)
        over = bulletin.told not in ("alert", "update") or bulletin.standing != "actual"
        if asked is None or over or self._until(bulletin) <= self._centre.clock.now():
            return ""
        incident = incident_of(name)
        if self._centre.get(Incident.kind, incident) is None:
            now, place = self._centre.clock.now(), self._centre.place
            kind = place.types.get(asked.type)
            args = {
                "title": bulletin.headline[:200] or bulletin.event or bulletin.identifier,
                "detail": bulletin.words, "scope": _scope(place.city, bulletin),
                "type": asked.type, "scene": kind.scene if kind else "", "level": bulletin.level,
                "urgency": asked.urgency, "source": asked.source, "reported_at": now,
                "occurred_at": bulletin.effective_at or bulletin.sent_at, "address": bulletin.area,
                "limit": self._limits.get(asked.urgency, ""),
            }  # fmt: skip
            step = Step(kind=Incident.kind, record=incident, verb="create", args=_said(args))
            act = Act(id=str(uuid5(SPACE, f"{incident} act")), steps=(step,), by="system", at=now)
            self._centre.load([act], system())
        return incident

    def _steps(
        self, name: str, held: Forewarning | None, bulletin: Bulletin, source: str
    ) -> list[Step]:
        facts = self._facts(bulletin, source)
        if bulletin.told in ANSWERS:
            note = f"{bulletin.sender}: {bulletin.told} {bulletin.note}".strip()
            return [_step(name, "answer", note=note)]
        cancel = [_step(name, "cancel", note=bulletin.note, sent_at=bulletin.sent_at)]
        if held is None:
            born = [_step(name, "issue", scope=SHARED, **facts)]
            return born + (cancel if bulletin.told == "cancel" else [])
        if bulletin.told == "cancel":
            return cancel
        # An older message that comes late changes nothing that a newer one has said.
        return [] if bulletin.sent_at < held.sent_at else [_step(name, "update", **facts)]

    def _facts(self, bulletin: Bulletin, source: str) -> dict[str, Any]:
        # All of it, what it does not say included: a newer message stands for itself.
        said = msgspec.to_builtins(msgspec.structs.asdict(bulletin))
        said = {name: said[name] for name in said if name not in ("told", "note")}
        return said | {"source": source, "expires_at": self._until(bulletin)}

    def _until(self, bulletin: Bulletin) -> int:
        """Give when a warning ends: when it says, or after the usual time."""
        begins = bulletin.effective_at or bulletin.sent_at
        if bulletin.expires_at > begins:
            return bulletin.expires_at
        return max(begins, bulletin.onset_at) + self._lasts

    def _held(self, keys: Sequence[str]) -> dict[str, tuple[str, bytes]]:
        if not keys:
            return {}
        query = select(tables.bulletin).where(_B.id.in_(list(keys)))
        with self._centre.ledger.reading() as line:
            return {row.id: (row.warning, bytes(row.sha)) for row in line.execute(query)}

    def _remember(self, bulletin: Bulletin, name: str, sha: bytes) -> None:
        own = _keys(bulletin.sender, [bulletin.identifier])[0]
        others = [key for key in _keys(bulletin.sender, bulletin.references) if key != own]
        known = self._held(others)
        rows = [{"id": key, "warning": name, "sha": b""} for key in others if key not in known]
        rows.append({"id": own, "warning": name, "sha": sha})
        with self._centre.ledger.writing() as line:
            upsert(line, tables.bulletin, rows, ("id",))


def _keys(sender: str, identifiers: Iterable[str]) -> list[str]:
    """Give the key of each identifier; a reference may name another sender before a comma."""
    return [
        sha256("\0".join(_parted(sender, each)).encode()).hexdigest()
        for each in dict.fromkeys(identifiers)
    ]  # fmt: skip


def _parted(sender: str, identifier: str) -> tuple[str, str]:
    parts = identifier.split(",")
    return (parts[0], parts[1]) if len(parts) == 3 else (sender, identifier)


def _scope(city: City, bulletin: Bulletin) -> str:
    """Give the one district that a warning is for, or the city."""
    codes = {code.partition("=")[2][:6] for code in bulletin.geocodes}
    districts = codes & city.districts.keys()
    return districts.pop() if len(districts) == 1 == len(codes) else city.code


def _said(args: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in args.items() if value not in ("", 0)}


def _step(name: str, verb: str, **args: Any) -> Step:
    return Step(kind=Forewarning.kind, record=name, verb=verb, args=args, base=1 << 30)


def _refused(message: Message, rule: str, **args: object) -> Posted:
    found = Finding(rule, args={name: cut(str(value)) for name, value in args.items()})
    return Posted(number=message.number, status="wrong", rule=rule, why=found.why)
