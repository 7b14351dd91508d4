"""An indicator (体征指标): what is measured, in what unit, and from where on it is out of band.

Its file gives it; nothing here knows one by name. Three directions: ``up`` (the greater the
worse), ``down`` (the less the worse), ``band`` (worse outside of a range, on either side).

On the line: an up or down value is out of band from its limit on (a river *at* its warning stage
is above it); a band value only beyond its limits, which are still allowed.
"""

from math import inf
from typing import Final, Literal

from msgspec import Struct

Direction = Literal["up", "down", "band"]
Band = Literal["normal", "warn", "alarm"]
"""How far out of band a value is; between the normal range and ``warn`` it is still normal."""

Range = tuple[float, float]
RANK: Final[dict[Band, int]] = {"normal": 0, "warn": 1, "alarm": 2}
HYSTERESIS: Final = 0.05
HOLD: Final = 2
CLEAR: Final = 5


class Sim(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the demo city makes it up, in its unit: around ``base``, by ``sd``."""

    base: float
    sd: float


class Grade(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """四色: from this value on, an incident that is opened has this level."""

    at: float
    level: str


class Indicator(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One indicator of a scene.

    ``id``: `SCENE.name`, the name alone in the scene's own file. ``short_en``: its name in English
    on a display, where the whole one has no room. ``unit_en``: the unit in English where that is
    another word. ``source``: who measures it, in
    words. ``normal``, ``warn``, ``alarm``: in ``unit``; a range for ``band``, else one value each.
    ``refresh_s``: the seconds from one reading to the next. ``hold``, ``clear``: so many samples
    in a row before it is raised, and before it is cleared; ``hysteresis``: the share of the gap
    from warn to alarm by which it must come back first. ``rate``: the change per hour, for the
    worse, from which it is raised to warn whatever its value (0: not asked). ``opens``: the event
    type of which a crossing opens an incident ("": none), from ``opens_at`` on. ``whole``: it is
    counted, and has no parts. ``basis``: where the limits come from (`stored` a document, `gk`
    common knowledge, `design` to be confirmed by its department).
    """

    id: str
    name: str
    name_en: str
    unit: str
    direction: Direction
    normal: Range
    warn: float | Range
    alarm: float | Range
    source: str
    refresh_s: int
    short_en: str = ""
    unit_en: str = ""
    source_en: str = ""
    hold: int = HOLD
    clear: int = CLEAR
    hysteresis: float = HYSTERESIS
    rate: float = 0.0
    opens: str = ""
    opens_at: Literal["warn", "alarm"] = "alarm"
    grades: tuple[Grade, ...] = ()
    sim: Sim | None = None
    whole: bool = False
    basis: Literal["stored", "gk", "design"] = "design"
    note: str = ""
    note_en: str = ""

    @property
    def scene(self) -> str:
        """Give the scene it belongs to; "" for a name without one."""
        return self.id.rpartition(".")[0]

    def band(self, value: float) -> Band:
        """Say how far out of band a value is."""
        if self._out(value, self.alarm, 0.0):
            return "alarm"
        return "warn" if self._out(value, self.warn, 0.0) else "normal"

    def band_held(self, value: float, held: Band) -> Band:
        """Say the same of a value that comes after ``held``: it falls only past the hysteresis."""
        band = self.band(value)
        if RANK[band] >= RANK[held]:
            return band
        back = self.back
        if held == "alarm" and self._out(value, self.alarm, back):
            return "alarm"
        return "warn" if self._out(value, self.warn, back) else "normal"

    @property
    def back(self) -> float:
        """Give how far a value must come back before it is better, in the unit."""
        gaps = [abs(a - w) for w, a in zip(_ends(self.warn), _ends(self.alarm), strict=True)]
        return self.hysteresis * min(gaps)

    def calm(self, held: Band) -> Range:
        """Give the values between which, without the ends, a source that holds a band keeps it.

        Not every such value lies between them: a band's two sides do not make one range.
        """
        back = self.back
        (warn_low, warn_high), (alarm_low, alarm_high) = _ends(self.warn), _ends(self.alarm)
        if self.direction == "band" or self.rate:
            keeps = held == "normal" and not self.rate
            return (warn_low, warn_high) if keeps else (inf, -inf)
        if self.direction == "up":
            return {
                "normal": (-inf, warn_high),
                "warn": (warn_high - back, alarm_high),
                "alarm": (alarm_high - back, inf),
            }[held]
        return {
            "normal": (warn_low, inf),
            "warn": (alarm_low, warn_low + back),
            "alarm": (-inf, alarm_low + back),
        }[held]

    def worse_by(self, before: float, after: float) -> float:
        """Give by how much a value has become worse; a band is left by either side."""
        if self.direction == "band":
            return abs(after - before)
        return after - before if self.direction == "up" else before - after

    def level(self, value: float) -> str:
        """Give the level of the highest grade that a value has reached; "" below them all."""
        reached = [g.level for g in self.grades if self._out(value, g.at, 0.0)]
        return reached[-1] if reached else ""

    def score(self, value: float) -> float:
        """Give 0 to 100: 100 in the normal range, 60 at warn, 20 at alarm, 0 beyond; linear."""
        low, high = self.normal
        if self.direction == "up":
            return _falling(value, high, _ends(self.warn)[1], _ends(self.alarm)[1])
        if self.direction == "down":
            return _falling(-value, -low, -_ends(self.warn)[0], -_ends(self.alarm)[0])
        (warn_low, warn_high), (alarm_low, alarm_high) = _ends(self.warn), _ends(self.alarm)
        return min(
            _falling(value, high, warn_high, alarm_high),
            _falling(-value, -low, -warn_low, -alarm_low),
        )

    @property
    def decimals(self) -> int:
        """Give the digits after the point that its file writes it with, at most 3; 0 of counts."""
        if self.whole:
            return 0
        said = (*self.normal, *_ends(self.warn), *_ends(self.alarm))
        return max(_decimals(each) for each in (*said, self.sim.sd if self.sim else 0.0))

    def _out(self, value: float, limit: float | Range, back: float) -> bool:
        if isinstance(limit, tuple):
            return value < limit[0] + back or value > limit[1] - back
        return value >= limit - back if self.direction == "up" else value <= limit + back


def fault_of(indicator: Indicator) -> tuple[str, str] | None:
    """Find what is wrong with an indicator's numbers: the field and why; None if nothing."""
    ranges = [isinstance(each, tuple) for each in (indicator.warn, indicator.alarm)]
    if any(each is not (indicator.direction == "band") for each in ranges):
        return "warn", "a band needs [low, high] for warn and alarm; up and down one value each"
    if indicator.normal[0] > indicator.normal[1]:
        return "normal", f"its low end is above its high end: {indicator.normal}"
    return _order_of(indicator) or _bounds_of(indicator)


def _order_of(indicator: Indicator) -> tuple[str, str] | None:
    (warn_low, warn_high), (alarm_low, alarm_high) = _ends(indicator.warn), _ends(indicator.alarm)
    low, high = indicator.normal
    up = high <= warn_high < alarm_high
    down = alarm_low < warn_low <= low
    asked = {"up": up, "down": down, "band": up and down}[indicator.direction]
    return None if asked else ("alarm", "normal, warn and alarm do not follow each other outward")


def _bounds_of(indicator: Indicator) -> tuple[str, str] | None:
    bounds = {
        "refresh_s": indicator.refresh_s > 0,
        "hold": 1 <= indicator.hold <= 100,
        "clear": 1 <= indicator.clear <= 100,
        "hysteresis": 0 <= indicator.hysteresis <= 0.5,
        "rate": indicator.rate >= 0,
    }
    wrong = next((name for name, good in bounds.items() if not good), None)
    if wrong:
        return wrong, f"out of bounds: {getattr(indicator, wrong)}"
    steps = [g.at if indicator.direction == "up" else -g.at for g in indicator.grades]
    if steps and (indicator.direction == "band" or steps != sorted(set(steps))):
        return "grades", "they go from the mildest to the worst, and a band has none"
    return None


def _ends(limit: float | Range) -> Range:
    return limit if isinstance(limit, tuple) else (limit, limit)


def _falling(value: float, normal: float, warn: float, alarm: float) -> float:
    if value <= normal:
        return 100.0
    if value <= warn:
        return 100.0 - 40.0 * (value - normal) / (warn - normal)
    if value <= alarm:
        return 60.0 - 40.0 * (value - warn) / (alarm - warn)
    return 0.0


def _decimals(number: float) -> int:
    return len(f"{number:.3f}".rstrip("0").partition(".")[2])
