"""Hot spots: appeals of one kind in one area that come in numbers, with their growth and a name.

A window is compared with the one before it. The rule is data: a number is enough; so is growth,
but only where it is beyond chance and beyond the city's as a whole, for few after none are no
growth and everybody calls more in the morning. By chance is what the conditional test of two
Poisson counts says (Przyborowski and Wilenski, 1940). Every appeal can be looked up again.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import comb

from msgspec import Struct

from console.advise.features import plain
from console.advise.twins import MINUTE_MS, Told
from console.base import resources
from console.base.shape import shaped

FILE = "advice.toml"
NAMING = 12
"""The longest run of characters that names a hot spot."""
SECOND = 4
"""So long a second run must be, to be named beside the first."""
_CLAUSE = re.compile(r"[\u3400-\u9fff]+")


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """From how many in a window, or from which growth over the one before, it is a hot spot.

    ``chance``: growth counts only where it is less likely than this to come by chance;
    ``steady``: so many are added to both windows of the city, whose own growth is believed only so
    far as there are many to show it. ``wide``: what is hot in so many areas is hot in the whole
    city, once. ``opens``: the type of the incident that a hot spot opens. ``stock``: words that any
    caller says, and that name nothing; ``doors``: what the number of a door is followed by.
    """

    minutes: int
    count: int
    growth: float
    chance: float
    steady: int
    wide: int
    opens: str = ""
    stock: tuple[str, ...] = ()
    doors: tuple[str, ...] = ()


class HotSpot(Struct, frozen=True, kw_only=True):
    """One hot spot: of what, where, how many now and before, and the appeals themselves.

    ``area``: "" for the whole city. ``growth``: by how much there are more than before, 2.0 for
    200 %; None where there was none.
    ``words``: what most of them say; ``by``: which of the rule it met: count, growth, or wide.
    """

    type: str
    area: str
    count: int
    before: int
    growth: float | None
    words: str
    by: str
    ids: tuple[str, ...]


@lru_cache(maxsize=1)
def read_rule() -> Rule:
    """Read the rule of hot spots."""
    return shaped(resources.table(FILE)["hotspot"], Rule, FILE)


Of = tuple[str, str]
"""A type and an area; no area: the whole city."""


def hot_spots(
    told: Sequence[Told], now: int, rule: Rule, since: Mapping[Of, int] | None = None
) -> list[HotSpot]:
    """Give the hot spots of the window that ends now (ms since 1970), the largest first.

    ``since``: when a hot spot of the same was last raised; what it was raised on is told again by
    no other, and counts as before.
    """
    length = rule.minutes * MINUTE_MS
    recent: dict[Of, list[Told]] = {}
    before: Counter[Of] = Counter()
    raised = since or {}
    for each in told:
        key = (each.type, each.district or each.street)
        after = max(now - length, raised.get(key, 0), raised.get((each.type, ""), 0))
        if after < each.at <= now:
            recent.setdefault(key, []).append(each)
        elif now - 2 * length < each.at <= now:
            before[key] += 1
    totals = sum(map(len, recent.values())), before.total()
    found = [
        _spot(key, held, before[key], by)
        for key, held in recent.items()
        if (by := _met(len(held), before[key], totals, rule))
    ]
    areas = Counter(f.type for f in found)
    wide = [kind for kind, many in areas.items() if many >= rule.wide]
    found = [f for f in found if f.type not in wide]
    found += [_whole(kind, recent, before) for kind in wide]
    return sorted(found, key=lambda f: (-f.count, f.type, f.area))


def all_hot_spots(told: Iterable[Told], rule: Rule) -> Iterator[HotSpot]:
    """Give every hot spot that was, in the order in which each is seen, on new appeals alone."""
    every = sorted(told, key=lambda each: each.at)
    times = [each.at for each in every]
    length = rule.minutes * MINUTE_MS
    raised: dict[Of, int] = {}
    for now in sorted({-(-at // MINUTE_MS) * MINUTE_MS for at in times}):
        first, last = bisect_right(times, now - 2 * length), bisect_right(times, now)
        for spot in hot_spots(every[first:last], now, rule, raised):
            raised[spot.type, spot.area] = now
            yield spot


def _met(count: int, before: int, totals: tuple[int, int], rule: Rule) -> str:
    """Give which of the rule a count meets, "" none. ``totals``: all appeals, now and before."""
    if count >= rule.count:
        return "count"
    if count < (1 + rule.growth) * before:
        return ""
    now, then = totals[0] - count + rule.steady, totals[1] - before + rule.steady
    share = max(0.5, now / (now + then))
    return "growth" if _chance(count, before, share) <= rule.chance else ""


def _chance(count: int, before: int, share: float) -> float:
    """Give how likely so many or more of all are now, when each is now by this share."""
    every = count + before
    return sum(
        comb(every, n) * share**n * (1 - share) ** (every - n) for n in range(count, every + 1)
    )


def _whole(kind: str, recent: Mapping[Of, list[Told]], before: Mapping[Of, int]) -> HotSpot:
    held = [each for of, some in recent.items() if of[0] == kind for each in some]
    return _spot((kind, ""), held, sum(n for of, n in before.items() if of[0] == kind), "wide")


def _spot(key: Of, held: Sequence[Told], before: int, by: str) -> HotSpot:
    count = len(held)
    return HotSpot(
        type=key[0], area=key[1], count=count, before=before,
        growth=(count - before) / before if before else None,
        words=common_words([each.text for each in held]), by=by,
        ids=tuple(each.id for each in held),
    )  # fmt: skip


def common_words(texts: Sequence[str]) -> str:
    """Give what at least half of the texts say, at most two runs within their clauses; "" if none.

    Only Chinese characters count, and what any caller says of any case does not.
    """
    stock = read_rule().stock
    number = re.compile(rf"\d+(?:{'|'.join(map(re.escape, read_rule().doors))})?")
    said = [
        [c for c in _CLAUSE.findall(number.sub(" ", plain(t)[0])) if not _is_stock(c, stock)]
        for t in texts
    ]
    often: Counter[str] = Counter()
    for clauses in said:
        often.update({run for clause in clauses for run in _runs(clause)})
    half = max(2, (len(texts) + 1) // 2)
    shared = [run for run, times in often.items() if times >= half]
    shared.sort(key=lambda run: (-len(run), -often[run], run))
    first = next(iter(shared), "")
    second = next((r for r in shared if len(r) >= SECOND and not _overlap(r, first, said)), "")
    whole = [" ".join(clauses) for clauses in said]
    together = next((each for each in whole if first in each and second in each), "")
    return "、".join(sorted(filter(None, (first, second)), key=together.find))


def _runs(clause: str) -> Iterator[str]:
    for size in range(2, NAMING + 1):
        for start in range(len(clause) - size + 1):
            yield clause[start : start + size]


def _is_stock(clause: str, stock: Sequence[str]) -> bool:
    """Tell whether nothing is left of a clause but what any caller says."""
    for each in stock:
        clause = clause.replace(each, "")
    return len(clause) < 2


def _overlap(one: str, other: str, said: Sequence[Sequence[str]]) -> bool:
    """Tell whether two runs are ever of the same clause."""
    return any(one in clause and other in clause for clauses in said for clause in clauses)
