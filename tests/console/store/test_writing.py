"""Whatever is said, judged, absorbed, crashed or refused: the rows are the fold of it all."""

import contextlib
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace

from console.base.errors import Refused
from console.domain.query import matches, parse_query
from console.store import files
from console.store.overlay import PENDING, Waiting
from console.wire import Leave, Verdict
from tests.console.store.seat import (
    VIEW,
    WANG,
    accept,
    cell,
    incident,
    note,
    opened,
    page,
    silent,
    snapshot,
    unit,
)
from tests.console.store.test_overlay import Ground, acts, confirmed, folded

KEYS = [(k, f"{k[0].upper()}{n}") for k in ("incident", "unit", "task") for n in (1, 2)]
LINES = ("state:reported", "pending>0", "handler:@me", "-state:void", "refused>0")
place = st.integers(0, 5)


class Seat(RuleBasedStateMachine):
    """A seat and what a centre might tell it, in any order, with crashes between."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = opened(self.folder)
        self.held = {}
        self.version = 0
        self.said = {}

    @rule(said=acts())
    def say(self, said):
        with contextlib.suppress(Refused):
            self.store.enqueue(said, WANG)
            self.said[said.id] = "queued"

    @rule(records=st.lists(confirmed, min_size=1, max_size=3), settles=st.sets(place, max_size=2))
    def absorb(self, records, settles):
        self.version += 1
        newest = {}
        for n, record in enumerate(records):
            newest[record.kind, record.id] = replace(record, version=self.version * 10 + n)
        self.held |= newest
        waiting = self.store.outbox()
        acts = [waiting[n].act.id for n in settles if n < len(waiting)]
        for each in acts:
            del self.said[each]
        self.store.absorb(page(*newest.values(), cursor=str(self.version), acts=[*acts, "?"]))

    @rule(key=st.sampled_from(KEYS))
    def leave(self, key):
        self.held.pop(key, None)
        self.store.absorb(page(cursor="x", leaves=[Leave(kind=key[0], id=key[1])]))

    @rule(n=place, word=st.sampled_from(["applied", "refused", "conflict", "held"]))
    def judge(self, n, word):
        if n < len(waiting := self.store.outbox()):
            said = waiting[n].act.id
            self.store.settle([Verdict(id=said, verdict=word, key="k")])
            self.said[said] = word
            if word == "applied":
                del self.said[said]

    @rule(n=place)
    def send(self, n):
        if n < len(waiting := self.store.outbox()):
            self.store.mark_sent([waiting[n].act.id])

    @rule(n=place, verb=st.sampled_from(["take_back", "let_go", "retry"]))
    def decide(self, n, verb):
        if n >= len(waiting := self.store.outbox()):
            return
        said = waiting[n].act.id
        with contextlib.suppress(Refused):
            getattr(self.store, verb)(said, *(("no",) if verb == "let_go" else ()))
            if verb != "retry" or waiting[n].state != "held":
                del self.said[said]
        for each in self.store.outbox():
            self.said.setdefault(each.act.id, each.state)

    @rule()
    def fill(self):
        self.version += 1
        self.held = {k: replace(r, version=self.version * 10) for k, r in self.held.items()}
        self.store.fill(*snapshot(self.held.values()), silent)

    @rule()
    def start_again(self):
        self.store.close()
        self.store = opened(self.folder)

    @rule()
    def lose_the_cache(self):
        self.store.close()
        files.remove(self.folder / "cache.db")
        self.store = opened(self.folder)
        self.held = {}

    @invariant()
    def what_is_shown_is_the_fold(self):
        ground = Ground()
        ground.records = dict(self.held)
        over = folded(ground, self.store.outbox())
        for key in KEYS:
            assert self.store.confirmed(*key) == self.held.get(key)
            assert self.store.get(*key) == over.get(key, self.held.get(key))

    @invariant()
    def nothing_that_was_said_is_lost(self):
        waiting = {w.act.id: w.state for w in self.store.outbox()}
        assert waiting.keys() == self.said.keys()

    @invariant()
    def rows_tell_how_they_stand_and_queries_agree(self):
        for kind in ("incident", "task"):
            rows = self.store.find(parse_query(kind, ""), VIEW)
            for row in rows:
                mine = [w.state for w in self.store.outbox() if (kind, row[0]) in w.records()]
                assert row[-3:] == (
                    sum(state in PENDING for state in mine),
                    mine.count("refused"),
                    mine.count("conflict"),
                )
                assert row[1] == self.store.get(kind, row[0]).version
        for line in LINES:
            query = parse_query("incident", line)
            every = self.store.find(parse_query("incident", ""), VIEW)
            wanted = {row[0] for row in every if matches(query, row, VIEW)}
            assert {row[0] for row in self.store.find(query, VIEW)} == wanted

    def teardown(self):
        self.store.close()
        shutil.rmtree(self.folder)


TestSeat = pytest.mark.timeout(900)(Seat.TestCase)
TestSeat.settings = settings(max_examples=60, stateful_step_count=30)


@pytest.fixture
def store(tmp_path):
    made = opened(tmp_path)
    made.absorb(page(incident(1), incident(2), unit(1)))
    yield made
    made.close()


def test_what_was_caught_up_with_in_vain_is_caught_up_with_again(store):
    store.enqueue(accept("I1"), WANG)
    store._w.outbox.save([Waiting(act=note("I2"), actor=WANG, n=50)])
    store._w._behind = True
    with pytest.raises(Refused):
        store.enqueue(accept("I1"), WANG)
    store.absorb(page(cursor="c2"))
    assert cell(store, "incident", "I2", "pending") == (1,)
    assert len(store.outbox()) == 2
