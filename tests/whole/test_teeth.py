"""The stateful test of the sync bites: each rule of the protocol, left out, is found missing."""

import itertools
from functools import partial

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from console.base.errors import Gone, Unreachable
from console.central.centre import Centre
from console.central.cursor import Cursors
from console.store.store import Store
from console.sync.engine import Engine
from console.wire import APPLIED, Acts, Page, Verdict, pack
from tests.whole.simulation import World
from tests.whole.test_sync_machine import Sync

EXAMPLES = 300


class NoIdempotency(World):
    """The centre does not know an act that it has judged before."""

    def judged(self, body: bytes, by: str, epoch: str) -> bytes:
        acts = msgspec.json.decode(body, type=Acts).acts
        self.arrivals = getattr(self, "arrivals", itertools.count())
        n = next(self.arrivals)
        again = [msgspec.structs.replace(act, id=f"{act.id}-{n}") for act in acts]
        told = msgspec.json.decode(super().judged(pack(Acts(acts=again)), by, epoch))
        for verdict, act in zip(told["verdicts"], acts, strict=True):
            verdict["id"] = act.id
        return pack(told)

    def applied(self):
        with self.centre.ledger.reading() as line:
            found = line.exec_driver_sql("SELECT DISTINCT act, pos FROM log ORDER BY pos").all()
        ids = [row[0][:36] for row in found]
        return {act: ids.count(act) for act in dict.fromkeys(ids) if act in self.taken}


class CursorFirst(Store):
    """The cursor is written before the rows, and the program dies in between now and then."""

    pages = 0

    def absorb(self, page):
        self.pages += 1
        if self.pages % 3 == 0:
            return super().absorb(Page(next=page.next, head=page.head))
        return super().absorb(page)


class NoGuard(Store):
    """A record is taken whether it is newer or not."""

    def absorb(self, page):
        def forget(w):
            for put in page.puts:
                w.db.execute(f"UPDATE {put.kind} SET held = 0 WHERE id = ?", (put.id,))  # noqa: S608
            return set()

        self._w.run(forget)
        return super().absorb(page)


class RefusalsDropped(Store):
    """What the centre refused is thrown away like what it took."""

    def settle(self, verdicts):
        return super().settle([msgspec.structs.replace(v, verdict=APPLIED) for v in verdicts])


class MergedOnEpoch(Store):
    """Another incarnation of the centre is taken for the old one: newer versions stay."""

    def fill(self, head, puts, progress):
        if not self.filled():
            return super().fill(head, puts, progress)
        changes = super().absorb(Page(next=head.next, head=0, puts=list(puts)))
        self._w.run(lambda w: w.note("epoch", head.epoch) or set())
        return changes


class SentIsDone(Engine):
    """An act is done with once it was sent, whatever came back."""

    def push(self):
        waiting = self._store.outbox()
        try:
            return super().push()
        except Unreachable:
            self._store.settle([Verdict(id=w.act.id, verdict=APPLIED) for w in waiting])
            raise


class NewestFirst(Engine):
    """The outbox is emptied from the wrong end."""

    def _claim(self):
        batch = super()._claim()
        return batch[::-1]


class OneLaneForAll(Engine):
    """Acts are judged by the centre only once: none is ever sent again."""

    def _claim(self):
        return [act for act in super()._claim() if self._tries(act) <= 1]

    def _tries(self, act):
        return next(w.tries for w in self._store.outbox() if w.act.id == act.id)


class NoOverlay(Store):
    """What waits is not laid over what the centre says later."""

    def absorb(self, page):
        changes = super().absorb(page)
        with self._cache.transaction() as db:
            db.execute("UPDATE incident SET overlay = NULL")
        return changes


class AnyonesCursor(Centre):
    """A cursor is good for whoever brings it: nobody notices that a scope has changed."""

    def __init__(self, *args, **rest):
        super().__init__(*args, **rest)
        self._cursors = _Loose(self.ledger.epoch, self.ledger.secret)


class _Loose(Cursors):
    def seal(self, pos, mark):
        return super().seal(pos, b"\0" * 8)

    def open(self, cursor, mark):
        return super().open(cursor, b"\0" * 8)


class ForgotOnGone(Engine):
    """When the feed is gone, the old cursor's place is kept and nothing is filled anew."""

    def _unfilled(self):
        return not self._store.filled()

    def pull(self, wait_s=0.0, limit=200):
        try:
            return self.take(self._central.changes(self._store.cursor(), wait_s, limit))
        except Gone:
            if not self._store.filled():
                return self.fill()
            raise Unreachable("sync.why.strange") from None


def world(**parts):
    return partial(World, **parts)


FAULTS = {
    "no idempotency": NoIdempotency,
    "cursor before rows": world(store=CursorFirst),
    "no version guard": world(store=NoGuard),
    "refusals dropped": world(store=RefusalsDropped),
    "merged over an epoch": world(store=MergedOnEpoch),
    "sent is done": world(engine=SentIsDone),
    "newest first": world(engine=NewestFirst),
    "never sent again": world(engine=OneLaneForAll),
    "no overlay after the feed": world(store=NoOverlay),
    "anyone's cursor": world(centre=AnyonesCursor),
    "no fill when the feed is gone": world(engine=ForgotOnGone),
}


def examples_until_caught(made) -> int:
    """Give how many examples it took to find the fault; 0 when it was not found."""
    count = itertools.count(1)
    begun = [0]

    class Planted(Sync):
        world_of = made

        def __init__(self):
            super().__init__()
            begun[0] = next(count)

    run = settings(
        max_examples=EXAMPLES, stateful_step_count=30, deadline=None, derandomize=True,
        database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    try:
        run_state_machine_as_test(Planted, settings=run)
    except (AssertionError, Exception):  # noqa: BLE001 - however it shows
        return begun[0]
    return 0


@pytest.mark.timeout(900)
@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_planted_fault_is_found(fault):
    assert 0 < examples_until_caught(FAULTS[fault]) <= EXAMPLES
