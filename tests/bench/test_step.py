"""A step beside the bare database, and beside a feed of a thousand changes a second."""

import itertools
import os
import random
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from console.base.clock import ManualClock
from console.base.work import Threads
from console.domain.record import Incident, Note
from console.gateways import answers
from console.store import files
from console.store.store import Store
from console.sync.engine import Engine
from console.wire import LIVE, Page, pack, put_of
from tests.bench.city import bare, quantile, say, timed_once
from tests.console.store.seat import AT, WANG, accept, note

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

ROUNDS, STEPS, SECONDS = 8, 200, 120
STEP_BYTES = 12_000
"""What a step writes to the outbox's log: three pages."""


class Recorder:
    """Writes down what a store writes, to do the same again without it."""

    def __init__(self, db, log) -> None:
        self._db, self._log = db, log

    def execute(self, sql, given=()):
        if not sql.startswith("SELECT"):
            self._log.append((False, sql, given))
        return self._db.execute(sql, given)

    def executemany(self, sql, given):
        self._log.append((True, sql, list(given)))
        return self._db.executemany(sql, given)


def written(store: Store, acts, monkeypatch) -> list[list[tuple[str, list]]]:
    """Give, for each act, the writes to each file in their order."""
    logs = []
    honest = files.borrowed

    @contextmanager
    def recording(engine):
        which = "outbox" if engine is store._w.outbox._engine else "cache"
        with honest(engine) as db:
            log = []
            logs[-1].append((which, log))
            yield Recorder(db, log)

    monkeypatch.setattr(files, "borrowed", recording)
    for act in acts:
        logs.append([])
        store.enqueue(act, WANG)
    monkeypatch.undo()
    return logs


def test_a_step_costs_at_most_three_bare_transactions(copied, records, monkeypatch):
    open_ones = [r for r in records if r.state == "reported"][:900]
    acts = [accept(r.id) if n % 3 else note(r.id, "已到现场") for n, r in enumerate(open_ones)]
    logs = written(copied(), acts, monkeypatch)
    folder, mine = copied(start=False), copied()
    limits, ours = [], []
    with bare(folder / "cache.db") as cache, bare(folder / "outbox.db", full=True) as outbox:
        for act, log in zip(acts, logs, strict=True):

            def limit(log=log) -> None:
                for which, writes in log:
                    db = cache if which == "cache" else outbox
                    for many, sql, given in writes:
                        (db.executemany if many else db.execute)(sql, given)

            limits.append(timed_once(limit))
            ours.append(timed_once(lambda act=act: mine.enqueue(act, WANG)))
    ratio = statistics.median(ours) / statistics.median(limits)
    say(
        f"step: {statistics.median(ours) * 1e3:.2f} ms, bare {statistics.median(limits) * 1e3:.2f}"
        f" ms: {ratio:.2f} (at most 3); p99 {quantile(ours, 99) * 1e3:.2f} ms"
    )
    assert ratio <= 3


class Feed:
    """Brings a thousand changes a second into the cache, as the engine takes them from a stream."""

    def __init__(self, store: Store, work: Threads, records: list[Incident]) -> None:
        chance = random.Random(4)
        packed = []
        for n in range(2, SECONDS * 1000 // LIVE):
            chosen = [
                replace(r, version=n, urged=n)
                if place % 10
                else replace(r, version=n, notes=(*r.notes, Note(AT, "li", f"已派单{n}")))
                for place, r in enumerate(chance.sample(records, LIVE))
            ]
            packed.append(pack(Page(next=f"c{n}", head=n, puts=[put_of(r) for r in chosen])))
        self._packed = packed
        self._engine = Engine(store, Nobody(), ManualClock(AT), work)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.absorbed = 0

    def _run(self) -> None:
        due = time.perf_counter()
        for data in self._packed:
            self._engine.take(answers.page_of(data))
            self.absorbed += LIVE
            due += LIVE / 1000
            if self._ending.wait(max(0.0, due - time.perf_counter())):
                return

    def __enter__(self) -> "Feed":
        self._began = time.perf_counter()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.rate = self.absorbed / (time.perf_counter() - self._began)
        self._ending.set()
        self._thread.join()


class Nobody:
    """A centre that is not asked anything."""


class Steps:
    """Takes steps, and beside each writes and syncs as many bytes to a file of the same disk."""

    def __init__(self, store: Store, work: Threads, names: Iterator[str], folder: Path) -> None:
        self._store, self._work, self._names = store, work, names
        self._bare = os.open(folder / "bare", os.O_RDWR | os.O_CREAT)
        self.p99: list[float] = []
        self.p50: list[float] = []
        self.bare: list[float] = []
        self.longest = 0.0

    def round(self) -> None:
        """Take one round of steps, one every 20 ms."""
        took, synced = [], []
        for name in itertools.islice(self._names, STEPS):
            step = partial(self._store.enqueue, accept(name), WANG)
            took.append(timed_once(lambda step=step: self._work.step(step).result()) * 1e3)
            time.sleep(0.01)
            synced.append(timed_once(self._sync) * 1e3)
            time.sleep(0.01)
        self.p50.append(quantile(took, 50))
        self.p99.append(quantile(took, 99))
        self.bare.append(quantile(synced, 99))
        self.longest = max(self.longest, *took)

    def _sync(self) -> None:
        os.pwrite(self._bare, bytes(STEP_BYTES), 0)
        os.fsync(self._bare)

    def close(self) -> None:
        os.close(self._bare)

    def __str__(self) -> str:
        rounds = ", ".join(f"{p99:.1f} ({bare:.1f})" for p99, bare in
                           zip(self.p99, self.bare, strict=True))  # fmt: skip
        share = statistics.median(self.p99) / statistics.median(self.bare)
        return (
            f"p50 {statistics.median(self.p50):.1f} ms, p99 {statistics.median(self.p99):.1f} ms,"
            f" {share:.1f} times a bare sync; all rounds (bare sync): {rounds};"
            f" longest {self.longest:.1f} ms"
        )


def test_a_step_is_quick_while_the_feed_brings_a_thousand_changes_a_second(
    copied, records, tmp_path
):
    store, work = copied(), Threads()
    open_ones = iter([r.id for r in records[:50_000] if r.state == "reported"])
    alone, beside = (Steps(store, work, open_ones, tmp_path) for _ in range(2))
    feed = Feed(store, work, records[50_000:])
    for _ in range(3):
        alone.round()
    with feed:
        for _ in range(ROUNDS):
            beside.round()
    work.close()
    alone.close()
    beside.close()
    say(f"step without a feed: {alone}")
    say(f"step beside {feed.rate:,.0f} changes/s: {beside} (median of the rounds at most 16 ms)")
    assert feed.rate >= 900
    assert statistics.median(beside.p99) <= 16
