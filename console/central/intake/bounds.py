"""The figures that the doors keep to, read once from resources/intake/intake.toml."""

from functools import cache

from msgspec import Struct

from console.base import resources
from console.base.shape import shaped

FILE = "intake/intake.toml"


class Trouble(Struct, frozen=True, forbid_unknown_fields=True):
    """The incident that tells of unreadable messages; ``again`` is a limit (`10m`)."""

    type: str
    urgency: str
    again: str


class Kept(Struct, frozen=True, forbid_unknown_fields=True):
    """How much of what was set aside is kept of one source."""

    each: int
    bytes: int


class Pace(Struct, frozen=True, forbid_unknown_fields=True):
    """How many requests an account may make at once, and in the long run each second."""

    burst: int
    per_second: float


class Opens(Struct, frozen=True, forbid_unknown_fields=True, rename={"least": "from"}):
    """Which warnings open an incident: by category, or by how their code begins; of what type."""

    categories: tuple[str, ...]
    codes: tuple[str, ...]
    least: str
    type: str
    source: str
    urgency: str

    def meets(self, category: str, code: str, level: str) -> bool:
        """Tell whether a warning of this category, code and level (I to IV) opens one."""
        named = not set(self.categories).isdisjoint(category.split())
        # I, II, III, IV are in the order of the alphabet.
        return (named or code.startswith(self.codes)) and "" < level <= self.least


class Warnings(Struct, frozen=True, forbid_unknown_fields=True):
    """How long a warning holds that does not say it (a limit), and which open an incident."""

    lasts: str
    opens: tuple[Opens, ...] = ()


class Bounds(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in the file."""

    trouble: Trouble
    kept: Kept
    pace: Pace
    warning: Warnings


@cache
def bounds() -> Bounds:
    """Read the figures; BadData names the line and key that is wrong."""
    words = resources.path(FILE).read_text("utf-8")
    return shaped(resources.table(FILE), Bounds, FILE, words)
