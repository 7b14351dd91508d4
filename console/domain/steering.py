"""Steering a camera: what hands wish of it, and who may have it. Plain values.

A motion goes on until another comes: whoever steers sends the still one when the key is let go.
"""

from typing import Literal

from msgspec import Struct

Preset = Literal["call", "save", "drop"]
FASTEST, PRESETS = 8, 255


class Motion(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Which way, -1, 0 or 1 each, and how fast (1 to 8).

    ``pan``: 1 to the right; ``tilt``: 1 up; ``zoom``: 1 nearer; ``focus``: 1 far; ``iris``: 1 open.
    A lens moves alone: with ``focus`` or ``iris`` the others are not looked at.
    """

    pan: int = 0
    tilt: int = 0
    zoom: int = 0
    focus: int = 0
    iris: int = 0
    speed: int = 4

    @property
    def still(self) -> bool:
        return not (self.pan or self.tilt or self.zoom or self.focus or self.iris)

    @property
    def sound(self) -> bool:
        """Tell whether every number is one that there is."""
        ways = (self.pan, self.tilt, self.zoom, self.focus, self.iris)
        return all(way in (-1, 0, 1) for way in ways) and 1 <= self.speed <= FASTEST


class Place(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A preset place: go there ("call"), make it the place of now ("save"), forget it ("drop")."""

    do: Preset
    number: int

    @property
    def sound(self) -> bool:
        return 1 <= self.number <= PRESETS
