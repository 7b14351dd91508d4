"""Readers see whole transactions and wait only while one file takes another's place."""

import threading

from console.base.work import Threads
from console.store import files
from console.store.cache import Cache, Gate
from tests.console.store.seat import KEY, ids, incident, opened, page, silent, snapshot


def test_many_pass_together_and_one_alone():
    gate, work = Gate(), Threads()
    inside, leave = threading.Event(), threading.Event()
    log = []

    def reader():
        with gate.passing():
            inside.set()
            leave.wait(5)
            log.append("read")

    def alone():
        with gate.alone():
            log.append("alone")

    first = work.call(reader)
    inside.wait(5)
    with gate.passing():
        pass  # a second reader is not kept out
    second = work.call(alone)
    leave.set()
    first.result(5)
    second.result(5)
    assert log == ["read", "alone"]
    work.close()


def test_readers_go_on_while_the_cache_is_filled_and_changed(tmp_path):
    store, work = opened(tmp_path), Threads()
    store.fill(*snapshot(incident(n, version=1) for n in range(50)), silent)
    stop = threading.Event()

    def read():
        seen = 0
        while not stop.is_set():
            found = store._cache.rows("SELECT DISTINCT version FROM incident")
            assert len(found) == 1, found  # a page is seen whole or not at all
            assert len(ids(store, "井盖")) == 50
            seen += 1
        return seen

    readers = [work.call(read) for _ in range(3)]
    for version in range(2, 8):
        records = [incident(n, version=version) for n in range(50)]
        if version % 3 == 0:
            store.fill(*snapshot(records), silent)
        else:
            store.absorb(page(*records, cursor=str(version)))
    stop.set()
    assert all(reader.result(10) > 0 for reader in readers)
    work.close()
    store.close()


def test_a_log_that_has_grown_is_brought_into_the_file_beside_the_writer(tmp_path, monkeypatch):
    monkeypatch.setattr("console.store.files.TIDY_PAGES", 12)
    store = opened(tmp_path)
    log = tmp_path / "cache.db-wal"
    store.tidy()
    for version in range(2, 60):
        store.absorb(page(*(incident(n, version=version) for n in range(30)), cursor="c"))
        store.tidy()
    assert log.stat().st_size < 1_000_000
    with store._cache.transaction() as db:
        store.tidy()  # a writer at work is not waited for
        db.execute("DELETE FROM incident")
    assert ids(store, "井盖") == []
    store.close()


def test_a_new_file_takes_the_place_of_the_old_with_nothing_beside_it(tmp_path):
    cache = Cache(tmp_path / "cache.db", KEY)
    cache.make()
    engine = files.engine(cache.new(), KEY, full=False, cache_mb=1)
    with files.transaction(engine) as db:
        db.execute("CREATE TABLE fresh(a)")
    engine.dispose()
    with cache.transaction() as db:
        db.execute("INSERT INTO meta VALUES ('a', 'b')")
    cache.swap(cache.new())
    assert cache.rows("SELECT name FROM sqlite_master") == [("fresh",)]
    assert not cache.new().exists()
    cache.close()
