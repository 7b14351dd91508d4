"""Run cards: which abilities a type of incident needs at which level; data, read and checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct

from console.base import resources
from console.base.errors import BadData
from console.base.shape import shaped

FILE = "runcards.toml"


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """What counts as how many seconds more on the way, and from when a position is old."""

    stale_s: int
    lost_s: int
    load_s: int
    most_tasks: int
    rest_s: int
    tired_s: int
    away_s: int
    least_gain_s: int
    detour: float
    speed_ms: float


class Need(Struct, frozen=True, forbid_unknown_fields=True, rename={"since": "from"}):
    """So many units with an ability, added from a level on."""

    capability: str
    count: int
    since: str


class _Card(Struct, frozen=True, forbid_unknown_fields=True):
    types: tuple[str, ...]
    needs: tuple[Need, ...]


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    rules: Rules
    capability: dict[str, tuple[str, ...]]
    card: tuple[_Card, ...]


@dataclass(frozen=True, slots=True)
class RunCards:
    """Every card, in the order of the file: the first that names a type's beginning holds."""

    rules: Rules
    capabilities: Mapping[str, tuple[str, ...]]
    cards: tuple[tuple[tuple[str, ...], tuple[Need, ...]], ...]
    levels: tuple[str, ...]

    def needs(self, type: str, level: str) -> dict[str, int]:
        """Give how many units of each ability are due; what each level adds adds up."""
        reached = self._reached(level)
        found: dict[str, int] = {}
        for begins, needs in self.cards:
            if any(type.startswith(each) for each in begins):
                for need in needs:
                    if need.since in reached:
                        found[need.capability] = found.get(need.capability, 0) + need.count
                break
        return found

    def able(self, capability: str, unit_type: str) -> bool:
        """Tell whether units of a type have an ability."""
        return unit_type in self.capabilities[capability]

    def _reached(self, level: str) -> Sequence[str]:
        return self.levels[self.levels.index(level) :] if level in self.levels else self.levels[-1:]


def read_runcards(levels: tuple[str, ...]) -> RunCards:
    """Read the run cards; ``levels``: the city's, the gravest first. BadData says where."""
    words = resources.path(FILE).read_text("utf-8")
    read = shaped(resources.table(FILE), _File, FILE, words)
    for n, card in enumerate(read.card):
        for need in card.needs:
            if need.capability not in read.capability:
                raise BadData(FILE, f"card[{n}]", f"no such capability: {need.capability!r}")
            if need.since not in levels or need.count < 1:
                raise BadData(FILE, f"card[{n}]", f"no such level, or nobody: {need.since!r}")
    cards = tuple((card.types, card.needs) for card in read.card)
    return RunCards(read.rules, read.capability, cards, levels)
