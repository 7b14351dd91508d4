"""The writing half of the store: jobs, each in one transaction; after each, shown is the fold."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from console.base.clock import Clock
from console.base.errors import Refused
from console.base.notice import Level, Notice
from console.domain.changes import Changes, Key
from console.domain.judge import Judge
from console.domain.record import KINDS
from console.domain.rows import SHAPES
from console.store import files, search, tables
from console.store.cache import Cache
from console.store.damage import Reserve
from console.store.files import Db
from console.store.mending import UNSHOWN, Mending
from console.store.outbox import Outbox
from console.store.overlay import QUEUED, RECALLED, SENT, Overlay, Waiting
from console.store.reading import Rows
from console.store.tables import Bad, Confirmed
from console.wire import APPLIED

_pack_twin = msgspec.json.Encoder(enc_hook=str).encode


class Writing(Mending):
    """Runs jobs; a job sees ``db``, ``overlay``, ``outbox`` and ``ground``."""

    db: Db
    ground: Confirmed

    def __init__(
        self, cache: Cache, judge: Judge, clock: Clock, told: Callable[[Notice], None]
    ) -> None:
        super().__init__(cache, clock, told)
        self._judge = judge
        self._done: list[str] = []
        self._due: set[Key] = set()
        self.overlay = Overlay(judge)

    def start(self, reserve: Reserve, outbox: Path, key: bytes, *, known: bool) -> None:
        """Open both files, mend what is spoilt, and work out what is shown."""
        self.open(reserve, outbox, key, known=known)
        self.run(lambda _: set[Key]())

    # Jobs

    def run(
        self, job: Callable[["Writing"], set[Key]], *, line: bool = False, unless: str = ""
    ) -> Changes:
        """Run a job in one transaction; on a full disk the reserve is given and it runs again.

        ``unless`` names an act that must not be left in the outbox if all fails.
        """
        with self._one:
            try:
                return self._changes(self._run(job), line, everything=False)
            except files.DatabaseError as error:
                everything = self._mend(error)
            try:
                return self._changes(self._run(job), line, everything=everything)
            except files.DatabaseError as error:
                self._mend(error)
                if not files.no_room(error):
                    raise
                taken = self._not_shown(unless)
                return Changes(frozenset(key for w in taken for key in w.records()), line=True)

    def heal(self) -> Changes:
        """Show what could not be shown while the disk was full, once it has room."""
        with self._one:
            if UNSHOWN not in self.troubles or not self._room():
                return Changes()
            return self.run(lambda _: set[Key](), line=True)

    def _changes(self, touched: set[Key], line: bool, *, everything: bool) -> Changes:
        return Changes(frozenset(touched), self._shown_again() or everything, line)

    def _run(self, job: Callable[["Writing"], set[Key]]) -> set[Key]:
        was_behind, self._due = self._behind, set()
        try:
            with self._cache.transaction() as db:
                self.db, self.ground = db, Confirmed(db)
                self._catch_up()
                touched = job(self)
        except Refused:
            self._behind = was_behind  # what was caught up with is rolled back
            raise
        except BaseException:
            self._behind = True
            raise
        self.listed = self.overlay.waiting()
        if self._done:
            self._finish_settled()
        if "disk" in self.troubles:
            self._breathe()
        return touched

    def fold(self, touched: set[Key]) -> set[Key]:
        """Work out what is shown of these records, and write it; give what may have changed."""
        before = self.overlay.shown
        found = self.overlay.refold(touched, self.ground)
        over = {key for key in found if key in before or self.overlay.touched(key)}
        self._show(over | self._due)
        return found

    def take(self, waiting: Waiting, *gone: Waiting) -> set[Key]:
        """Judge a new act; write it to the outbox, with those it stands for, and lay it over."""
        taken = replace(waiting, n=self.outbox.next_n())
        made = self.overlay.judged(taken, self.ground)
        self.outbox.save([*gone, taken])
        self._twin([taken])
        touched = self.overlay.lay(made)
        self._show(touched)
        return touched

    def restate(self, waiting: Sequence[Waiting]) -> set[Key]:
        """Note what became of acts; ``fold`` what this gives."""
        if not waiting:
            return set()
        self.outbox.save(waiting)
        self._twin(waiting)
        return self._dues(self.overlay.restate(waiting))

    def drop(self, acts: Iterable[str]) -> set[Key]:
        """Take acts out of what waits (the outbox is the caller's); ``fold`` what this gives."""
        found = [w for act in acts if (w := self.overlay.get(act)) is not None]
        self.db.executemany("DELETE FROM twin WHERE n = ?", [(w.n,) for w in found])
        return self._dues(self.overlay.drop(w.act.id for w in found))

    def settle(self, acts: Iterable[str]) -> set[Key]:
        """Note acts as applied; the outbox notes it once this transaction is on the disk."""
        mine = sorted({act for act in acts if self.overlay.get(act) is not None})
        if not mine:
            return set()
        self.db.execute("DELETE FROM settled")  # of those before the outbox knows
        self.db.executemany("INSERT INTO settled(act) VALUES (?)", [(act,) for act in mine])
        self._done = mine
        return self.drop(mine)

    def note(self, name: str, value: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO meta(name, value) VALUES (?, ?)", (name, value))

    def set_bad_aside(self, bad: Sequence[Bad]) -> None:
        if bad:
            tables.set_bad_aside(self.db, bad, self._clock.now())
            self.tell_bad(len(bad))

    def forget(self, scopes: Sequence[str]) -> set[Key]:
        """Erase the records of scopes; acts stay, and what they make stays shown."""
        gone: set[Key] = set()
        for kind in (k for k in KINDS if "district" in SHAPES[k].types):
            for scope in scopes:
                district, _, street = scope.partition(".")
                line = f"SELECT id FROM {kind} WHERE ? IN (district, '') AND ? IN (street, '')"  # noqa: S608
                gone |= {(kind, row[0]) for row in self.db.execute(line, (district, street))}
        tables.leave(self.db, gone)
        return self.fold(gone)

    # Beside jobs

    def mark_sent(self, acts: Sequence[str]) -> None:
        with self._one:
            self.small(lambda outbox: outbox.sent(acts))
            found = [w for act in acts if (w := self.overlay.get(act)) is not None]
            self.overlay.restate(
                replace(w, tries=w.tries + 1, state=SENT if w.state == QUEUED else w.state)
                for w in found
            )
            self.listed = self.overlay.waiting()

    def find(self, act: str) -> Waiting:
        for waiting in self.listed:
            if waiting.act.id == act:
                return waiting
        raise Refused("refused.unknown_act", id=act)

    def recall(self) -> None:
        """Say once more what was applied and may be gone: the centre takes nothing twice."""
        with self._one:
            self.run(lambda _: set[Key]())  # what is settled is noted before it is recalled
            was = self.small(Outbox.settled)
            again = [replace(w, state=RECALLED, act=replace(w.act, was=APPLIED)) for w in was]
            self.small(lambda outbox: outbox.save(again))
            if again:
                self.tell(Notice(Level.warned, "store.recalled", {"n": len(again)}, "recalled"))

    def swap(self, new: Path, key: bytes) -> None:
        """Put a filled file in the cache's place, with what waits laid over it."""
        with self._one:
            self.run(lambda _: set[Key]())
            self._behind = True
            source = files.engine(new, key, full=False, cache_mb=8)
            try:
                with files.transaction(source) as db:
                    self.db, self.ground = db, Confirmed(db)
                    self._lay_over()
            finally:
                source.dispose()
            self._cache.swap(new)
            self._behind = False
            self.listed = self.overlay.waiting()
            self.troubles.pop("cache", None)
            self._reserve.hold()

    def index(self) -> bool:
        """Index some texts that wait for it; tell whether more do."""
        left: list[bool] = []

        def job(w: Writing) -> set[Key]:
            left.append(search.index(w.db))
            return set()

        self.run(job)
        return left[-1]

    def scrub(self) -> None:
        """Leave nothing of what was erased in the text index or in the log file."""
        with self._one:
            with self._cache.transaction() as db:
                search.purge(db)
            self._cache.checkpoint()

    def mended(self, read: Callable[[], Rows]) -> Rows:
        """Read; if the cache turns out to be spoilt, read the empty one that takes its place."""
        age = self._age
        try:
            return read()
        except files.DatabaseError as error:
            if not files.damaged(error):
                raise
            with self._one:
                if age == self._age:
                    self._renew(error)
                    self.run(lambda _: set[Key]())
        return read()

    def _catch_up(self) -> None:
        if not self._behind:
            return
        settled = {act for (act,) in self.db.execute("SELECT act FROM settled")}
        if settled:
            self.outbox.settle(settled, self._clock.now())
            self.db.execute("DELETE FROM settled")
        self._done = []
        self._lay_over()
        self._behind = False

    def _lay_over(self) -> None:
        """Work out all that is shown from what is confirmed and from the outbox."""
        waiting = self.outbox.all()
        old = tables.overlaid(self.db)
        self.overlay = Overlay(self._judge)
        self._show(old)
        self.db.execute("DELETE FROM twin")
        self._twin(waiting)
        touched: set[Key] = set()
        for each in waiting:
            touched |= self.overlay.add(each, self.ground)
        self._show(touched)

    def _finish_settled(self) -> None:
        try:
            self.outbox.settle(self._done, self._clock.now())
            self._done = []
        except files.DatabaseError as error:
            self._mend(error)  # the next job notes it: their names are in the cache

    def _show(self, keys: Iterable[Key]) -> None:
        wanted = [key for key in keys if key[0] in KINDS]
        if wanted:
            standing = {key: self.overlay.standing(key) for key in wanted}
            tables.show(self.db, wanted, self.overlay.shown, standing)

    def _twin(self, waiting: Iterable[Waiting]) -> None:
        self.db.executemany(
            "INSERT OR REPLACE INTO twin(n, waiting) VALUES (?, ?)",
            [(w.n, _pack_twin(w)) for w in waiting],
        )

    def _dues(self, keys: set[Key]) -> set[Key]:
        """Note records whose standing changed: their rows are written, whatever is shown."""
        self._due |= keys
        return keys
