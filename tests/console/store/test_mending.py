"""A disk that takes no more loses no act, leaves none half done, and says what it cannot show."""

import contextlib

import pytest
from msgspec.structs import replace

from console.base.errors import Refused
from console.store import files
from console.wire import Verdict, put_of
from tests.console.store.seat import WANG, cell, incident, note, opened, page, unit


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
    monkeypatch.setattr("console.store.mending.ROOM_BYTES", 10**18)
    store.enqueue(note("I1"), WANG)
    assert not (tmp_path / "reserve").exists()
    assert [n.key for n in store.trouble()] == ["store.disk_full"]
    assert len(store.outbox()) == 1
    monkeypatch.setattr("console.store.mending.ROOM_BYTES", 0)
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
    assert "store.unshown" in [n.key for n in store.trouble()]
    monkeypatch.setattr("console.store.mending.ROOM_BYTES", 10**18)
    assert not store.heal()
    assert cell(store, "incident", "I1", "pending") == (0,)
    monkeypatch.undo()
    assert store.heal().everything
    assert cell(store, "incident", "I1", "pending") == (1,)
    assert "store.unshown" not in [n.key for n in store.trouble()]
    assert not store.heal()


@pytest.mark.logs_trouble
def test_the_next_write_that_works_shows_what_could_not_be_shown(store, monkeypatch):
    honest = store._cache.transaction
    monkeypatch.setattr(store._cache, "transaction", lambda: _closing(honest))
    failing(store, monkeypatch, "remove", 1)
    store.enqueue(note("I1"), WANG)
    monkeypatch.undo()
    assert store.absorb(page(cursor="c2")).everything
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
