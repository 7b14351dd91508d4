"""Joins the parts: the Core that the screen and the command line work with.

Reads go straight to the store, from any thread. Whatever writes gives a Future and runs on the
writer; whatever asks the centre gives a Future and runs on a caller.
"""

import threading
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from console.base import resources, text
from console.base.errors import Refused
from console.base.notice import Notice
from console.base.settings import Settings
from console.base.work import Work
from console.commands import Registry, build_registry, read_keys, read_menus
from console.domain.access import Access
from console.domain.changes import Changes, Key
from console.domain.city import extended
from console.domain.machine import Machine
from console.domain.plan import Allowed, Candidate, Outcome, Plan
from console.domain.query import Query, Viewpoint, parse_query
from console.domain.queue import Queue, read_queues
from console.domain.record import Act, Record, Step, Term
from console.domain.rows import Row
from console.domain.standing import LinkState, SignedIn
from console.entrance import Entrance
from console.eyesight import Eyesight
from console.gauges import Gauges
from console.parts import Parts, join, read_choices
from console.scenes.read import with_terms
from console.scenes.scene import indicators_of, types_of
from console.services import seats
from console.services.adviser import Adviser
from console.services.around import Around
from console.services.desk import Desk, Stamp
from console.services.figures import Figures, Standing
from console.services.names import Names
from console.services.rules import read_rules
from console.services.values import read_instant
from console.steering import Steering
from console.store.overlay import Waiting
from console.sync.delivery import Delivery
from console.sync.engine import Told
from console.sync.pump import Pump
from console.watching import Watching
from console.wire import Entry, Hello

T = TypeVar("T")
ASIDE, QUEUES = "cli", "queues.toml"


class Core:
    """One seat, without its screen."""

    def __init__(self, parts: Parts) -> None:
        self.settings = parts.settings
        self.work = parts.work
        self.clock = parts.clock
        self.judge = parts.judge
        self.seat = parts.settings.seat
        self.machines: Mapping[str, Machine] = parts.judge.machines
        self.commands: Registry = build_registry(parts.judge.machines)
        self.queues: Mapping[str, Queue] = read_queues(resources.table(QUEUES), QUEUES)
        self.keys, self.menus = read_keys(), read_menus()
        self.maps, self.vault, self.trunks = parts.maps, parts.vault, parts.trunks
        self.person = Access(user="")
        self._parts = parts
        self._store = parts.store
        self._told: list[Callable[[Changes], None]] = []
        self._heard: list[Callable[[Notice], None]] = []
        self._acts: list[Act] = []
        self._lock = threading.Lock()
        self.gauges = Gauges(parts, self._tell)
        self.last, self.series = self.gauges.last, self.gauges.series
        self.indicators, self.vitals = self.gauges.indicators, self.gauges.vitals
        self.adviser = Adviser(
            lambda: self._desk.around, parts.settings.folder, self.gauges.last, self.maps
        )
        self._delivery = Delivery(parts.api, self.adviser.file, self.adviser.renew, self._notify)
        self._pump = Pump(
            parts.engine, parts.work, parts.clock, self._tell, telemetry=self.gauges.telemetry,
            tell=self._notify,
        )  # fmt: skip
        self.steering = Steering(
            parts.api, parts.work, self.seat, lambda: self._pump.link().state == "up"
        )
        self.eyesight = Eyesight(
            parts.api, parts.work, self.seat, lambda: self._pump.link().state == "up"
        )
        self.watching = Watching(parts.api, parts.clock, parts.store, lambda: self.person.user)
        self._entrance = Entrance(parts, self._sit, self._pump.nudge)
        parts.ears.append(self._notify)
        self._choices = read_choices()
        self.rules = read_rules(parts.city)
        self._join()

    # ---- who sits here

    def start(self) -> None:
        """Begin to follow the centre; needs real threads."""
        self._pump.start()
        self.work.follow("model", self._delivery.follow)

    def sign_in(self, user: str, password: str) -> "Future[SignedIn]":
        """Sign in at the centre; while it is away, as somebody it has let in here before."""
        return self.work.call(lambda: self._entrance.sign_in(user, password))

    def resume(self) -> bool:
        """Let whoever sat here last sit on, if the centre still knows them."""
        return self._entrance.resume()

    def note_seat(self, verb: str) -> "Future[list[Outcome]]":
        """Note at this seat's record that its screen was locked ("lock") or opened ("occupy")."""
        return self.work.step(lambda: [self._done(o) for o in seats.note(self._desk, verb)])

    def unlock(self, password: str) -> "Future[SignedIn]":
        """Open a locked screen again; asks nobody but this seat."""
        user = self.person.user
        return self.work.call(lambda: self._entrance.unlock(user, password))

    def sign_out(self) -> "Future[None]":
        """Leave the seat; acts that still wait go out in their author's name."""
        return self.work.call(lambda: self._entrance.sign_out(self.person.user))

    # ---- reading

    def view(self) -> Viewpoint:
        return Viewpoint(me=self.person.user, now=self.clock.now())

    def find(self, query: Query, ids: Collection[str] | None = None) -> list[Row]:
        return self._store.find(query, self.view(), ids=ids)

    def count(self, query: Query) -> int:
        return self._store.count(query, self.view())

    def counts(self, queries: Mapping[str, Query]) -> dict[str, int]:
        return self._store.counts(queries, self.view())

    def get(self, kind: str, id: str) -> Record | None:
        return self._store.get(kind, id)

    def history(self, kind: str, id: str) -> list[Entry]:
        return self._store.history(kind, id)

    def outbox(self) -> list[Waiting]:
        return self._store.outbox()

    def let_gone(self) -> list[Waiting]:
        """Give the acts that a person let go, oldest first: nothing goes out of sight."""
        return self._store.let_gone()

    def figures(self) -> Figures:
        """Give what works out the figures of pages; ask it on a caller, not on the screen."""
        return Figures(self._store, self.clock, self.city.zone, self._standing, self.gauges.sensing)

    def instant(self, said: str) -> int:
        """Read an instant as people write it, ms UTC: `18:30`, `-2h`, `11-23 09:00`; ValueError."""
        return read_instant(said, self.clock.now(), ZoneInfo(self.city.zone))

    def names(self, kind: str, code: str) -> str:
        """Give the name of a district, street, dept, type, scene, shift, person, unit or ""."""
        return self._names.name(kind, code)

    # ---- doing

    def plan(self, line: str, selected: Key | None = None) -> Plan:
        return self._desk.plan(line, selected)

    def complete(self, text: str, selected: Key | None = None) -> list[Candidate]:
        return self._desk.complete(text, selected)

    def allowed(self, kind: str, id: str) -> list[Allowed]:
        return self._desk.allowed(kind, id)

    def run(self, line: str, selected: Key | None = None) -> "Future[Outcome]":
        return self.work.step(lambda: self._done(self._desk.run(line, selected)))

    def undo(self) -> "Future[Outcome]":
        return self.work.step(lambda: self._done(self._desk.undo()))

    def retry(self, act: str) -> "Future[Changes]":
        return self._write(lambda: self._store.retry(act))

    def let_go(self, act: str, reason: str) -> "Future[Changes]":
        """Give an act up; the reason is kept, with who gave it where that was not its author."""
        by = next((w.act.by for w in self._store.outbox() if w.act.id == act), "")
        me = self.person
        if by not in ("", me.user):
            reason = text.text("outbox.gone_by", person=me.name or me.user, reason=reason)
        return self._write(lambda: self._store.let_go(act, reason))

    def take_back(self, act: str) -> "Future[Changes]":
        return self._write(lambda: self._store.take_back(act))

    def edit(self, act: str, steps: tuple[Step, ...]) -> "Future[Changes]":
        return self._write(lambda: self._store.edit(act, steps))

    def ask_history(self, kind: str, id: str) -> "Future[Changes]":
        """Fetch a record's whole timeline from the centre."""
        return self.work.call(lambda: self._passed(self._parts.engine.history(kind, id)))

    def knock(self) -> None:
        """Ask the centre whether it is there; Unreachable when not."""
        self._parts.api.knock()

    def key_notice(self) -> str:
        """Give the text key of what is to be said of where the key is kept; "" in the key ring."""
        return self._parts.key_notice

    def trouble(self) -> tuple[Notice, ...]:
        """Give what went wrong with the files of this seat since the start."""
        return self._store.trouble()

    def nudge(self) -> None:
        """Try the line now."""
        self._pump.nudge()

    def sync_once(self) -> None:
        """Pull and push in this thread until nothing is left: for a program of one line."""
        engine = self._parts.engine
        while self._passed_on(engine.pull()):
            continue
        while self._passed_on(self.gauges.telemetry.pull()):
            continue
        while self._passed_on(engine.push()):
            continue
        self.gauges.telemetry.push()

    # ---- how it stands

    def link(self) -> LinkState:
        link = self._pump.link()
        states = [w.state for w in self._store.outbox()]
        hello = self.hello()
        return LinkState(
            state=link.state, since=link.since, as_of=self._parts.engine.as_of, why=link.why,
            waiting=sum(map(states.count, ("queued", "sent", "recalled"))),
            refused=states.count("refused"), conflicts=states.count("conflict"),
            held=states.count("held"), filling=self._parts.engine.filling,
            clock_trouble=self.clock.trouble(), demo=bool(hello and hello.demo),
            city_name=(hello.city_name if hello else "") or self.city.name,
            absent=tuple(sorted(self._parts.engine.absent())),
        )  # fmt: skip

    def hello(self) -> Hello | None:
        """Give what the centre last said of itself."""
        return self._entrance.hello()

    def subscribe(self, told: Callable[[Changes], None]) -> None:
        """Call this with all news, from any thread."""
        self._told.append(told)

    def listen(self, heard: Callable[[Notice], None]) -> None:
        """Call this with what a person should be told, from any thread."""
        self._heard.append(heard)

    # ---- small things of the seat

    def keep(self, name: str, value: bytes) -> "Future[None]":
        return self.work.write(lambda: self._store.keep(name, value))

    def kept(self, name: str) -> bytes | None:
        return self._store.kept(name)

    def kept_names(self, prefix: str) -> list[str]:
        return list(self._store.kept_names(prefix))

    def drop(self, name: str) -> "Future[None]":
        return self.work.write(lambda: self._store.drop(name))

    def close(self) -> None:
        """End what runs; what waits stays on disk."""
        self.work.close()
        self._parts.api.close()
        self._parts.values.close()
        self.maps.close()
        self._store.close()

    # ---- private

    def _standing(self) -> Standing:
        return Standing(self._parts.engine.as_of, self._pump.link().state == "up")

    def _sit(self, person: Access) -> None:
        self.person = person
        self._acts = []
        self._join()
        self._tell(Changes(everything=True))

    def _join(self) -> None:
        """Put together what plans look at: anew when somebody sits down, or terms have come."""
        found = (self._store.get("term", str(row[0])) for row in self.find(parse_query("term", "")))
        terms = [t for t in found if isinstance(t, Term)]
        self.city = extended(self._parts.city, terms)
        self.scenes = with_terms(self._parts.scenes, terms)
        around = Around(
            store=self._store, judge=self.judge, city=self.city, types=types_of(self.scenes),
            scenes=self.scenes, rules=self.rules, clock=self.clock, person=self.person,
            seat=self.seat, people={t.code: t.name for t in terms if t.of == "person" and t.name},
            indicators=indicators_of(self.scenes),
            known=self.adviser.known, fit=self.adviser.units,
        )  # fmt: skip
        self.gauges.sit(around)
        self._names = Names(around, self.scenes, self._person)
        self._desk = Desk(
            around, self.commands, self.queues, self._choices, self._stamp, self._acts
        )

    def _person(self, user: str) -> Access | None:
        return self.person if user == self.person.user else self._parts.sessions.person(user)

    def _stamp(self) -> Stamp:
        return Stamp(
            at=self.clock.now(), device_at=self.clock.wall(),
            unsure_ms=self.clock.uncertainty_ms, boot=self._parts.boot,
            trouble=self.clock.trouble(),
        )  # fmt: skip

    def _done(self, outcome: Outcome) -> Outcome:
        self._passed(outcome.changes | Changes(line=True))
        self._pump.wake()
        return outcome

    def _write(self, job: Callable[[], Changes]) -> "Future[Changes]":
        def done() -> Changes:
            changes = self._passed(job() | Changes(line=True))
            self._pump.wake()
            return changes

        return self.work.step(done)

    def _passed(self, changes: Changes) -> Changes:
        self._tell(changes)
        return changes

    def _passed_on(self, told: Told) -> bool:
        self._tell(told.changes)
        return told.more

    def _tell(self, changes: Changes) -> None:
        self.gauges.heard(changes)
        for scene in changes.of("scene"):
            self.work.write(partial(self._store.erase_told, scene))
        self.adviser.told(changes)
        if changes.everything or changes.of("term"):
            with self._lock:
                self._join()
        for told in list(self._told):
            told(changes)

    def _notify(self, notice: Notice) -> None:
        for heard in list(self._heard):
            heard(notice)


def build(settings: Settings, work: Work) -> Core:
    """Join a core; Refused when another program works in this seat's folder."""
    text.speak(settings.language)
    return Core(join(settings, work))


def build_aside(settings: Settings, work: Work) -> Core:
    """Join a core for one line: in the seat's folder, or beside it while a window works there."""
    try:
        return build(settings, work)
    except Refused as refused:
        if refused.key != "refused.folder_in_use":
            raise
    return build(replace(settings, data=str(settings.folder / ASIDE)), work)
