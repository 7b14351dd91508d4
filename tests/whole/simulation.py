"""A small world for the sync: real desks and a real centre, joined by lines that fail as told.

Nothing here is timed and nothing runs by itself: a test turns every wheel.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2

from console.base import resources
from console.base.clock import ManualClock
from console.base.errors import Gone, Refused, Unreachable
from console.base.ids import new_id
from console.base.work import Inline
from console.central.centre import Centre
from console.central.ledger import Ledger
from console.domain.access import Access, system
from console.domain.calendar import read_calendar
from console.domain.city import City, read_city
from console.domain.judge import Judge
from console.domain.query import Query, Viewpoint
from console.domain.record import KINDS, Act, Record, Step, Task
from console.parts import read_machines
from console.store.overlay import PENDING, Waiting
from console.store.store import Store
from console.sync.engine import Engine
from console.wire import PAGE, Acts, Digest, Page, Put, Snapshot, Verdicts, pack

KEY = bytes(range(32))
EAST, WEST = "320102", "320104"
ROLES = ("intake", "dispatch", "duty_lead", "district", "callback", "unit")
RECORDS = [("incident", "I1"), ("incident", "I2"), ("incident", "I3"), ("report", "R1"),
           ("unit", "U1")]  # fmt: skip


@cache
def nanjing() -> City:
    return read_city(resources.table("cities/nanjing.toml"), "cities/nanjing.toml")


@cache
def judge() -> Judge:
    calendar = read_calendar(resources.table(nanjing().calendar), nanjing().calendar)
    return Judge(read_machines(), calendar)


def first_acts() -> list[Act]:
    """Give what every centre begins with: three incidents, a report, a unit."""

    def made(kind: str, id: str, verb: str, **args: object) -> Step:
        return Step(kind=kind, record=id, verb=verb, args=args)

    steps = (
        made("incident", "I1", "create", title="east", scope=EAST, type="EC01", limit="30m"),
        made("incident", "I2", "create", title="west", scope=WEST, type="EC01", limit="30m"),
        made("incident", "I3", "create", title="street", scope=f"{EAST}.320102002", type="EC01"),
        made("report", "R1", "receive", scope=EAST, source="hotline", words="…"),
        made("unit", "U1", "enrol", scope=EAST, call_sign="E1", dept="fire"),
    )
    ready = Step(kind="unit", record="U1", verb="ready")
    return [
        Act(id=f"first-{n}", steps=some, by="system") for n, some in enumerate((steps, (ready,)))
    ]


class Line:
    """What a desk takes for the centre. ``fault`` is for the next act of sending or reading."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self.down = False
        self.fault = ""

    def knows(self, user: str) -> bool:
        return True

    def hang_up(self) -> None:
        return None

    def acts(self, acts: Sequence[Act], epoch: str) -> Verdicts:
        body, by = pack(Acts(acts=list(acts))), acts[0].by

        def arrives() -> bytes:
            return self._world.judged(body, by, epoch)

        return msgspec.json.decode(self._carried(arrives), type=Verdicts)

    def changes(self, cursor: str, wait_s: float = 0.0, limit: int = PAGE) -> Page:
        access = self._access()
        return msgspec.json.decode(
            self._carried(lambda: pack(self._world.centre.page(cursor, access, limit))), type=Page
        )

    def stream(self, cursor: str) -> Iterator[Page]:
        raise Unreachable("sync.why.broken")

    def digest(self) -> Digest:
        access = self._access()
        return msgspec.json.decode(
            self._carried(lambda: pack(self._world.centre.digest(access))), type=Digest
        )

    def snapshot(self) -> tuple[Snapshot, Iterator[Put]]:
        access, breaks = self._access(), self.fault in ("lose", "late")
        self._pass()
        head, puts = self._world.centre.snapshot(access)

        def given() -> Iterator[Put]:
            for n, put in enumerate(puts):
                if breaks and n >= 2:
                    puts.close()
                    raise Unreachable("sync.why.broken")
                yield put

        return head, given()

    def history(self, kind: str, id: str) -> list:
        return []

    def _access(self) -> Access:
        return self._world.access_of(self)

    def _carried(self, arrives: Callable[[], bytes]) -> bytes:
        """Carry a request there and its answer back, or what the fault makes of that."""
        fault, self.fault = self.fault, ""
        self._pass()
        if fault == "drop":
            raise Unreachable("sync.why.silent")
        if fault == "late":
            self._world.late.append(arrives)
            raise Unreachable("sync.why.silent")
        answer = arrives()
        if fault == "twice":
            answer = arrives()
        if fault == "lose":
            raise Unreachable("sync.why.broken")
        return answer

    def _pass(self) -> None:
        if self.down:
            raise Unreachable("sync.why.unreached")


class Desk:
    """One seat: its own files, its own engine, one person."""

    def __init__(self, world: "World", name: str, scopes: tuple[str, ...]) -> None:
        self.world = world
        self.name = name
        self.person = Access(user=name, roles=ROLES, scopes=scopes)
        self.line = Line(world)
        self.on_its_way: Page | None = None
        self.store, self.engine = self._opened()

    def _opened(self) -> tuple[Store, Engine]:
        world = self.world
        store = world.store_class.open(
            world.folder / self.name, key=KEY, judge=judge(), clock=world.clock
        )
        return store, world.engine_class(store, self.line, world.clock, Inline())

    def restart(self) -> None:
        self.on_its_way = None
        self.store.close()
        self.store, self.engine = self._opened()

    def take(self, *steps: Step) -> str:
        """Take steps as a person does; Refused when they do not apply to what is shown."""
        now = self.world.clock.now()
        seen = tuple(msgspec.structs.replace(s, base=self._seen(s)) for s in steps)
        act = Act(id=new_id(), steps=seen, by=self.name, at=now, device_at=now)
        self.store.enqueue(act, self.person)
        self.world.taken[act.id] = (self.name, act)
        return act.id

    def kept(self) -> list[Waiting]:
        """Give the acts that this desk could say again."""
        return [*self.store.outbox(), *self.store._w.outbox.settled()]

    def push(self) -> None:
        try:
            self.engine.push()
        except Unreachable:
            return

    def pull(self) -> bool:
        self.on_its_way = None  # one thread reads: it gave that up to ask anew
        try:
            told = self.engine.pull(limit=2)
        except Unreachable:
            return False
        self.person = self.world.access_of(self.line)
        return told.more or bool(told.changes)

    def fetch(self) -> None:
        """Have the feed's next page sent; it is on its way until ``deliver``."""
        if self.line.down or not self.store.filled():
            return
        try:
            access = self.world.access_of(self.line)
            self.on_its_way = self.world.centre.page(self.store.cursor(), access, 2)
        except Gone:
            return

    def deliver(self) -> None:
        """Take the page that was on its way; answers to acts may have come in between."""
        page, self.on_its_way = self.on_its_way, None
        if page is not None:
            self.engine.take(page)

    def versions(self) -> dict[tuple[str, str], int]:
        """Give the versions of what is confirmed here."""
        found = (self.store.confirmed(*key) for key in self.world.keys)
        return {(r.kind, r.id): r.version for r in found if r is not None}

    def rows(self) -> set[tuple[str, str]]:
        """Give every record that the lists hold."""
        return {
            (kind, row[0]) for kind in KINDS for row in self.store.find(Query(kind), Viewpoint())
        }

    def shown(self) -> dict[tuple[str, str], Record]:
        found = (self.store.get(*key) for key in self.world.keys)
        return {(r.kind, r.id): r for r in found if r is not None}

    def folded(self) -> dict[tuple[str, str], Record]:
        """Work out what must be shown, the plain way: confirmed, and what waits over it."""
        held = _Held(self.store, self.world.keys)
        for waiting in self.store.outbox():
            if waiting.state in PENDING:
                try:
                    act = waiting.act
                    held.over |= judge().act(act, waiting.actor, held, act.at)
                except Refused:
                    continue
        found = ((key, held.get(*key)) for key in self.world.keys)
        return {key: record for key, record in found if record is not None}

    def _seen(self, step: Step) -> int:
        shown = self.store.get(step.kind, step.record)
        return shown.version if shown else 0


class _Held:
    def __init__(self, store: Store, keys: Sequence[tuple[str, str]]) -> None:
        self._store, self._keys = store, keys
        self.over: dict[tuple[str, str], Record] = {}

    def get(self, kind: str, id: str) -> Record | None:
        return self.over.get((kind, id)) or self._store.confirmed(kind, id)

    def open_tasks_of(self, unit: str) -> Iterator[Task]:
        for key in self._keys:
            task = self.get(*key)
            if isinstance(task, Task) and task.unit == unit:
                yield task

    def number(self, scope: str, at: int) -> str:
        return ""


class World:
    """A centre, desks, and every request that is still on its way."""

    def __init__(
        self, folder: Path, *, store: type[Store] = Store, engine: type[Engine] = Engine,
        centre: type[Centre] = Centre,
    ) -> None:  # fmt: skip
        self.folder = folder
        self.store_class, self.engine_class, self.centre_class = store, engine, centre
        self.clock = ManualClock()
        self.late: list[Callable[[], bytes]] = []
        self.taken: dict[str, tuple[str, Act]] = {}
        self.let_go: set[str] = set()
        self.taken_back: set[str] = set()
        self.lost: set[str] = set()
        self.keys = list(RECORDS)
        self.centre = self._opened()
        told = self.centre.load(first_acts(), system())
        assert [v.verdict for v in told] == ["applied", "applied"], told
        scopes = {"all": ("",), "both": (EAST, WEST), "east": (EAST,)}
        self.desks = [Desk(self, name, some) for name, some in scopes.items()]
        self.access = {desk.name: desk.person for desk in self.desks}

    # ---- the centre

    def _opened(self) -> Centre:
        ledger = Ledger.in_folder(self.folder / "centre")
        return self.centre_class(ledger, judge(), nanjing(), {}, self.clock)

    def access_of(self, line: Line) -> Access:
        return next(self.access[desk.name] for desk in self.desks if desk.line is line)

    def judged(self, body: bytes, by: str, epoch: str) -> bytes:
        """Do what the centre's door does with a request: another incarnation's is turned away."""
        if epoch != self.centre.epoch:
            raise Gone("epoch")
        acts = msgspec.json.decode(body, type=Acts).acts
        return pack(self.centre.judge_acts(acts, self.access[by]))

    def restart_centre(self) -> None:
        self.centre.ledger.close()
        self.centre = self._opened()

    def back_up(self) -> None:
        self.centre.ledger.close()
        shutil.copyfile(self.folder / "centre/centre.db", self.folder / "backup.db")
        self.centre = self._opened()

    def restore(self) -> None:
        """Put the backup in the centre's place: another incarnation of its log."""
        before = self.applied().keys()
        self.centre.ledger.close()
        for file in (self.folder / "centre").iterdir():
            file.unlink()
        shutil.copyfile(self.folder / "backup.db", self.folder / "centre/centre.db")
        raw = dbapi2.connect(str(self.folder / "centre/centre.db"))
        raw.execute("DELETE FROM meta WHERE name = 'epoch'")
        raw.commit()
        raw.close()
        self.centre = self._opened()
        kept = {w.act.id for desk in self.desks for w in desk.kept()}
        self.lost |= before - self.applied().keys() - kept

    def applied(self) -> Counter[str]:
        """Give every act that is in the log, in order, with the number of times it is there."""
        with self.centre.ledger.reading() as line:
            found = line.exec_driver_sql("SELECT DISTINCT act, pos FROM log ORDER BY pos").all()
        return Counter(row[0] for row in found if row[0] in self.taken)

    # ---- the end

    def heal(self) -> None:
        """Let everything arrive that is on its way, and everybody speak to the centre."""
        for desk in self.desks:
            desk.line.down, desk.line.fault = False, ""
        for request in self.late:
            try:
                request()
            except Gone:
                continue
        self.late = []
        for _ in range(2):
            for desk in self.desks:
                self._settle(desk)

    def _settle(self, desk: Desk) -> None:
        for _ in range(200):
            told = desk.engine.push()
            moved = desk.pull()
            if not told.more and not moved:
                return
        raise AssertionError("a desk does not come to rest")

    def visible(self, desk: Desk) -> dict[tuple[str, str], Record]:
        """Give what the centre lets a desk's person see."""
        _, puts = self.centre.snapshot(self.access[desk.name])
        decode = {kind: msgspec.json.Decoder(shape) for kind, shape in KINDS.items()}
        return {(put.kind, put.id): decode[put.kind].decode(put.body) for put in puts}

    def close(self) -> None:
        for desk in self.desks:
            desk.store.close()
        self.centre.ledger.close()
