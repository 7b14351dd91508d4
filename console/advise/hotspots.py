"""Hot spots: appeals of one kind in one area that come in numbers, with their growth and a name.

A window is compared with the one before it. The rule is data; every appeal can be looked up again.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from console.advise.features import plain
from console.advise.twins import MINUTE_MS, Told
from console.base import resources
from console.base.shape import shaped

FILE = "advice.toml"
NAMING = 12
"""The longest run of characters that names a hot spot."""


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """From how many in a window, or from which growth over the one before, it is a hot spot.

    ``opens``: the type of the incident that a hot spot opens.
    """

    minutes: int
    count: int
    growth: float
    least: int
    opens: str = ""


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
    """Give the longest run of characters that at least half of the texts share; "" where none."""
    plains = [plain(text)[0] for text in texts]
    often: Counter[str] = Counter()
    for text in plains:
        often.update(
            {
                text[start : start + size]
                for size in range(2, NAMING + 1)
                for start in range(len(text) - size + 1)
            }
        )
    half = max(2, (len(texts) + 1) // 2)
    shared = [run for run, times in often.items() if times >= half]
    return max(shared, key=lambda run: (len(run), often[run], run), default="")
