"""Time limits as people write them: `30m`, `2wh`, `5wd`, `2工作时`."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from console.base.errors import Refused

Unit = Literal["s", "m", "h", "d", "uh", "wh", "wd"]

SECOND: Final = 1_000
HOUR: Final = 3_600_000
# Units that run day and night, in ms. 紧急工作时 (uh) runs on like an hour.
NATURAL: Final[dict[Unit, int]] = {
    "s": SECOND,
    "m": 60 * SECOND,
    "h": HOUR,
    "d": 24 * HOUR,
    "uh": HOUR,
}

_NAMES: Final[dict[str, Unit]] = {
    "s": "s",
    "m": "m",
    "h": "h",
    "d": "d",
    "uh": "uh",
    "wh": "wh",
    "wd": "wd",
    "秒": "s",
    "分": "m",
    "分钟": "m",
    "小时": "h",
    "天": "d",
    "自然日": "d",
    "紧急工作时": "uh",
    "紧急工作日": "d",
    "工作时": "wh",
    "工作日": "wd",
}
_FORM: Final = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,2})?)\s*([a-z]+|[\u4e00-\u9fff]+)")


@dataclass(frozen=True, slots=True)
class Limit:
    """So much of a unit: s, m, h, d natural; uh continuous; wh, wd working time only."""

    amount: float
    unit: Unit

    def __str__(self) -> str:
        return f"{self.amount:g}{self.unit}"

    @property
    def working(self) -> bool:
        """Say whether it counts working time alone."""
        return self.unit not in NATURAL

    def length(self, day_length: int) -> int:
        """Give it in ms of its own time; a working day has ``day_length`` ms."""
        one = NATURAL.get(self.unit) or (HOUR if self.unit == "wh" else day_length)
        return round(self.amount * one)


@lru_cache(maxsize=512)
def parse_limit(text: str) -> Limit:
    """Read a limit; an unknown unit, a zero or anything else is refused."""
    found = _FORM.fullmatch(text.strip())
    unit = _NAMES.get(found[2]) if found else None
    if found is None or unit is None or not float(found[1]):
        raise Refused("refused.limit", text=text)
    return Limit(float(found[1]), unit)
