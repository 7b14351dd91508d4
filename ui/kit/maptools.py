"""What a hand does on a map beside moving it: box, lasso, measure, circle, area, line, point.

A tool gathers places in shares of the world, by mouse or by keyboard (at the middle of the view),
and gives what it drew when it is done. The way over is short: the last place goes with Backspace,
Escape puts the tool away.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from console.domain.datum import Cgcs2000, metres
from ui.models.mapmarks import Share, places_of

Name = Literal["pan", "box", "lasso", "measure", "circle", "area", "closure", "point"]
NAMES: tuple[Name, ...] = (
    "pan", "box", "lasso", "measure", "circle", "area", "closure", "point",
)  # fmt: skip
DRAGGED = frozenset(("box", "lasso", "circle"))
"""Drawn by pressing and letting go; from the keyboard by two places."""
NEEDED = {"box": 2, "circle": 2, "point": 1, "measure": 2, "closure": 2, "area": 3, "lasso": 3}
AROUND = 64


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a tool drew: its places as given, and its ring or line, in shares of the world."""

    tool: Name
    places: tuple[Share, ...]

    @property
    def ring(self) -> tuple[Share, ...]:
        """Give the outline of what is inside; a line for what has no inside."""
        if self.tool == "box" and len(self.places) > 1:
            (x, y), (u, v) = self.places[0], self.places[-1]
            return (x, y), (u, y), (u, v), (x, v), (x, y)
        if self.tool == "circle" and len(self.places) > 1:
            (x, y), (u, v) = self.places[0], self.places[-1]
            reach = np.hypot(u - x, v - y)
            turn = np.linspace(0, 2 * np.pi, AROUND)
            return tuple(
                zip(
                    (x + reach * np.cos(turn)).tolist(), (y + reach * np.sin(turn)).tolist(),
                    strict=True,
                )
            )  # fmt: skip
        if self.tool in ("area", "lasso") and len(self.places) > 2:
            return (*self.places, self.places[0])
        return self.places

    @property
    def encloses(self) -> bool:
        return self.tool in ("box", "circle", "area", "lasso")

    @property
    def done(self) -> bool:
        return len(self.places) >= NEEDED.get(self.tool, 1)

    def metres(self) -> float:
        """Give how long the line is, or how far a circle reaches."""
        return length(places_of(self.places if self.tool == "circle" else self.ring))

    def square_metres(self) -> float:
        """Give how much ground it holds."""
        points = places_of(self.ring)
        if not self.encloses or len(points) < 4:
            return 0.0
        scale = np.cos(np.radians(float(points.lat.mean()))) * 111_195.0**2
        x, y = points.lon - points.lon.mean(), points.lat - points.lat.mean()
        return float(abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2 * scale)


class Tool:
    """The tool in hand; ``pan`` draws nothing."""

    def __init__(self) -> None:
        self._drawn = Drawn("pan", ())
        self.hover: Share | None = None

    @property
    def name(self) -> Name:
        return self._drawn.tool

    @property
    def drawn(self) -> Drawn:
        """Give what is drawn so far, with the place under the pointer as its end."""
        open_end = self.hover is not None and self._drawn.places and self.name != "lasso"
        if open_end and self.hover is not None:
            return replace(self._drawn, places=(*self._drawn.places, self.hover))
        return self._drawn

    def take(self, name: Name) -> None:
        """Take a tool in hand, with nothing drawn."""
        self._drawn = Drawn(name, ())
        self.hover = None

    def press(self, at: Share) -> None:
        """Begin what is drawn by dragging."""
        self._drawn = replace(self._drawn, places=(at,))

    def drag(self, at: Share) -> None:
        if self.name == "lasso":
            self._drawn = replace(self._drawn, places=(*self._drawn.places, at))
        else:
            self.hover = at

    def put(self, at: Share) -> Drawn | None:
        """Put a place; give what is drawn when that was the last it needs."""
        self._drawn = replace(self._drawn, places=(*self._drawn.places, at))
        at_once = self.name in ("box", "circle", "point")
        return self.finish() if at_once and self._drawn.done else None

    def back(self) -> None:
        """Take the last place away."""
        self._drawn = replace(self._drawn, places=self._drawn.places[:-1])

    def finish(self) -> Drawn | None:
        """End the drawing; None when it is not enough for anything."""
        drawn = self._drawn
        self.take(self.name)
        return drawn if drawn.done else None


def length(points: Cgcs2000) -> float:
    """Give the length of a line along the ground, in metres."""
    if len(points) < 2:
        return 0.0
    return float(metres(points[slice(None, -1)], points[slice(1, None)]).sum())
