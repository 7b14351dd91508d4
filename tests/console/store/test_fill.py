"""A fill gives the cache that absorbing would have given, in batches, and says how far it is."""

from console.domain.query import parse_query
from console.domain.record import KINDS
from console.store import fill
from console.wire import put_of
from tests.console.store.seat import (
    VIEW,
    incident,
    opened,
    page,
    report,
    silent,
    snapshot,
    task,
    unit,
)


def everything(store):
    return {
        kind: sorted(store.find(parse_query(kind, ""), VIEW)) for kind in KINDS
    } | {
        word: sorted(row[0] for row in store.find(parse_query("incident", word), VIEW))
        for word in ("井盖", "积水3", "1380000", "路")
    }  # fmt: skip


def test_filled_and_absorbed_caches_are_alike(tmp_path, monkeypatch):
    monkeypatch.setattr(fill, "BATCH", 7)
    monkeypatch.setattr(fill, "TEXTS", 3)
    records = [
        *(report(n, f"I{n % 9}") for n in range(12)), *(incident(n) for n in range(20)),
        *(task(n, f"I{n}") for n in range(5)), unit(1), incident(3, version=4, title="新题"),
        incident(3, version=2, title="旧题"),
    ]  # fmt: skip
    one, other = opened(tmp_path / "one"), opened(tmp_path / "other")
    steps = []
    one.fill(*snapshot(records), lambda *at: steps.append(at))
    for record in records:
        other.absorb(page(record))
    assert everything(one) == everything(other)
    assert steps[-1] == (len(records), len(records))
    assert len(steps) == 6
    one.absorb(page(incident(3, version=9, title="树倒"), cursor="c2"))
    assert [row[0] for row in one.find(parse_query("incident", "树倒"), VIEW)] == ["I3"]
    one.close()
    other.close()


def test_an_empty_snapshot_empties_the_cache(tmp_path):
    store = opened(tmp_path)
    store.absorb(page(incident(1)))
    head, _ = snapshot([])
    store.fill(head, iter(()), silent)
    assert store.filled()
    assert store.get("incident", "I1") is None
    store.close()


def test_more_rows_than_were_announced_still_end_at_all_of_them(tmp_path):
    store = opened(tmp_path)
    head, puts = snapshot([incident(1)])
    seen = []
    store.fill(head, [*puts, put_of(incident(2))], lambda *at: seen.append(at))
    assert seen == [(2, 2)]
    store.close()
