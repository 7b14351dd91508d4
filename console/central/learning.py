"""What people decided at a centre, for its advice to learn from, and how that advice has done."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

import msgspec
from msgspec import Struct
from sqlalchemy import select

from console.central import tables
from console.central.centre import Centre
from console.domain.access import system
from console.domain.record import Incident
from console.wire import Entry, record_of

UNDECIDED = frozenset(("reported", "void", "merged"))
"""Of an incident in these states nobody has yet said what it is."""
RECENT = 0.2
"""The share of the latest cases that is held back."""
CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Decided:
    """A case with the type that it was given, and when it was reported."""

    text: str
    type: str
    at: int


class Figures(Struct, frozen=True, kw_only=True):
    """How advice has done since some instant. Shares are None where there is nothing to count.

    ``accuracy``: kinds taken as offered, of all that were decided; ``override_rate``: the rest of
    it. ``units_offered``, ``units_overridden``: dispatches on which units had been advised.
    ``return_rate``: orders given back, of orders given (退单率). ``drift``: how far the mix of
    types of the latest fifth is from that before (population stability index; 0.25 is much).
    """

    since: int
    offered: int
    accuracy: float | None
    override_rate: float | None
    units_offered: int = 0
    units_overridden: int = 0
    return_rate: float | None
    drift: float | None


def decided(centre: Centre, type_known: Iterable[str]) -> list[Decided]:
    """Give every case that people have put under a type that there is, the oldest first."""
    known = frozenset(type_known)
    found = [
        Decided(f"{i.title} {i.detail}".strip(), i.type, i.reported_at)
        for i in _incidents(centre)
        if i.state not in UNDECIDED and i.type in known and (i.title or i.detail)
    ]
    return sorted(found, key=lambda d: (d.at, d.text))


def held_back(cases: Sequence[Decided]) -> tuple[list[Decided], list[Decided]]:
    """Part cases into those to learn from and the latest, to be judged by."""
    cut = len(cases) - max(1, round(len(cases) * RECENT)) if cases else 0
    return list(cases[:cut]), list(cases[cut:])


def figures(centre: Centre, since: int) -> Figures:
    """Count what became of advice and of orders since an instant (ms UTC)."""
    verbs = Counter((e.kind, e.verb) for e in entries(centre, since))
    heeded, overruled = verbs["incident", "heed"], verbs["incident", "overrule"]
    sent, own = verbs["incident", "heed_units"], verbs["incident", "overrule_units"]
    given, back = verbs["task", "issue"], verbs["task", "return"]
    offered = heeded + overruled
    earlier, latest = held_back(decided(centre, centre.place.types))
    return Figures(
        since=since, offered=offered,
        accuracy=heeded / offered if offered else None,
        override_rate=overruled / offered if offered else None,
        units_offered=sent + own, units_overridden=own,
        return_rate=back / given if given else None,
        drift=drift([d.type for d in earlier], [d.type for d in latest]),
    )  # fmt: skip


def drift(earlier: Sequence[str], latest: Sequence[str]) -> float | None:
    """Give how far one mix is from another: the population stability index."""
    if not earlier or not latest:
        return None
    one, other = Counter(earlier), Counter(latest)
    names = one.keys() | other.keys()
    total = 0.0
    for name in names:
        # Half a case more of each: what never came is rare, not impossible.
        was = (one[name] + 0.5) / (len(earlier) + 0.5 * len(names))
        now = (other[name] + 0.5) / (len(latest) + 0.5 * len(names))
        total += (now - was) * log(now / was)
    return total


def _incidents(centre: Centre) -> Iterator[Incident]:
    for put in centre.snapshot(system())[1]:
        if put.kind == Incident.kind:
            record = record_of(put.kind, put.body)
            if isinstance(record, Incident) and not record.exercise:
                yield record


def entries(centre: Centre, since: int) -> Iterator[Entry]:
    """Give the entries of the log since an instant, the latest first."""
    column = tables.log.c
    query = select(column.entry).order_by(column.seq.desc())
    with (
        centre.ledger.reading() as line,
        line.execution_options(yield_per=CHUNK).execute(query) as rows,
    ):
        for row in rows:
            entry = msgspec.json.decode(row.entry, type=Entry)
            if entry.at < since:
                return
            yield entry
