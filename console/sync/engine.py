"""Keeps the cache and the centre in step: pulls the feed, pushes the outbox, fills anew.

No threads, no sockets, no clock of its own: the store, the centre, the clock and where writes run
are passed in, so that the same code runs in the simulator.
"""

import contextlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import msgspec

from console.base.clock import Clock
from console.base.errors import Conflict, Faulty, Gone, Refused, SignedOut, Unreachable
from console.base.notice import Level, Notice
from console.base.work import Work
from console.domain.changes import Changes
from console.domain.record import Act
from console.store.store import Store
from console.sync import checkup, lanes
from console.wire import (
    CONFLICT,
    HELD,
    REFUSED,
    Digest,
    Entry,
    Page,
    Put,
    Snapshot,
    Verdict,
    Verdicts,
)

T = TypeVar("T")
_log = logging.getLogger(__name__)

CATCH_UP = 200
"""The most steps of a page that is asked for: more than of a stream, for each is a request."""
TRIES = 5
"""An act that made the centre fail so often, while others went through, is held."""
SCOPE_CHANGED = "scope_changed"
_AS_OF, _AS_OF_MS = "sync.as_of", 10_000
_STRANGE = "sync.why.strange"


class Central(Protocol):
    """The centre, as far as the engine needs it (console.gateways.central)."""

    def knows(self, user: str) -> bool: ...
    def digest(self) -> Digest: ...
    def changes(self, cursor: str, wait_s: float, limit: int) -> Page: ...
    def stream(self, cursor: str) -> Iterator[Page]: ...
    def snapshot(self) -> tuple[Snapshot, Iterator[Put]]: ...
    def acts(self, acts: Sequence[Act], epoch: str) -> Verdicts: ...
    def history(self, kind: str, id: str) -> list[Entry]: ...
    def hang_up(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Told:
    """What a pull or a push brought; ``more``: there is more to do at once.

    ``readings``: where the centre's readings end, if it said so.
    """

    changes: Changes = field(default_factory=Changes)
    more: bool = False
    readings: int = 0
    notices: tuple[Notice, ...] = ()


@dataclass(slots=True)
class _Suspect:
    faults: int
    sent_before: int


class Engine:
    """One seat's side of the protocol."""

    def __init__(self, store: Store, central: Central, clock: Clock, work: Work) -> None:
        self._store = store
        self._central = central
        self._clock = clock
        self._work = work
        self._stale = False
        self._mistrusted = False
        self._barred: set[str] = set()
        self._suspects: dict[str, _Suspect] = {}
        self._sent = 0
        self._kept_as_of = self.as_of = _number(store.kept(_AS_OF))
        self.filling: tuple[int, int] = (0, 0)

    # ---- from the centre

    def pull(self, wait_s: float = 0.0, limit: int = CATCH_UP) -> Told:
        """Read one page of the feed into the cache; fill it when there is nothing to go on from."""
        if self._unfilled():
            return self.fill()
        try:
            return self.take(self._central.changes(self._store.cursor(), wait_s, limit))
        except Gone as gone:
            forgot = self._gone(gone)
            filled = self.fill()
            return Told(forgot | filled.changes, filled.more)

    def stream(self) -> Iterator[Told]:
        """Follow the feed page by page until it ends."""
        try:
            pages = _Closing(self._central.stream(self._store.cursor()))
            with contextlib.closing(pages):
                for page in pages:
                    yield self.take(page)
        except Gone as gone:
            yield Told(self._gone(gone), more=True)

    def take(self, page: Page) -> Told:
        """Absorb a page, whole, with its cursor."""
        if _bookmark(page) and page.next == self._store.cursor():
            self._note_as_of(page.time or self._clock.now())
            return Told(self.tidy(), readings=page.readings)
        try:
            changes = self._write(lambda: self._store.absorb(page))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            _log.exception("a page of the feed holds what is no record")
            raise Unreachable(_STRANGE) from error
        if not page.more:
            self._note_as_of(page.time or self._clock.now())
        return Told(changes | self.tidy(), page.more, page.readings)

    def fill(self) -> Told:
        """Read everything that this seat may see; the outbox stays as it is."""
        head, puts = self._central.snapshot()
        self.filling = (0, head.rows)
        try:
            with contextlib.closing(_Closing(puts)) as found:
                # Beside the cache in use, on this thread: the writer is not held up.
                changes = self._store.fill(head, found, self._progress)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Unreachable(_STRANGE) from error
        finally:
            self.filling = (0, 0)
        self._stale = False
        return Told(changes, more=True)

    def history(self, kind: str, id: str) -> Changes:
        """Read a record's whole timeline."""
        entries = self._central.history(kind, id)
        return self._write(lambda: self._store.absorb_history(kind, id, entries))

    def check(self, wait: Callable[[float], object]) -> Told:
        """Compare the cache with the centre; one that differs is filled anew, and that is said.

        ``wait`` lets others work for so many seconds. ``more``: look again soon, for nothing could
        be said for sure, or what was found has to be seen mended.
        """
        if self._unfilled():
            return Told(more=True)
        found = checkup.look(self._store, self._central, wait)
        if not found.rows and not found.kinds:
            self._mistrusted = self._mistrusted and not found.sure
            return Told(more=not found.sure)
        _log.warning("the cache differs: %d rows, kinds %s", found.rows, found.kinds)
        if self._mistrusted:  # filling did not help: somebody has to look
            return Told(notices=(Notice(Level.alarmed, "sync.differs_still", topic="cache"),))
        self._mistrusted = self._stale = True
        said = Notice(Level.warned, "sync.differs", topic="cache")
        return Told(more=True, notices=(said,))

    @property
    def stale(self) -> bool:
        """Tell whether the cache has to be filled anew."""
        return self._stale

    # ---- to the centre

    def push(self) -> Told:
        """Send one request of acts that wait, and settle what the centre said of them."""
        batch = self._write(self._claim)
        if not batch:
            return Told()
        try:
            told = self._central.acts(batch, self._store.epoch())
        except Gone as gone:
            return Told(self._gone(gone))
        except SignedOut:
            # Whoever took them has to sign in again; the acts of others go on.
            self._barred.add(batch[0].by)
            return Told(Changes(line=True), more=True)
        except Faulty as fault:
            return self._faulty(batch, fault)
        except Refused as refused:
            return self._not_understood(batch, refused)
        for act in batch:
            self._suspects.pop(act.id, None)
        self._sent += 1
        changes = self._write(lambda: self._store.settle(told.verdicts))
        return Told(changes, more=True, notices=_notices(told.verdicts))

    def welcome(self) -> None:
        """Somebody has signed in: their acts may go now."""
        self._barred.clear()

    def hang_up(self) -> None:
        """Break off what waits for the centre now."""
        self._central.hang_up()

    def absent(self) -> set[str]:
        """Give the people whose acts wait until they sign in again."""
        waiting = self._store.outbox()
        live = (lanes.QUEUED, lanes.SENT, lanes.RECALLED)
        return {w.act.by for w in waiting if w.state in live and not self._may_send(w.act.by)}

    def _claim(self) -> list[Act]:
        if self._unfilled():
            return []
        faults = {act: suspect.faults for act, suspect in self._suspects.items()}
        batch = lanes.pick(self._store.outbox(), self._may_send, faults)
        if batch:
            self._store.mark_sent([act.id for act in batch])
        return batch

    def _may_send(self, user: str) -> bool:
        return user not in self._barred and self._central.knows(user)

    def _faulty(self, batch: Sequence[Act], fault: Faulty) -> Told:
        if len(batch) > 1:
            self._suspect(batch)
            raise fault
        found = self._suspects.setdefault(batch[0].id, _Suspect(0, self._sent))
        found.faults += 1
        if found.faults < TRIES or found.sent_before == self._sent:
            raise fault
        return self._set_aside(batch[0], Verdict(id=batch[0].id, verdict=HELD, key="sync.held"))

    def _not_understood(self, batch: Sequence[Act], refused: Refused) -> Told:
        if len(batch) > 1:
            self._suspect(batch)
            return Told(more=True)
        _log.warning("the centre did not take act %s: %s", batch[0].id, refused)
        word = CONFLICT if isinstance(refused, Conflict) else REFUSED
        verdict = Verdict(id=batch[0].id, verdict=word, key=refused.key, args=refused.args_by_name)
        return self._set_aside(batch[0], verdict)

    def _suspect(self, batch: Sequence[Act]) -> None:
        for act in batch:
            self._suspects.setdefault(act.id, _Suspect(0, self._sent))

    def _set_aside(self, act: Act, verdict: Verdict) -> Told:
        self._suspects.pop(act.id, None)
        changes = self._write(lambda: self._store.settle([verdict]))
        return Told(changes, more=True, notices=_notices([verdict]))

    # ---- small things

    def tidy(self) -> Changes:
        """Index texts that wait for it, a few at a time, and bring what was written into place.

        On the threads that wait for the centre: a person's step goes before, and pays for nothing.
        """
        shown = self._write(self._store.heal)
        while self._write(self._store.index):
            continue
        self._store.tidy()
        return shown

    def _gone(self, gone: Gone) -> Changes:
        """Note that the cache must be filled anew; what may no longer be seen goes at once."""
        _log.info("the feed is gone: %s", gone.why)
        self._stale = True
        if gone.why != SCOPE_CHANGED:
            return Changes()
        return self._write(lambda: self._store.forget(("",)))

    def _unfilled(self) -> bool:
        return self._stale or not self._store.filled() or not self._store.cursor()

    def _progress(self, done: int, total: int) -> None:
        self.filling = (done, total)

    def _note_as_of(self, at: int) -> None:
        self.as_of = at
        if abs(at - self._kept_as_of) > _AS_OF_MS:
            self._kept_as_of = at
            self._write(lambda: self._store.keep(_AS_OF, str(at).encode()))

    def _write(self, job: Callable[[], T]) -> T:
        return self._work.write(job).result()


def _notices(verdicts: Sequence[Verdict]) -> tuple[Notice, ...]:
    said: list[Notice] = []
    for each in verdicts:
        if each.verdict in (REFUSED, CONFLICT):
            said.append(Notice(Level.warned, each.key, dict(each.args), topic=f"act.{each.id}"))
        elif each.verdict == HELD:
            said.append(Notice(Level.alarmed, each.key or "sync.held", topic=f"act.{each.id}"))
    return tuple(said)


def _bookmark(page: Page) -> bool:
    return not (page.more or page.puts or page.leaves or page.entries or page.acts)


class _Closing(Iterator[T]):
    """An iterator that can be closed, whatever it was made of."""

    def __init__(self, found: Iterator[T]) -> None:
        self._found = found

    def __next__(self) -> T:
        return next(self._found)

    def close(self) -> None:
        close = getattr(self._found, "close", None)
        if close is not None:
            close()


def _number(said: bytes | None) -> int:
    return int(said) if said and said.isdigit() else 0
