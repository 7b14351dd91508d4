"""Whatever happens to lines, desks and centre, no step is lost, none counts twice, all agree."""

import contextlib
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from console.base.errors import Gone, Refused
from console.base.ids import new_id
from console.domain.record import Incident, Report, Step
from console.store.overlay import CONFLICT, HELD, REFUSED
from tests.whole.simulation import EAST, WEST, World

pytestmark = pytest.mark.timeout(1800)

desks = st.integers(0, 2)
faults = st.sampled_from(["", "", "drop", "late", "twice", "lose"])
incidents = st.sampled_from(["I1", "I2", "I3"])
SIMPLE = {
    "accept": {}, "dispatch": {"lead": "fire"}, "sign": {}, "start": {}, "suspend": {
        "reason": "r", "resume_when": "w", "until": 1_800_000_000_000}, "resume": {},
    "escalate": {"level": "II", "reason": "r"}, "watch": {}, "assist": {"dept": "water"},
    "merge": {"parent": "I3"}, "unmerge": {}, "feedback": {"result": "done"}, "verify": {},
    "rework": {"reason": "r"}, "close": {}, "reopen": {"reason": "r"}, "void": {"reason": "r"},
}  # fmt: skip
FAST = Path("/dev/shm") if Path("/dev/shm").is_dir() else None


class Sync(RuleBasedStateMachine):
    """Three desks and a centre; ``world_of`` is where a test of the test plants a fault."""

    world_of = World

    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp(prefix="chengyun-sim-", dir=FAST))
        self.world = self.world_of(self.folder)
        self.backed_up = False
        self.counted: dict[str, str] = {}  # acts of counting verbs → what they count on
        for desk in self.world.desks:
            desk.pull()

    # ---- what people do

    def _take(self, d: int, *steps: Step) -> str:
        try:
            return self.world.desks[d].take(*steps)
        except Refused:
            return ""

    @rule(d=desks, i=incidents)
    def note(self, d, i):
        mark = f"n{len(self.counted)}"
        step = Step(kind="incident", record=i, verb="note", args={"note": mark})
        if act := self._take(d, step):
            self.counted[act] = i

    @rule(d=desks)
    def reveal(self, d):
        step = Step(kind="report", record="R1", verb="reveal", args={"reason": "r"})
        if act := self._take(d, step):
            self.counted[act] = "R1"

    @rule(d=desks, i=incidents, verb=st.sampled_from(sorted(SIMPLE)))
    def step(self, d, i, verb):
        self._take(d, Step(kind="incident", record=i, verb=verb, args=SIMPLE[verb]))

    @rule(d=desks, i=incidents, unit=st.sampled_from(["U1", ""]))
    def dispatch(self, d, i, unit):
        """Send a department and a unit: two records in one act."""
        shown = self.world.desks[d].store.get("incident", i)
        task = f"T{len(self.world.keys)}"
        issue = {"incident": i, "scope": shown.scope if shown else "", "dept": "fire"}
        issue |= {"unit": unit} if unit else {}
        if self._take(
            d,
            Step(kind="incident", record=i, verb="dispatch", args={"lead": "fire"}),
            Step(kind="task", record=task, verb="issue", args=issue),
        ):
            self.world.keys.append(("task", task))

    @rule(d=desks, scope=st.sampled_from([EAST, WEST]))
    def report(self, d, scope):
        """Open an incident and act on it at once: later acts rest on one not yet sent."""
        made = new_id()
        born = {"title": "new", "scope": scope, "type": "EC01"}
        if self._take(d, Step(kind="incident", record=made, verb="create", args=born)):
            self.world.keys.append(("incident", made))
            self._take(d, Step(kind="incident", record=made, verb="accept"))

    @rule(d=desks, scope=st.sampled_from([EAST, WEST]), i=incidents)
    def relocate(self, d, scope, i):
        self._take(d, Step(kind="incident", record=i, verb="relocate", args={"scope": scope}))

    @rule(d=desks, go=st.sampled_from(["retry", "let_go", "take_back"]))
    def reconsider(self, d, go):
        store = self.world.desks[d].store
        before = {w.act.id for w in store.outbox()}
        for waiting in store.outbox():
            act = waiting.act.id
            try:
                if go == "take_back":
                    store.take_back(act)
                    self.world.taken_back.add(act)
                elif go == "let_go":
                    store.let_go(act, "why not")
                    self.world.let_go.add(act)
                else:
                    store.retry(act)
            except Refused:
                continue
            for new in (w.act for w in store.outbox() if w.act.id not in before):
                self.world.taken[new.id] = (new.by, new)
                self.world.let_go.add(act)
                if act in self.counted:
                    self.counted[new.id] = self.counted[act]
            return

    # ---- what the line does

    @rule(d=desks, fault=faults)
    def push(self, d, fault):
        self.world.desks[d].line.fault = fault
        self.world.desks[d].push()

    @rule(d=desks, fault=faults)
    def pull(self, d, fault):
        self.world.desks[d].line.fault = fault
        self.world.desks[d].pull()

    @rule(d=desks, down=st.booleans())
    def cut(self, d, down):
        self.world.desks[d].line.down = down

    @precondition(lambda self: self.world.late)
    @rule(n=st.integers(0, 5))
    def arrive_late(self, n):
        """Let an old request arrive: perhaps after a restart, a restore, or its sending again."""
        late = self.world.late
        request = late.pop(n % len(late))
        with contextlib.suppress(Gone):
            request()

    @rule(d=desks)
    def fetch_page(self, d):
        self.world.desks[d].fetch()

    @rule(d=desks)
    def deliver_page(self, d):
        """Take the page that was on its way, with what was confirmed since still standing."""
        desk = self.world.desks[d]
        before = desk.versions()
        desk.deliver()
        after = desk.versions()
        assert all(after.get(key, n) >= n for key, n in before.items()), "a record went back"

    @rule(d=desks, other=desks, i=incidents)
    def cross(self, d, other, i):
        """A page of the feed and the answer to an act cross on the line."""
        self.note(other, i)
        self.world.desks[other].push()
        self.fetch_page(d)
        self.note(d, i)
        self.world.desks[d].push()
        self.deliver_page(d)

    # ---- what machines do

    @rule(d=desks)
    def restart_desk(self, d):
        self.world.desks[d].restart()

    @rule()
    def restart_centre(self):
        self.world.restart_centre()

    @rule()
    def back_up(self):
        self.world.back_up()
        self.backed_up = True

    @precondition(lambda self: self.backed_up)
    @rule()
    def restore_centre(self):
        self.world.restore()

    @rule(ms=st.integers(1, 900_000))
    def let_time_pass(self, ms):
        self.world.clock.turn(ms)

    @rule(shrinks=st.booleans())
    def change_scope(self, shrinks):
        """The second desk's person loses the west, or gets it back."""
        held = self.world.access["both"]
        scopes = (EAST,) if shrinks else (EAST, WEST)
        self.world.access["both"] = type(held)(user="both", roles=held.roles, scopes=scopes)

    # ---- what must hold

    @invariant()
    def shown_is_confirmed_and_what_waits(self):
        for desk in self.world.desks:
            assert desk.shown() == desk.folded()

    def teardown(self):
        if not hasattr(self, "world"):
            return
        try:
            self.world.heal()
            self._check()
        finally:
            self.world.close()
            shutil.rmtree(self.folder)

    def _check(self):
        world = self.world
        applied = world.applied()
        assert all(n == 1 for n in applied.values()), "an act took effect twice"
        judged: dict[str, str] = {}
        for desk in world.desks:
            for waiting in desk.store.outbox():
                assert waiting.state in (REFUSED, CONFLICT, HELD), "the outbox did not drain"
                judged[waiting.act.id] = waiting.state
            seen = world.visible(desk)
            assert desk.shown() == seen, "a desk does not hold what the centre has for it"
            assert desk.rows() == seen.keys(), "a list holds other records than the centre"
        settled = applied.keys() | judged.keys() | world.let_go | world.taken_back | world.lost
        assert world.taken.keys() <= settled, "an act was lost"
        assert not applied.keys() & judged.keys(), "told of as refused, and yet applied"
        assert not applied.keys() & world.taken_back, "taken back, and yet applied"
        self._check_counts(set(applied))
        self._check_order(list(applied))

    def _check_order(self, applied: list[str]):
        """What one seat did to one record took effect in the order in which it was done."""
        order = {act: n for n, act in enumerate(self.world.taken)}
        last: dict[tuple[str, str], int] = {}
        for act in applied:
            by, said = self.world.taken[act]
            for step in said.steps:
                assert last.get((by, step.record), -1) <= order[act], "steps changed places"
                last[by, step.record] = order[act]

    def _check_counts(self, applied: set[str]):
        for on in ("I1", "I2", "I3", "R1"):
            wanted = sum(1 for act in applied if self.counted.get(act) == on)
            record = self.world.centre.get("report" if on == "R1" else "incident", on)
            if isinstance(record, Report):
                assert record.revealed == wanted
            elif isinstance(record, Incident):
                marks = [n.text for n in record.notes if n.text.startswith("n")]
                assert len(marks) == len(set(marks)) == wanted


TestSync = Sync.TestCase
TestSync.settings = settings(
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.reuse, Phase.generate, Phase.shrink],
)
