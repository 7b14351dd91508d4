"""Reading asks one file, in one statement, and gives records and entries as they were written."""

from console.wire import Entry
from tests.console.store.seat import AT, WANG, accept, incident, opened, page, task


def test_open_tasks_are_the_shown_ones_of_a_unit(tmp_path):
    store = opened(tmp_path)
    store.absorb(page(
        task(1, "I1", unit="U1"), task(2, "I1", unit="U1", state="done"), task(3, "I1", unit="U2"),
    ))  # fmt: skip
    assert [t.id for t in store.open_tasks_of("U1")] == ["T1"]
    store.close()


def test_an_entry_comes_back_whole(tmp_path):
    store = opened(tmp_path)
    entry = Entry(kind="incident", id="I1", n=1, verb="accept", by="li", at=AT, args={"note": "好"})
    store.absorb(page(incident(1), entries=[entry]))
    assert store.history("incident", "I1") == [entry]
    store.close()


def test_what_waits_is_not_confirmed(tmp_path):
    store = opened(tmp_path)
    store.absorb(page(incident(1)))
    store.enqueue(accept("I1"), WANG)
    assert store.confirmed("incident", "I1") == incident(1)
    assert store.get("incident", "I1") != incident(1)
    store.close()
