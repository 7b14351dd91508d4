"""Which units to send, and of each other one why not: by ability, way, load, rest and district.

Every candidate gets a verdict. A cost in seconds is the time on the way and what the rules add for
tasks in hand, for a shift that has lasted too long, and for another district; the least is sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, radians
from typing import Protocol

from console.advise.runcards import Rules, RunCards

M_DEG = 111_195.0


class Travel(Protocol):
    """Gives travel times: seconds from each start to a goal, None where no way is known."""

    @property
    def estimated(self) -> bool:
        """Tell that there is no road graph: straight lines, stretched."""
        ...

    def times_to(
        self, goal: tuple[float, float], starts: Sequence[tuple[float, float]]
    ) -> list[float | None]: ...


@dataclass(frozen=True, slots=True)
class Straight:
    """Travel times without a road graph: the straight line, a factor, a speed."""

    rules: Rules
    estimated: bool = True

    def times_to(
        self, goal: tuple[float, float], starts: Sequence[tuple[float, float]]
    ) -> list[float | None]:
        """Give seconds from each start."""
        narrow = cos(radians(goal[1]))
        factor = M_DEG * self.rules.detour / self.rules.speed_ms
        return [hypot((lon - goal[0]) * narrow, lat - goal[1]) * factor for lon, lat in starts]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit as it stands. ``seen_at``: when it was there, 0: that is its home; ms since 1970.

    ``tasks``: how many it has in hand; ``since``: when its turn began, 0 where that is not known.
    """

    id: str
    name: str
    type: str
    dept: str
    district: str
    ready: bool
    lon: float = 0.0
    lat: float = 0.0
    seen_at: int = 0
    tasks: int = 0
    since: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a text key's last part with its numbers."""

    key: str
    args: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one candidate. ``capability``: what it is sent for, "" when it is not.

    ``seconds``: on the way, None where that is not known.
    """

    unit: str
    name: str
    sent: bool
    capability: str
    seconds: float | None
    cost: float | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """An ability of which too few are free, and the nearest that is not, if there is one."""

    capability: str
    wanted: int
    found: int
    nearest: str = ""
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """Who is to be sent, who was passed over and why, and what is lacking."""

    estimated: bool
    needs: Mapping[str, int]
    verdicts: tuple[Verdict, ...]
    shortfalls: tuple[Shortfall, ...]

    @property
    def sent(self) -> tuple[Verdict, ...]:
        return tuple(v for v in self.verdicts if v.sent)

    def of(self, unit: str) -> Verdict | None:
        """Answer "why not this one?"."""
        return next((v for v in self.verdicts if v.unit == unit), None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What units are wanted for, where and when; ``at``: ms since 1970."""

    type: str
    level: str
    lon: float
    lat: float
    district: str
    at: int


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A candidate with its cost, or what bars it."""

    unit: Candidate
    seconds: float | None
    cost: float
    bar: Reason | None
    remarks: tuple[Reason, ...]


def advise(
    wanted: Wanted, candidates: Sequence[Candidate], cards: RunCards, travel: Travel
) -> Advice:
    """Say whom to send for what the run card asks, and say something of everybody else."""
    needs = cards.needs(wanted.type, wanted.level)
    able = [c for c in candidates if any(cards.able(n, c.type) for n in needs)]
    weighed = _weigh(wanted, able, cards.rules, travel)
    verdicts: dict[str, Verdict] = {}
    shortfalls: list[Shortfall] = []
    for need, count in needs.items():
        fit = [w for w in weighed if cards.able(need, w.unit.type) and w.unit.id not in verdicts]
        free = [w for w in fit if w.bar is None][:count]
        verdicts |= {w.unit.id: _verdict(w, need, ()) for w in free}
        if len(free) < count:
            barred = next((w for w in fit if w.bar is not None), None)
            shortfalls.append(
                Shortfall(need, count, len(free), barred.unit.name, barred.bar)
                if barred else Shortfall(need, count, len(free))
            )  # fmt: skip
    worst = max((v.cost or 0 for v in verdicts.values()), default=0.0)
    for each in weighed:
        if each.unit.id not in verdicts:
            verdicts[each.unit.id] = _verdict(each, "", _passed(each, worst))
    others = [c for c in candidates if c.id not in verdicts]
    unable = Reason("unable")
    verdicts |= {c.id: Verdict(c.id, c.name, False, "", None, None, (unable,)) for c in others}
    return Advice(travel.estimated, needs, tuple(verdicts.values()), tuple(shortfalls))


@dataclass(frozen=True, slots=True)
class Nearer:
    """A unit on its way (``sent``, by name), one that is free and nearer, the seconds it saves."""

    incident: str
    task: str
    sent: str
    better: Verdict
    saves_s: float


def nearer(
    sent: Candidate, advice: Advice, seconds_left: float, rules: Rules
) -> tuple[Verdict, float] | None:
    """Give a unit of the same ability that became free and would be there sooner, and the gain.

    ``seconds_left``: what the unit that was sent still has to go.
    """
    free = [
        v for v in advice.verdicts
        if v.unit != sent.id and v.seconds is not None and not _barred(v)
    ]  # fmt: skip
    best = min(free, key=lambda v: v.seconds or 0.0, default=None)
    if best is None or best.seconds is None:
        return None
    gain = seconds_left - best.seconds
    return (best, gain) if gain >= rules.least_gain_s else None


BARS = frozenset(("off_duty", "busy", "lost", "no_place", "no_way", "unable"))


def _barred(verdict: Verdict) -> bool:
    return any(r.key in BARS for r in verdict.reasons)


def _weigh(
    wanted: Wanted, able: Sequence[Candidate], rules: Rules, travel: Travel
) -> list[_Weighed]:
    bars = [_bar(wanted, c, rules) for c in able]
    placed = [c for c in able if c.lon]
    times = travel.times_to((wanted.lon, wanted.lat), [(c.lon, c.lat) for c in placed])
    seconds = {c.id: t for c, t in zip(placed, times, strict=True)}
    weighed: list[_Weighed] = []
    for candidate, bar in zip(able, bars, strict=True):
        way = seconds.get(candidate.id)
        barred = bar or (Reason("no_way") if way is None else None)
        added, remarks = _added(wanted, candidate, rules)
        weighed.append(_Weighed(candidate, way, (way or 0.0) + added, barred, remarks))
    return sorted(weighed, key=lambda w: (w.seconds is None, w.cost, w.unit.id))


def _bar(wanted: Wanted, unit: Candidate, rules: Rules) -> Reason | None:
    """Give what keeps a unit from being advised at all."""
    if not unit.ready:
        return Reason("off_duty")
    if unit.tasks >= rules.most_tasks:
        return Reason("busy", {"count": unit.tasks})
    if not unit.lon:
        return Reason("no_place")
    if unit.seen_at and wanted.at - unit.seen_at > rules.lost_s * 1000:
        return Reason("lost", {"minutes": (wanted.at - unit.seen_at) // 60_000})
    return None


def _added(wanted: Wanted, unit: Candidate, rules: Rules) -> tuple[float, tuple[Reason, ...]]:
    """Give the seconds that are added to a unit's way, and what is to be known of it."""
    held: list[tuple[float, Reason]] = []
    if unit.tasks:
        held.append((rules.load_s * unit.tasks, Reason("load", {"count": unit.tasks})))
    if unit.since and wanted.at - unit.since > rules.rest_s * 1000:
        hours = (wanted.at - unit.since) // 3_600_000
        held.append((rules.tired_s, Reason("tired", {"hours": hours})))
    if unit.district and wanted.district and unit.district != wanted.district:
        held.append((rules.away_s, Reason("away")))
    if not unit.seen_at:
        held.append((0.0, Reason("home")))
    elif wanted.at - unit.seen_at > rules.stale_s * 1000:
        minutes = (wanted.at - unit.seen_at) // 60_000
        held.append((0.0, Reason("stale", {"minutes": minutes})))
    return sum(s for s, _ in held), tuple(r for _, r in held)


def _passed(weighed: _Weighed, worst: float) -> tuple[Reason, ...]:
    if weighed.bar is not None:
        return (weighed.bar,)
    return (Reason("farther", {"minutes": round(max(weighed.cost - worst, 0) / 60, 1)}),)


def _verdict(weighed: _Weighed, capability: str, why: tuple[Reason, ...]) -> Verdict:
    best = (Reason("nearest"),) if capability else ()
    return Verdict(
        weighed.unit.id, weighed.unit.name, bool(capability), capability, weighed.seconds,
        weighed.cost, (*best, *why, *weighed.remarks),
    )  # fmt: skip
