"""The overlay, kept step by step, is the fold of all waiting acts over what is confirmed."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace

from console.base.errors import Refused
from console.domain.record import Task
from console.store.overlay import PENDING, Overlay, Waiting
from tests.console.store.seat import JUDGE, WANG, act, incident, note, step, task, unit


class Ground:
    """Confirmed records in a dictionary; it knows nothing of what lies over them."""

    def __init__(self):
        self.records = {}

    def confirmed(self, kind, id):
        return self.records.get((kind, id))

    def plain_tasks_of(self, unit):
        return [t for t in self.records.values() if isinstance(t, Task) and t.unit == unit]


class Naive:
    """The reference: what one act rests on in a fold from nothing."""

    def __init__(self, ground, over):
        self.ground, self.over = ground, over

    def get(self, kind, id):
        return self.over.get((kind, id)) or self.ground.confirmed(kind, id)

    def open_tasks_of(self, unit):
        together = self.ground.records | self.over
        return [t for t in together.values() if isinstance(t, Task) and t.unit == unit]

    def number(self, scope, at):
        return ""


def folded(ground, waiting):
    over = {}
    for each in waiting:
        if each.state in PENDING:
            try:
                over |= JUDGE.act(each.act, each.actor, Naive(ground, over), each.act.at)
            except Refused:
                continue
    return over


INCIDENTS = st.sampled_from(["I1", "I2"])
UNITS = st.sampled_from(["U1", "U2"])
TASKS = st.sampled_from(["T1", "T2"])


@st.composite
def acts(draw):
    home, team, name = draw(INCIDENTS), draw(UNITS), draw(TASKS)
    issue = step("task", name, "issue", 0, incident=home, scope="320102", dept="D01", unit=team)
    return act(
        *draw(
            st.sampled_from([
                (step("incident", home, "accept"),),
                (step("incident", home, "note", note="x"),),
                (step("incident", home, "dispatch", 3, lead="D01"), issue),
                (issue,),
                (step("task", name, "sign"), step("incident", home, "sign")),
                (step("task", name, "withdraw", reason="x"),),
                (step("unit", team, "retire", reason="x"),),
                (step("unit", team, "ready"),),
                (step("incident", home, "void", reason="x"),),
            ])
        )
    )  # fmt: skip


confirmed = st.one_of(
    st.builds(
        lambda n, state, version: incident(n, state=state, version=version),
        st.integers(1, 2), st.sampled_from(["reported", "accepted", "dispatched", "void"]),
        st.integers(1, 5),
    ),
    st.builds(
        lambda n, state: unit(n, state=state),
        st.integers(1, 2), st.sampled_from(["ready", "off_duty"]),
    ),
    st.builds(
        lambda n, home, team, state: task(n, home, unit=team, state=state),
        st.integers(1, 2), INCIDENTS, UNITS, st.sampled_from(["issued", "signed", "withdrawn"]),
    ),
)  # fmt: skip


class Laid(RuleBasedStateMachine):
    """Any order of new acts, verdicts and confirmed records."""

    def __init__(self):
        super().__init__()
        self.ground = Ground()
        self.overlay = Overlay(JUDGE)

    @rule(said=acts())
    def say(self, said):
        waiting = Waiting(act=said, actor=WANG)
        try:
            self.overlay.lay(self.overlay.judged(waiting, self.ground))
        except Refused:
            self.overlay.add(waiting, self.ground)

    @rule(records=st.lists(confirmed, min_size=1, max_size=3))
    def confirm(self, records):
        changed = {(r.kind, r.id): r for r in records}
        self.ground.records |= changed
        self.overlay.refold(changed, self.ground)

    @rule(key=st.tuples(st.sampled_from(["incident", "unit", "task"]), st.integers(0, 9)))
    def leave(self, key):
        key = (key[0], f"{key[0][0].upper()}{key[1]}")
        self.ground.records.pop(key, None)
        self.overlay.refold({key}, self.ground)

    @rule(n=st.integers(0, 9), state=st.sampled_from(["refused", "conflict", "held", "queued"]))
    def judge(self, n, state):
        waiting = self.overlay.waiting()
        if n < len(waiting):
            touched = self.overlay.restate([replace(waiting[n], state=state)])
            self.overlay.refold(touched, self.ground)

    @rule(n=st.integers(0, 9))
    def drop(self, n):
        waiting = self.overlay.waiting()
        if n < len(waiting):
            touched = self.overlay.drop([waiting[n].act.id, "unknown"])
            self.overlay.refold(touched, self.ground)

    @invariant()
    def shown_is_the_fold_of_what_waits(self):
        assert self.overlay.shown == folded(self.ground, self.overlay.waiting())

    @invariant()
    def standing_counts_the_acts_on_a_record(self):
        for key in (("incident", "I1"), ("task", "T1")):
            mine = [w.state for w in self.overlay.waiting() if key in w.records()]
            refused, conflict = mine.count("refused"), mine.count("conflict")
            assert self.overlay.standing(key) == (len(mine) - refused - conflict, refused, conflict)


TestLaid = Laid.TestCase


def test_judging_changes_nothing():
    ground, overlay = Ground(), Overlay(JUDGE)
    ground.records["incident", "I1"] = incident(1)
    overlay.judged(Waiting(act=note("I1"), actor=WANG), ground)
    assert overlay.shown == {}
    assert overlay.waiting() == ()
    with pytest.raises(Refused):
        overlay.judged(Waiting(act=note("I9"), actor=WANG), ground)


def test_a_unit_is_busy_with_a_task_that_is_confirmed_and_free_when_that_waits_to_end():
    ground, overlay = Ground(), Overlay(JUDGE)
    for each in (incident(1), unit(1), task(1, "I1", unit="U1", state="issued")):
        ground.records[each.kind, each.id] = each
    issue = step("task", "T2", "issue", 0, incident="I1", scope="320102", dept="D01", unit="U1")
    busy = Waiting(act=act(issue), actor=WANG)
    with pytest.raises(Refused, match="unit_busy"):
        overlay.judged(busy, ground)
    done = act(step("task", "T1", "withdraw", reason="x"))
    overlay.lay(overlay.judged(Waiting(act=done, actor=WANG), ground))
    assert ("task", "T2") in overlay.judged(busy, ground).records


def test_only_acts_that_had_read_a_changed_record_are_judged_again(monkeypatch):
    ground, overlay = Ground(), Overlay(JUDGE)
    for n in (1, 2):
        ground.records["incident", f"I{n}"] = incident(n)
        overlay.add(Waiting(act=note(f"I{n}"), actor=WANG), ground)
    judged = []
    honest = JUDGE.act
    monkeypatch.setattr(JUDGE, "act", lambda a, *rest: judged.append(a) or honest(a, *rest))
    overlay.refold({("incident", "I2")}, ground)
    assert [a.steps[0].record for a in judged] == ["I2"]
