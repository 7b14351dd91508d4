"""Hot spots: appeals of one kind in one area that come in numbers, with their growth and a name.

A window is compared with the one before it. The rule is data; every appeal can be looked up again.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

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

    ``opens``: the type of the incident that a hot spot opens. ``stock``: words that any caller
    says, and that name nothing.
    """

    minutes: int
    count: int
    growth: float
    least: int
    opens: str = ""
    stock: tuple[str, ...] = ()


class HotSpot(Struct, frozen=True, kw_only=True):
    """One hot spot: of what, where, how many now and before, and the appeals themselves.

    ``growth``: by how much there are more than before, 2.0 for 200 %; None where there was none.
    ``words``: what most of them say; ``by``: count or growth, which of the rule it met.
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


def hot_spots(told: Sequence[Told], now: int, rule: Rule) -> list[HotSpot]:
    """Give the hot spots of the window that ends now (ms since 1970), the largest first."""
    length = rule.minutes * MINUTE_MS
    recent: dict[tuple[str, str], list[Told]] = {}
    before: Counter[tuple[str, str]] = Counter()
    for each in told:
        key = (each.type, each.district or each.street)
        if now - length < each.at <= now:
            recent.setdefault(key, []).append(each)
        elif now - 2 * length < each.at <= now - length:
            before[key] += 1
    found = [_spot(key, held, before[key], rule) for key, held in recent.items()]
    return sorted((f for f in found if f is not None), key=lambda f: (-f.count, f.type, f.area))


def _spot(key: tuple[str, str], held: Sequence[Told], before: int, rule: Rule) -> HotSpot | None:
    count = len(held)
    growth = (count - before) / before if before else None
    if count >= rule.count:
        by = "count"
    elif count >= rule.least and (growth is None or growth >= rule.growth):
        by = "growth"
    else:
        return None
    return HotSpot(
        type=key[0], area=key[1], count=count, before=before, growth=growth,
        words=common_words([each.text for each in held]), by=by,
        ids=tuple(each.id for each in held),
    )  # fmt: skip


def common_words(texts: Sequence[str]) -> str:
    """Give what at least half of the texts say, at most two runs within their clauses; "" if none.

    Only Chinese characters count, and what any caller says of any case does not.
    """
    stock = read_rule().stock
    said = [[c for c in _CLAUSE.findall(plain(t)[0]) if not _is_stock(c, stock)] for t in texts]
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
