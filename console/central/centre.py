"""The centre: judges acts one after the other, keeps their log, and gives each what they may see.

No HTTP here; the web, the simulator, drills and imports all go in by this door.
"""

import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, update

from console.base.clock import Clock
from console.base.errors import Gone, Refused
from console.base.text import text
from console.central import feed, tables
from console.central.cursor import EXPIRED, Cursors
from console.central.ledger import Ledger
from console.central.linking import Links
from console.central.ruling import judged, rule, whole
from console.central.sensing.keeper import Keeper
from console.central.sight import Sight
from console.central.sitting import Sitting
from console.central.watch import due_acts, watch_at
from console.central.whereabouts import Whereabouts
from console.domain.access import Access, system
from console.domain.city import City, extended
from console.domain.judge import Judge
from console.domain.reading import Reading, Unread
from console.domain.record import Act, Record, Term
from console.scenes.read import with_terms
from console.scenes.scene import EventType, Scene, indicators_of, types_of
from console.wire import (
    APPLIED,
    PAGE,
    Digest,
    Hello,
    History,
    Page,
    Put,
    Snapshot,
    Taken,
    Verdict,
    Verdicts,
    record_of,
)

NODE = "C"
FAR = 200_000
"""A seat so many acts behind reads a snapshot: it is cheaper."""
READING_DAYS = 30
"""So many days of what was measured are kept, unless it is set otherwise."""
LOADED = 1_000
"""How many acts of a load share a transaction."""


@dataclass(frozen=True, slots=True)
class Place:
    """The city that a centre works for: where things are, and what sorts of things happen."""

    city: City
    scenes: dict[str, Scene]
    types: dict[str, EventType] = field(default_factory=dict[str, EventType])

    @classmethod
    def of(cls, city: City, scenes: dict[str, Scene], terms: Iterable[Term]) -> "Place":
        held = list(terms)
        grown = with_terms(scenes, held)
        return cls(extended(city, held), grown, types_of(grown))


class Centre:
    """One centre on one ledger. Every method may be called from any thread."""

    def __init__(
        self, ledger: Ledger, judge: Judge, city: City, scenes: dict[str, Scene], clock: Clock,
        *, demo: bool = False, reading_days: int = READING_DAYS, links: Links | None = None,
    ) -> None:  # fmt: skip
        self.ledger = ledger
        self.judge = judge
        self.models: Path | None = None
        self.whereabouts: Whereabouts | None = None
        self.clock = clock
        self.demo = demo
        self.links = links
        self._city = city
        self._scenes = scenes
        self._cursors = Cursors(ledger.epoch, ledger.secret)
        self._told: list[Callable[[int], None]] = []
        self._place: Place | None = None
        self._news = threading.Condition()
        self.readings = Keeper(ledger, indicators_of(scenes), clock, reading_days)
        with ledger.reading() as line:
            self._head = feed.head(line)

    # ---- acts

    def judge_acts(self, acts: Sequence[Act], actor: Access) -> Verdicts:
        """Judge acts of one person, each all or none; what was judged before is only said again."""
        return self.judge_all([(acts, actor)])[0]

    def judge_all(self, posts: Sequence[tuple[Sequence[Act], Access]]) -> list[Verdicts]:
        """Judge what several people sent, in one transaction: one write to disk for all."""
        with self._sitting() as sitting:
            now = self.clock.now()
            sitting.warm(act for acts, _ in posts for act in acts if whole(act))
            found = [
                [rule(sitting, self.judge, a, actor, now) for a in acts] for acts, actor in posts
            ]
        return [Verdicts(verdicts=v, head=self._head, time=now) for v in found]

    def load(
        self, acts: Iterable[Act], actor: Access | Callable[[Act], Access],
        done: Callable[[int], None] | None = None,
    ) -> list[Verdict]:  # fmt: skip
        """Judge many acts of one's own (drills, imports), a thousand a transaction.

        They take effect when they say (``at``), even if that is long ago. What was judged before
        is passed over with the verdict it had. ``done`` hears how many are down on disk.
        """
        found: list[Verdict] = []
        for some in _batches(acts, LOADED):
            with self._sitting() as sitting:
                sitting.warm(some)
                for act in some:
                    who = actor if isinstance(actor, Access) else actor(act)
                    found.append(self._loaded(sitting, act, who))
            if done:
                done(len(found))
        return found

    def tend(self) -> int:
        """Do what time has made due; give how many acts that took."""
        with self._sitting() as sitting:
            now = self.clock.now()
            due = list(due_acts(sitting, self.judge, now, text, self.links))
            for record, act in due:
                verdict = judged(sitting, self.judge, act, system(), now) if act else None
                if verdict is None or verdict.verdict != APPLIED:
                    self._look_later(sitting.line, record)
        return len(due)

    # ---- readings

    def take_readings(self, readings: Sequence[Reading | Unread], actor: Access) -> Taken:
        """Take readings of one account; those that could not be read stand there too, with why.

        They are judged at once, and written with the next ``beat``.
        """
        return self.readings.take(readings, actor)

    def beat(self) -> None:
        """Write the readings that have come, and wake those who follow them."""
        if self.readings.beat():
            self._wake(self._head)

    # ---- reading

    def page(self, cursor: str, access: Access, limit: int = PAGE) -> Page:
        """Give what came after a cursor; Gone when only a snapshot helps."""
        sight = Sight.of(access)
        return self.page_at(self.position(cursor, sight), sight, limit)[0]

    def position(self, cursor: str, sight: Sight) -> int:
        """Open a cursor."""
        since = self._cursors.open(cursor, sight.mark)
        if since > self._head:
            self.look()
        # After the end: the ledger was put back to an older state and kept its epoch.
        if since > self._head or since < self._head - FAR:
            raise Gone(EXPIRED)
        return since

    def page_at(self, since: int, sight: Sight, limit: int = PAGE) -> tuple[Page, int]:
        """Give the page after a position, and the position after that page."""
        with self.ledger.reading() as line:
            found = feed.slice_after(line, since, sight, min(max(limit, 1), PAGE))
        page = Page(
            next=self._cursors.seal(found.upto, sight.mark), head=self._head, more=found.more,
            puts=found.puts, leaves=found.leaves, entries=found.entries, acts=found.acts,
            time=self.clock.now(), pos=found.upto,
        )  # fmt: skip
        return page, found.upto

    def bookmark(self, since: int, sight: Sight) -> Page:
        """Give an empty page: where a reader stands."""
        return Page(
            next=self._cursors.seal(since, sight.mark), head=self._head, time=self.clock.now(),
            pos=since, readings=self.readings.head,
        )  # fmt: skip

    def snapshot(self, access: Access) -> tuple[Snapshot, Generator[Put]]:
        """Give all that a person may see, of one moment; close what is not used up."""
        puts = self._snapshot(Sight.of(access))
        first = next(puts)
        assert isinstance(first, Snapshot)  # noqa: S101 - it is what comes first
        return first, puts  # pyright: ignore[reportReturnType]

    def hello(self) -> Hello:
        return Hello(
            node=NODE, epoch=self.epoch, head=self._head, time=self.clock.now(), holder=NODE,
            city=self._city.code, city_name=self._city.name, demo=self.demo,
        )  # fmt: skip

    def history(self, kind: str, id: str, access: Access) -> History:
        """Give the timeline of a record; Refused when this person may not see it."""
        with self.ledger.reading() as line:
            found = feed.history_of(line, kind, id, Sight.of(access))
        if found is None:
            raise Refused("refused.unknown", kind=kind, id=id)
        return History(entries=found)

    def digest(self, access: Access) -> Digest:
        """Give counts and sums, by which a seat finds out whether its cache is right."""
        with self.ledger.reading() as line:
            counts, sums = feed.digest_of(line, Sight.of(access))
            return Digest(counts=counts, sums=sums, head=feed.head(line))

    def get(self, kind: str, id: str) -> Record | None:
        """Give a record as it stands, whoever may see it."""
        return self.found(kind, [id]).get(id)

    def found(self, kind: str, ids: Sequence[str]) -> dict[str, Record]:
        """Give those of these records that there are."""
        with self.ledger.reading() as line:
            return {put.id: record_of(put.kind, put.body) for put in feed.named(line, kind, ids)}

    @property
    def place(self) -> Place:
        """Give the city with what imported records brought to it."""
        place = self._place
        if place is None:
            everything = Sight.of(system())
            with self.ledger.reading() as line:
                puts = feed.puts_of(line, everything, Term.kind)
                terms = [t for p in puts if isinstance(t := record_of(p.kind, p.body), Term)]
            place = self._place = Place.of(self._city, self._scenes, terms)
        return place

    @property
    def epoch(self) -> str:
        return self.ledger.epoch

    @property
    def head(self) -> int:
        return self._head

    # ---- news

    def subscribe(self, told: Callable[[int], None]) -> None:
        """Tell of every new end of the log, from the thread that wrote it."""
        self._told.append(told)

    def wait_for_news(self, since: int, seconds: float) -> int:
        """Wait until the log goes beyond a position, or so long; give where it ends."""
        with self._news:
            self._news.wait_for(lambda: self._head > since, seconds)
            return self._head

    def look(self) -> None:
        """Notice what another process has written: an import, or a centre on the same database."""
        with self.ledger.reading() as line:
            self._tell(feed.head(line))

    # ---- inside

    @contextmanager
    def _sitting(self) -> Generator[Sitting]:
        with self.ledger.writing() as line:
            sitting = Sitting(
                line, self.judge.machines, self._city.code, self._city.zone,
                lambda record: watch_at(record, self.judge, self.links),
            )  # fmt: skip
            yield sitting
            touched = sitting.flush()
        if any(kind == Term.kind for kind, _ in touched):
            self._place = None
        self._tell(sitting.pos)

    def _tell(self, head: int) -> None:
        with self._news:
            if head <= self._head:
                return
            self._head = head
            self._news.notify_all()
        self._wake(head)

    def _wake(self, head: int) -> None:
        for told in self._told:
            told(head)

    def _loaded(self, sitting: Sitting, act: Act, actor: Access) -> Verdict:
        held = sitting.decided(act.id)
        if held is not None:
            return Verdict(id=act.id, verdict=held.verdict, pos=held.pos, key=held.key)
        return judged(sitting, self.judge, act, actor, act.at or self.clock.now())

    def _look_later(self, line: Connection, record: Record) -> None:
        r = tables.record.c
        at = watch_at(record, self.judge, self.links, after=self.clock.now())
        which = (r.kind == record.kind, r.id == record.id)
        line.execute(update(tables.record).where(*which).values(watch_at=at))

    def _snapshot(self, sight: Sight) -> Generator[Snapshot | Put]:
        with self.ledger.reading() as line:
            head = feed.head(line)
            yield Snapshot(
                epoch=self.epoch, next=self._cursors.seal(head, sight.mark),
                rows=feed.rows_of(line, sight), time=self.clock.now(), pos=head,
            )  # fmt: skip
            yield from feed.puts_of(line, sight)


def _batches(acts: Iterable[Act], size: int) -> Iterator[list[Act]]:
    some: list[Act] = []
    for act in acts:
        some.append(act)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some
