"""The cache knows its own form; a cache of another form is dropped, and said, and filled again."""

from console.store import files, schema
from tests.console.store.seat import KEY, WANG, incident, note, opened, page


def test_a_new_cache_has_its_number_and_its_tables(tmp_path):
    engine = files.engine(tmp_path / "a.db", KEY, full=False, cache_mb=1)
    with files.transaction(engine) as db:
        assert schema.version(db) == 0
        schema.make_cache(db)
        assert schema.version(db) == schema.CACHE_SCHEMA > 0
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    engine.dispose()
    assert {"incident", "task", "history", "words", "bad_rows", "incident_due"} <= names


def test_the_order_of_deadlines_and_what_acts_stand_on_come_from_an_index(tmp_path):
    store = opened(tmp_path)
    for line in (
        "SELECT id FROM incident ORDER BY (due = 0), due",
        f"SELECT id FROM incident WHERE {schema.OVERLAID}",  # noqa: S608
    ):
        plan = str(store._cache.rows(f"EXPLAIN QUERY PLAN {line}"))
        assert "USING" in plan
        assert "TEMP B-TREE" not in plan
    store.close()


def test_a_cache_of_another_form_is_dropped_and_what_waits_is_kept(tmp_path):
    store = opened(tmp_path)
    store.absorb(page(incident(1)))
    store.enqueue(note("I1"), WANG)
    with store._cache.transaction() as db:
        db.execute("PRAGMA user_version = 7")
    store.close()
    heard = []
    again = opened(tmp_path, told=heard.append)
    assert [n.key for n in heard] == ["store.cache_outdated"]
    assert again.get("incident", "I1") is None
    assert len(again.outbox()) == 1
    assert not again.filled()
    assert not list(tmp_path.glob("cache.bad-*"))
    again.close()
