"""Lets what other platforms have become cameras of this centre, and sets aside what cannot.

Nothing is removed: a camera that a catalogue leaves out any more is a person's to retire.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from console.base.ids import new_id
from console.base.text import text
from console.central.centre import Centre
from console.central.gb28181.platform import News
from console.central.intake.aside import Aside, Wrong
from console.central.ruling import STEPS
from console.domain.access import SYSTEM, system
from console.domain.record import Act, Camera, Step
from console.video.entry import Bad, Catalogue, Entry, scope_of
from console.wire import Posted

DOOR = "gb28181"
FACTS = ("name", "owner", "lon", "lat", "ptz")
KEPT = 65_536


class Entering:
    """Enters catalogues. ``address`` gives where seats watch a camera, by its code."""

    def __init__(self, centre: Centre, aside: Aside, address: Callable[[str], str]) -> None:
        self._centre = centre
        self._aside = aside
        self._address = address

    def heard(self, news: News) -> None:
        """Enter a catalogue; what of it is wrong is set aside, and people are told."""
        bad = [*news.bad, *self.enter(news.catalogue)]
        wrong = [Wrong(msgspec.json.encode(each), _told(each)) for each in bad]
        wrong += [
            Wrong(page[:KEPT], _told(Bad(where="DeviceList", what="", why="cameras.unread_pages")))
            for page in news.unread
        ]
        self._aside.put(DOOR, news.device, wrong)

    def enter(self, found: Catalogue) -> list[Bad]:
        """Enrol what is new, amend what is other; give what has no place in this city."""
        bad: list[Bad] = []
        steps: list[Step] = []
        held = self._centre.found(Camera.kind, [_id(entry) for entry in found.entries])
        for entry in map(self._addressed, found.entries):
            camera = held.get(_id(entry))
            if isinstance(camera, Camera):
                steps += _amended(camera, entry)
                continue
            scope = scope_of(self._centre.place.city, entry.place)
            if scope:
                steps.append(_enrolled(entry, scope))
            else:
                bad.append(Bad(where=entry.code, what=entry.place, why="cameras.no_place"))
        self._centre.load(_acts(steps, self._centre.clock.now()), system())
        return bad

    def _addressed(self, entry: Entry) -> Entry:
        address = self._address(entry.code)
        return msgspec.structs.replace(entry, main=address, sub=address)


def _id(entry: Entry) -> str:
    return f"cam-{entry.code}"


def _enrolled(entry: Entry, scope: str) -> Step:
    args: dict[str, Any] = {"scope": scope, "code": entry.code}
    args |= {n: getattr(entry, n) for n in (*FACTS, "main", "sub") if getattr(entry, n)}
    return Step(kind=Camera.kind, record=_id(entry), verb="enrol", args=args)


def _amended(camera: Camera, entry: Entry) -> list[Step]:
    """Give the step that makes a camera what its platform says now; what it leaves out stays."""
    wanted = {name: getattr(entry, name) for name in (*FACTS, "main", "sub")}
    changes = {
        name: {"from": getattr(camera, name), "to": value}
        for name, value in wanted.items()
        if value and value != getattr(camera, name)
    }
    if not changes or camera.state == "removed":
        return []
    args = {"changes": changes}
    return [Step(kind=Camera.kind, record=camera.id, verb="amend", args=args, base=camera.version)]


def _acts(steps: list[Step], now: int) -> Iterable[Act]:
    for n in range(0, len(steps), STEPS):
        yield Act(id=new_id(), steps=tuple(steps[n : n + STEPS]), by=SYSTEM, at=now)


def _told(bad: Bad) -> Posted:
    return Posted(number=bad.what, status="wrong", rule=bad.why, field=bad.where,
                  why=text(bad.why))  # fmt: skip
