"""Lines of the wall's log in words: what was shown in which tile, and who steered which camera."""

from dataclasses import dataclass
from typing import Literal

from console.base.text import text
from console.domain.steering import Steered

Sort = Literal["shown", "steered"]
WAYS = {"pan": ("left", "right"), "tilt": ("down", "up"), "zoom": ("wide", "near"),
        "focus": ("close", "far"), "iris": ("shut", "open")}  # fmt: skip
"""The words for a way that is negative, and positive."""
PLACES = frozenset(("call", "save", "drop"))


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line. ``at``: ms UTC; ``found``: what it is found by, beside its own words."""

    at: int
    sort: Sort
    words: str
    found: str = ""

    def holds(self, said: str) -> bool:
        """Tell whether every word that was typed is somewhere in it."""
        whole = f"{self.words} {self.found}".lower()
        return all(word in whole for word in said.lower().split())


def done_words(what: str) -> str:
    """Say what was done: the log has ``move pan=1 speed=6``, ``call 3``, ``take``."""
    does, _, rest = what.partition(" ")
    if does == "move":
        return text("wall.steered.move", ways=text("wall.join").join(_ways(rest)))
    if does in PLACES:
        return text(f"wall.steered.{does}", number=rest)
    return text(f"wall.steered.{does}")


def _ways(said: str) -> list[str]:
    pairs = (each.partition("=") for each in said.split())
    ways = [(WAYS[name], value) for name, _, value in pairs if name in WAYS]
    return [text(f"wall.way.{far if value == '1' else near}") for (near, far), value in ways]


def who_words(line: Steered, seat: str) -> str:
    """Say who it was, and at which seat (its name, or "")."""
    name = text("wall.steered.system") if line.user == "system" else line.name or line.user
    return text("wall.steered.at_seat", person=name, seat=seat) if seat else name
