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
from console.wire import Leave, Verdict, put_of
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


class Full(files.DatabaseError):
    """What SQLite says when the disk takes no more."""

    sqlite_errorcode = files.FULL


@pytest.fixture
def store(tmp_path):
    made = opened(tmp_path)
    made.absorb(page(incident(1), incident(2), unit(1)))
    yield made
    made.close()


def failing(store, monkeypatch, name, times, error=Full):
    """Let the outbox fail so many times, as a disk does."""
    honest = getattr(store._w.outbox, name)
    left = [times]

    def fails(*args, **also):
        if left[0]:
            left[0] -= 1
            raise error("no")
        return honest(*args, **also)

    monkeypatch.setattr(store._w.outbox, name, fails)


@pytest.mark.logs_trouble
def test_the_reserve_is_given_and_the_act_taken_when_the_disk_is_full(store, tmp_path, monkeypatch):
    failing(store, monkeypatch, "save", 1)
    monkeypatch.setattr("console.store.writing.ROOM_BYTES", 10**18)
    store.enqueue(note("I1"), WANG)
    assert not (tmp_path / "reserve").exists()
    assert [n.key for n in store.trouble()] == ["store.disk_full"]
    assert len(store.outbox()) == 1
    monkeypatch.setattr("console.store.writing.ROOM_BYTES", 0)
    store.enqueue(note("I1"), WANG)
    assert (tmp_path / "reserve").exists()
    assert store.trouble() == ()


@pytest.mark.logs_trouble
def test_nothing_is_half_done_when_the_disk_stays_full(store, monkeypatch):
    failing(store, monkeypatch, "save", 2)
    with pytest.raises(Refused, match="disk_full"):
        store.enqueue(note("I1"), WANG)
    assert store.outbox() == []
    assert cell(store, "incident", "I1", "pending") == (0,)
    store.enqueue(note("I1"), WANG)
    assert cell(store, "incident", "I1", "pending") == (1,)


@pytest.mark.logs_trouble
def test_an_act_that_is_on_the_disk_and_cannot_be_taken_out_is_taken(store, monkeypatch):
    said = note("I1")
    honest = store._cache.transaction
    monkeypatch.setattr(store._cache, "transaction", lambda: _closing(honest))
    failing(store, monkeypatch, "remove", 1)
    changes = store.enqueue(said, WANG)
    assert changes.touched == {("incident", "I1")}
    assert [w.act.id for w in store.outbox()] == [said.id]
    monkeypatch.undo()
    store.absorb(page(cursor="c2"))
    assert cell(store, "incident", "I1", "pending") == (1,)


@contextlib.contextmanager
def _closing(honest):
    with honest() as db:
        yield db
        raise Full("at the commit")


@pytest.mark.logs_trouble
def test_a_settled_act_that_cannot_be_taken_out_now_is_taken_out_next(store, monkeypatch):
    said = note("I1")
    store.enqueue(said, WANG)
    failing(store, monkeypatch, "remove", 1)
    done = replace(store.get("incident", "I1"), version=2)
    store.settle([Verdict(id=said.id, verdict="applied", puts=[put_of(done)])])
    assert store.outbox() == []
    store.absorb(page(cursor="c2"))
    assert store._w.outbox.all() == []


@pytest.mark.logs_trouble
def test_a_failure_that_nobody_knows_is_a_bug_and_flies(store, monkeypatch):
    failing(store, monkeypatch, "save", 2, files.DatabaseError)
    with pytest.raises(files.DatabaseError):
        store.enqueue(note("I1"), WANG)
    failing(store, monkeypatch, "keep", 1, files.DatabaseError)
    with pytest.raises(files.DatabaseError):
        store.keep("a", b"")
    failing(store, monkeypatch, "keep", 2)
    with pytest.raises(Refused, match="disk_full"):
        store.keep("a", b"")


@pytest.mark.logs_trouble
def test_a_reader_meets_errors_that_are_not_damage_as_they_are(store):
    with pytest.raises(files.DatabaseError, match="no such table"):
        store._rows("SELECT * FROM nowhere")


def test_what_was_caught_up_with_in_vain_is_caught_up_with_again(store):
    store.enqueue(accept("I1"), WANG)
    store._w.outbox.save([Waiting(act=note("I2"), actor=WANG, n=50)])
    store._w._behind = True
    with pytest.raises(Refused):
        store.enqueue(accept("I1"), WANG)
    store.absorb(page(cursor="c2"))
    assert cell(store, "incident", "I2", "pending") == (1,)
    assert len(store.outbox()) == 2
