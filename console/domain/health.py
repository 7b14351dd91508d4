"""How it is with a camera, by what seats and platforms see of it: short blips are no news. Pure."""

from dataclasses import dataclass, field

from msgspec import Struct

WELL = frozenset(("live", "late"))
CODES = {
    "lost": 0, "frozen": 1, "black": 2, "covered": 3, "constant": 4, "late": 9, "live": 10,
}  # fmt: skip
"""What a standing is as the value of a reading: 0 is worst."""
OUT_MS, BACK_MS = 20_000, 10_000
"""So long a camera must be out, or well again, before it is news."""
OLD_MS = 90_000
"""What somebody saw so long ago says nothing of now."""


class Seen(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How one seat or platform sees a camera stand; ``standing``: one of ``CODES``."""

    camera: str
    standing: str


@dataclass(slots=True)
class _Held:
    by: dict[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    well: bool = True
    other: int = 0
    since: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """A camera that is out, or well again; ``since``: when that began (ms UTC)."""

    camera: str
    standing: str
    well: bool
    since: int


@dataclass(slots=True)
class Wards:
    """Every camera of which something was seen. Times are ms UTC."""

    _held: dict[str, _Held] = field(default_factory=dict[str, _Held])

    def saw(self, camera: str, standing: str, by: str, now: int) -> None:
        """Take what somebody saw."""
        self._held.setdefault(camera, _Held()).by[by] = (standing, now)

    def forget(self, camera: str, by: str) -> None:
        """Let go of what somebody saw: they say nothing of it any more."""
        if camera in self._held:
            self._held[camera].by.pop(by, None)

    def turns(self, now: int) -> list[Turn]:
        """Give the cameras that have been otherwise for long enough; each turn once."""
        found: list[Turn] = []
        for camera, held in self._held.items():
            standing = _judged(held, now)
            if standing is None:
                continue
            well = standing in WELL
            if well == held.well:
                held.other = 0
                continue
            held.other = held.other or now
            if now - held.other >= (BACK_MS if well else OUT_MS):
                held.well, held.since, held.other = well, held.other, 0
                found.append(Turn(camera, standing, well, held.since))
        return found


def _judged(held: _Held, now: int) -> str | None:
    """Give the best that anybody has seen lately: one seat's bad line is no camera's fault."""
    held.by = {by: seen for by, seen in held.by.items() if now - seen[1] < OLD_MS}
    if not held.by:
        return None
    return max((standing for standing, _ in held.by.values()), key=lambda s: CODES[s])
