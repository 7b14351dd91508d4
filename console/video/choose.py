"""Which stream a tile gets: by its size on the screen, and by what this seat can carry."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot
from typing import Literal

Quality = Literal["main", "sub"]
MAIN_FROM = 800.0
"""A tile whose diagonal has more pixels than this gets the main stream."""
BACK_AT = 720.0
"""One that has it keeps it until it is smaller than this: no swapping at the edge."""
KEYS_UNDER = 150.0
"""A tile with a smaller diagonal gets key frames alone."""
PER_CORE = 290.0
"""Megapixels a second that one core decodes, scales and paints."""
SHARE = 0.6
"""What pictures may take of this machine; the rest is for the queue and the map."""
COSTS: dict[str, tuple[float, float]] = {"sub": (3.5, 0.5), "main": (23.0, 4.0)}
"""Of a stream nobody has measured yet: megapixels a second, Mbit a second."""
KEYS = 0.08
"""What key frames alone cost of a stream's decoding; its bandwidth stays what it is."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent: megapixels a second of decoding, Mbit a second of the link."""

    decoding: float
    link: float = 200.0

    @classmethod
    def of_this_machine(cls) -> "Budget":
        return cls((os.cpu_count() or 2) * PER_CORE * SHARE)


@dataclass(frozen=True, slots=True)
class Ask:
    """One tile's wish. ``rank``: what comes first where not all can be had (0 before 1)."""

    key: str
    diagonal: float
    has_main: bool
    has_sub: bool = True
    rank: int = 0
    had: Quality = "sub"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a tile gets. Nothing at all (``quality`` None) where the budget is used up."""

    key: str
    quality: Quality | None
    keys_only: bool = False


@dataclass(frozen=True, slots=True)
class Shares:
    """What each tile gets, and how much of the budget that uses (0 to 1, and never above)."""

    grants: dict[str, Grant]
    decoding: float
    link: float


def diagonal(width: int, height: int) -> float:
    return hypot(width, height)


def quality_for(ask: Ask) -> Quality:
    """Choose by the tile's diagonal; where a camera has one stream only, that one."""
    if not (ask.has_main and ask.has_sub):
        return "main" if ask.has_main else "sub"
    edge = BACK_AT if ask.had == "main" else MAIN_FROM
    return "main" if ask.diagonal > edge else "sub"


def share(asks: Iterable[Ask], budget: Budget) -> Shares:
    """Share the budget out, by rank: first the wish, then less of it, then nothing."""
    grants: dict[str, Grant] = {}
    decoding = link = 0.0
    for ask in sorted(asks, key=lambda a: a.rank):
        for grant in _ways(ask):
            pixels, bits = cost(grant)
            if decoding + pixels <= budget.decoding and link + bits <= budget.link:
                decoding, link = decoding + pixels, link + bits
                grants[ask.key] = grant
                break
        else:
            grants[ask.key] = Grant(ask.key, None)
    return Shares(grants, decoding / budget.decoding, link / budget.link)


def cost(grant: Grant) -> tuple[float, float]:
    """Give megapixels and Mbit a second."""
    if grant.quality is None:
        return 0.0, 0.0
    pixels, bits = COSTS[grant.quality]
    return pixels * (KEYS if grant.keys_only else 1.0), bits


def _ways(ask: Ask) -> list[Grant]:
    wanted = quality_for(ask)
    small = ask.diagonal < KEYS_UNDER
    ways = [Grant(ask.key, wanted, small)]
    if wanted == "main" and ask.has_sub:
        ways.append(Grant(ask.key, "sub"))
    least: Quality = "sub" if ask.has_sub else "main"
    return [*ways, Grant(ask.key, least, keys_only=True)]
