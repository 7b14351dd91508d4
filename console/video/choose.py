"""Which stream a tile gets: by its size on the screen, and by what this seat and each line carry.

What does not fit on its line goes to the lighter stream, and else waits, whatever else is free: to
take key frames alone spares decoding, but the line carries the whole stream all the same.
"""

import os
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import hypot
from types import MappingProxyType
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
MEASURED_NOTHING: Mapping[Quality, float] = MappingProxyType({})
KEYS = 0.08
"""What key frames alone cost of a stream's decoding; its bandwidth stays what it is."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent: megapixels a second of decoding, Mbit a second of a line.

    ``link``: of a line for which nothing else is said when a tile asks.
    """

    decoding: float
    link: float = 200.0

    @classmethod
    def of_this_machine(cls) -> "Budget":
        return cls((os.cpu_count() or 2) * PER_CORE * SHARE)


@dataclass(frozen=True, slots=True)
class Ask:
    """One tile's wish. ``rank``: what comes first where not all can be had (0 before 1).

    ``way``: the line that its stream comes by, ``limit`` what that carries (Mbit a second, 0: as
    the budget says). ``weighs``: Mbit a second of its streams, where they were measured.
    """

    key: str
    diagonal: float
    has_main: bool
    has_sub: bool = True
    rank: int = 0
    had: Quality = "sub"
    way: Hashable = None
    limit: float = 0.0
    weighs: Mapping[Quality, float] = field(default_factory=dict[Quality, float])


@dataclass(frozen=True, slots=True)
class Grant:
    """What a tile gets. Nothing at all (``quality`` None) where the budget is used up.

    ``full``: it is less than was wished because its line is full.
    """

    key: str
    quality: Quality | None
    keys_only: bool = False
    full: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """What is used of one line, and what it carries (Mbit a second).

    ``streams``: how many come by it; ``lighter``, ``waiting``: how many tiles have less because it
    is full, or nothing.
    """

    used: float = 0.0
    limit: float = 0.0
    streams: int = 0
    lighter: int = 0
    waiting: int = 0

    def taken(self, grant: Grant, bits: float) -> "Use":
        """Give what is used with one more tile."""
        plays = grant.quality is not None
        return replace(
            self, used=self.used + bits, streams=self.streams + plays,
            lighter=self.lighter + (grant.full and plays),
            waiting=self.waiting + (grant.full and not plays),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shares:
    """What each tile gets, how much of the decoding that uses (0 to 1), and what of each line."""

    grants: dict[str, Grant]
    decoding: float
    lines: dict[Hashable, Use]


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
    lines: dict[Hashable, Use] = {}
    decoding = 0.0
    for ask in sorted(asks, key=lambda a: a.rank):
        use = lines.get(ask.way, Use(limit=ask.limit or budget.link))
        grant = _granted(ask, budget.decoding - decoding, use.limit - use.used)
        pixels, bits = cost(grant, ask.weighs)
        decoding += pixels
        lines[ask.way] = use.taken(grant, bits)
        grants[ask.key] = grant
    return Shares(grants, decoding / budget.decoding, lines)


def cost(grant: Grant, weighs: Mapping[Quality, float] = MEASURED_NOTHING) -> tuple[float, float]:
    """Give megapixels and Mbit a second; ``weighs``: what was measured."""
    if grant.quality is None:
        return 0.0, 0.0
    pixels, bits = COSTS[grant.quality]
    return pixels * (KEYS if grant.keys_only else 1.0), weighs.get(grant.quality, bits)


def _granted(ask: Ask, decoding: float, link: float) -> Grant:
    """Give the first way in which it can be had with so much left."""
    full = False
    for grant in _ways(ask):
        pixels, bits = cost(grant, ask.weighs)
        if pixels <= decoding and bits <= link:
            return replace(grant, full=full)
        full = full or bits > link
    return Grant(ask.key, None, full=full)


def _ways(ask: Ask) -> list[Grant]:
    wanted = quality_for(ask)
    small = ask.diagonal < KEYS_UNDER
    ways = [Grant(ask.key, wanted, small)]
    if wanted == "main" and ask.has_sub:
        ways.append(Grant(ask.key, "sub"))
    least: Quality = "sub" if ask.has_sub else "main"
    return [*ways, Grant(ask.key, least, keys_only=True)]
