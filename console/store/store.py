"""The store of one seat: what is shown is what the centre confirmed, under the acts that wait.

Two encrypted files: the outbox, which is never dropped, and the cache, which can be filled again.
A crash between their commits heals at the next start, for what is shown is worked out anew.
Reads come from any thread; writes from one thread, each one transaction that gives its Changes.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from console.base.clock import Clock
from console.base.errors import Refused
from console.base.ids import new_id
from console.base.notice import Notice
from console.domain.access import Access
from console.domain.changes import Changes, Key
from console.domain.judge import Judge
from console.domain.record import KINDS, Act, Step
from console.store import damage, files, keys, tables
from console.store.cache import Cache
from console.store.damage import Reserve
from console.store.fill import Filling
from console.store.lock import FolderLock
from console.store.outbox import Outbox
from console.store.overlay import HELD, JUDGED, LET_GO, QUEUED, Waiting
from console.store.reading import Reading
from console.store.writing import Writing
from console.wire import APPLIED, Entry, Page, Put, Snapshot, Verdict

_EPOCH = "store.epoch"
RETRIED = "retried"
EDITED = "edited"
"""Reasons noted with an act that another took the place of."""


class Store(Reading):
    """The seat's cache and outbox, behind one door."""

    @classmethod
    def open(
        cls, folder: Path, *, key: bytes, judge: Judge, clock: Clock,
        told: Callable[[Notice], None] | None = None,
    ) -> "Store":  # fmt: skip
        """Open a folder, creating what is missing and mending what is spoilt (see ``trouble``)."""
        folder.mkdir(parents=True, exist_ok=True)
        lock = FolderLock(folder)
        try:
            return cls(folder, key, judge, clock, told or _unheard, lock)
        except BaseException:
            lock.let_go()
            raise

    def __init__(
        self, folder: Path, key: bytes, judge: Judge, clock: Clock,
        told: Callable[[Notice], None], lock: FolderLock,
    ) -> None:  # fmt: skip
        known = keys.check_key(folder, key)
        self._lock = lock
        self._clock = clock
        self._key = key
        cache = Cache(folder / "cache.db", key)
        self._w = Writing(cache, judge, clock, told)
        super().__init__(cache, judge.machines, self._w.mended)
        try:
            if not known:
                damage.refuse_other_key(folder / "outbox.db", key)
            self._w.start(Reserve(folder), folder / "outbox.db", key, known=known)
        except BaseException as error:
            self._w.close()
            if files.no_room(error):
                raise Refused("refused.disk_full") from error
            raise
        if not known:
            keys.note_key(folder, key)

    def close(self) -> None:
        self._w.close()
        self._lock.let_go()

    # What waits

    def outbox(self) -> list[Waiting]:
        """Give every act that is not settled, oldest first; those let go are not among them."""
        return list(self._w.listed)

    def let_gone(self) -> list[Waiting]:
        """Give the acts that a person let go, oldest first."""
        return self._w.small(Outbox.let_go)

    def trouble(self) -> tuple[Notice, ...]:
        """Give what went wrong with the files since the start, the last of each sort."""
        return tuple(self._w.troubles.values())

    def flaws(self) -> list[str]:
        """Read the whole cache and give what is wrong with it; slow."""
        return self._cache.flaws()

    def enqueue(self, act: Act, actor: Access) -> Changes:
        """Take an act if it applies to what is shown; Refused otherwise, and nothing changed."""
        waiting = Waiting(act=act, actor=actor, queued_at=self._clock.now())

        def job(w: Writing) -> set[Key]:
            if w.overlay.get(act.id) is not None:
                return waiting.records()  # taken before, by a try that failed later
            return w.take(waiting)

        return self._w.run(job, line=True, unless=act.id)

    def mark_sent(self, ids: Sequence[str]) -> None:
        """Note, before they are sent, that acts may have reached the centre."""
        self._w.mark_sent(ids)

    def take_back(self, act: str) -> Changes:
        """Take back an act that has certainly not reached the centre."""

        def job(w: Writing) -> set[Key]:
            waiting = _known(w, act)
            if waiting.state != QUEUED or waiting.tries:
                raise Refused("refused.sent")
            w.outbox.remove([act])
            return w.fold(w.drop([act]))

        return self._w.run(job, line=True)

    def let_go(self, act: str, reason: str) -> Changes:
        """Give an act up: it is kept apart, with the reason."""

        def job(w: Writing) -> set[Key]:
            gone = self._gone(_known(w, act), reason)
            w.outbox.save([gone])
            return w.fold(w.drop([act]))

        return self._w.run(job, line=True)

    def retry(self, act: str) -> Changes:
        """Send an act again: a held one as it is, a judged one anew, on what is shown now."""
        found = self._w.find(act)
        if found.state != HELD:
            steps = tuple(replace(step, base=self._seen(step)) for step in found.act.steps)
            return self._again(act, steps, RETRIED)

        def job(w: Writing) -> set[Key]:
            return w.fold(w.restate([replace(_known(w, act), state=QUEUED)]))

        return self._w.run(job, line=True)

    def edit(self, act: str, steps: tuple[Step, ...]) -> Changes:
        """Send an act that was refused again with other steps, as a new act; the old is let go."""
        return self._again(act, steps, EDITED)

    def index(self) -> bool:
        """Do a little of what the text index needs, on the writer; tell whether more waits."""
        return self._w.index()

    def heal(self) -> Changes:
        """Show, on the writer, what could not be shown while the disk was full, if it has room."""
        return self._w.heal()

    def tidy(self) -> None:
        """Do the disk's slow work now and then, on a thread that may wait: not the writer's."""
        self._w.tidy()

    # What the centre says

    def absorb(self, page: Page) -> Changes:
        """Take a page of the feed whole, with its cursor; acts that it names are settled."""
        taken, bad = tables.decoded(page.puts)
        leaves = [(leave.kind, leave.id) for leave in page.leaves]

        def job(w: Writing) -> set[Key]:
            changed = tables.confirm(w.db, taken)
            tables.leave(w.db, leaves)
            tables.record(w.db, page.entries)
            w.set_bad_aside(bad)
            w.note("cursor", page.next)
            w.note("pos", str(page.pos))
            told = {(e.kind, e.id) for e in page.entries if e.kind in KINDS}
            return w.fold(changed | set(leaves) | w.settle(page.acts)) | changed | told

        return self._w.run(job)

    def settle(self, verdicts: Sequence[Verdict]) -> Changes:
        """Take the centre's verdicts: what was applied is done; what was not stays, with why."""
        taken, bad = tables.decoded(put for v in verdicts for put in v.puts)
        now = self._clock.now()

        def job(w: Writing) -> set[Key]:
            changed = tables.confirm(w.db, taken)
            w.set_bad_aside(bad)
            judged = [
                replace(found, state=v.verdict, key=v.key, args=v.args, verdict_at=now)
                for v in verdicts
                if v.verdict != APPLIED and (found := w.overlay.get(v.id)) is not None
            ]
            done = w.settle([v.id for v in verdicts if v.verdict == APPLIED])
            return w.fold(changed | done | w.restate(judged)) | changed

        return self._w.run(job, line=True)

    def fill(
        self, head: Snapshot, puts: Iterable[Put], progress: Callable[[int, int], None]
    ) -> Changes:
        """Replace the cache by a snapshot. Builds beside it, on any one thread; then swaps.

        Reading and writing go on meanwhile; if the snapshot breaks off, nothing has changed. A new
        epoch may not know what the last one applied: those acts are said once more.
        """
        filling = Filling(self._cache.new(), self._key, progress)
        filling.build(head, puts, self._clock.now())
        before = (self.kept(_EPOCH) or b"").decode() or self.epoch()
        if before not in ("", head.epoch):
            self._w.recall()
        self._w.swap(self._cache.new(), self._key)
        if before != head.epoch:
            self.keep(_EPOCH, head.epoch.encode())
        self._w.tell_bad(len(filling.bad))
        return Changes(everything=True)

    def forget(self, scopes: Iterable[str]) -> Changes:
        """Erase every record of these scopes (a district, a street of it, "" all)."""
        wanted = tuple(scopes)
        changes = self._w.run(lambda w: w.forget(wanted))
        now = self._clock.now()
        self._w.small(lambda outbox: outbox.purge(now + 1))
        self._w.scrub()
        return changes

    def erase_told(self, scene: str) -> None:
        """Erase what this seat keeps of a scene's timelines, acts and drafts, if it is sealed."""
        order = self.get("scene", scene)
        if order is None or order.state != "sealed":
            return
        mine = "SELECT id FROM incident WHERE scene = ?"

        records: set[Key] = set()

        def job(w: Writing) -> set[Key]:
            found = w.db.execute("SELECT id FROM incident WHERE scene = ?", (scene,))
            records.update(("incident", each) for (each,) in found)
            for kind in ("report", "task", "plan"):
                line = f"id IN (SELECT id FROM {kind} WHERE incident IN ({mine}))"  # noqa: S608 - names of ours
                found = w.db.execute(f"SELECT id FROM {kind} WHERE {line}", (scene,))  # noqa: S608
                records.update((kind, each) for (each,) in found)
                w.db.execute(f"DELETE FROM history WHERE {line}", (scene,))  # noqa: S608
            w.db.execute(f"DELETE FROM history WHERE incident IN ({mine})", (scene,))  # noqa: S608
            return set()

        self._w.run(job)
        self._w.small(lambda outbox: outbox.forget(records, scene))
        self._w.scrub()

    def absorb_history(self, kind: str, id: str, entries: Sequence[Entry]) -> Changes:
        """Take a record's timeline as the centre has it."""

        def job(w: Writing) -> set[Key]:
            tables.record(w.db, entries)
            return {(kind, id)}

        return self._w.run(job)

    # The seat's own small things

    def keep(self, name: str, value: bytes) -> None:
        self._w.small(lambda outbox: outbox.keep(name, value))

    def kept(self, name: str) -> bytes | None:
        return self._w.small(lambda outbox: outbox.kept(name))

    def kept_names(self, prefix: str) -> list[str]:
        return self._w.small(lambda outbox: outbox.kept_names(prefix))

    def drop(self, name: str) -> None:
        self._w.small(lambda outbox: outbox.drop(name))

    def _again(self, act: str, steps: tuple[Step, ...], why: str) -> Changes:
        now = self._clock.now()
        new = new_id()

        def job(w: Writing) -> set[Key]:
            old = _known(w, act)
            if old.state not in JUDGED:
                raise Refused("refused.not_judged")
            again = replace(old.act, id=new, steps=steps, at=now, device_at=now, was="")
            next_one = Waiting(act=again, actor=old.actor, queued_at=now)
            taken = w.take(next_one, self._gone(old, why))
            return taken | w.fold(w.drop([act]))

        return self._w.run(job, line=True)

    def _gone(self, waiting: Waiting, reason: str) -> Waiting:
        if waiting.state not in (*JUDGED, HELD):
            raise Refused("refused.not_judged")
        return replace(waiting, state=LET_GO, reason=reason, verdict_at=self._clock.now())

    def _seen(self, step: Step) -> int:
        shown = self.get(step.kind, step.record)
        return shown.version if shown is not None else 0


def _known(w: Writing, act: str) -> Waiting:
    found = w.overlay.get(act)
    if found is None:
        raise Refused("refused.unknown_act", id=act)
    return found


def _unheard(notice: Notice) -> None:
    del notice
