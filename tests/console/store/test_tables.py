"""Confirmed records are written once, newest wins, and only the indexes that must be."""

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.record import KINDS
from console.domain.rows import INDEXED, SHAPES
from console.store import tables
from console.wire import put_of
from tests.console.store.seat import VIEW, incident, opened, page
from tests.console.store.test_sql import Query


def test_of_several_puts_for_one_record_the_newest_counts():
    puts = [put_of(incident(1, version=v, title=f"{v}")) for v in (2, 5, 3)]
    taken, bad = tables.decoded(puts)
    assert [t.record.title for t in taken.values()] == ["5"]
    assert bad == []


def test_an_update_names_only_the_ordered_columns_that_moved():
    line, places = tables._update("incident", ("state",))
    assert '"state" = ?' in line
    assert '"due"' not in line
    assert '"pending"' not in line
    taken, _ = tables.decoded([put_of(incident(1))])
    row = tables.parameters(next(iter(taken.values())))
    assert places(row)[-1] == "I1"
    assert line.count("?") == len(places(row))


facts = st.fixed_dictionaries({
    "state": st.sampled_from(["reported", "closed"]), "handler": st.sampled_from(["", "wang"]),
    "parent": st.sampled_from(["", "I9"]), "updated_at": st.integers(1, 3),
    "reported_at": st.integers(1, 3), "urged": st.integers(0, 2), "no": st.sampled_from("ab"),
})  # fmt: skip


@settings(max_examples=60)
@given(versions=st.lists(facts, min_size=1, max_size=5))
def test_a_row_and_its_indexes_are_those_of_the_last_version(tmp_path_factory, versions):
    store = opened(tmp_path_factory.mktemp("tables"))
    for n, given_facts in enumerate(versions):
        store.absorb(page(incident(1, version=n + 1, **given_facts), cursor=str(n)))
    last = incident(1, version=len(versions), **versions[-1])
    assert store.get("incident", "I1") == last
    rows = store.find(Query("incident"), VIEW)
    assert rows[0][:-3] == tables.row_of(last)
    assert store._cache.rows("PRAGMA integrity_check") == [("ok",)]
    store.close()


def test_every_kind_has_its_statements():
    assert tables.CONFIRM.keys() == tables.SHOW.keys() == KINDS.keys() == SHAPES.keys()
    assert INDEXED.keys() == KINDS.keys()
