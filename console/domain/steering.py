"""Steering a camera: what hands wish of it, and who may have it. Plain values.

A motion goes on until another comes: whoever steers sends the still one when the key is let go.
"""

from typing import Literal

from msgspec import Struct

Preset = Literal["call", "save", "drop"]
Stop = Literal["", "again", "unsure"]
"""Not confirmed: it is tried again, or has failed so often that people are told."""
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


class Steer(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One wish of one seat: either a motion or a place. ``incident``: what it is for, or ""."""

    camera: str
    motion: Motion | None = None
    place: Place | None = None
    incident: str = ""
    seat: str = ""

    @property
    def wish(self) -> Motion | Place | None:
        """Give what is wished, when it is one sound thing; None otherwise."""
        if (self.motion is None) == (self.place is None):
            return None
        found = self.motion or self.place
        return found if found is not None and found.sound else None


class Claim(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a seat wants of the right to steer a camera: to have it, to give it back, to keep it.

    ``ask``: to have it, from whoever has it; ``keep``: whoever has it does not give it.
    """

    camera: str
    do: Literal["ask", "give", "keep"]
    incident: str = ""
    seat: str = ""


class Hold(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who may steer a camera now, until when (ms UTC), and who has asked for it meanwhile.

    ``asked_until``: then whoever asked gets it, unless the holder keeps it. ``stop``: a stop of it
    is not confirmed; ``until`` is 0 where nobody has it any more, and ``user`` who moved it last.
    """

    camera: str
    user: str
    name: str = ""
    seat: str = ""
    rank: int = 0
    until: int = 0
    asked_by: str = ""
    asked_name: str = ""
    asked_until: int = 0
    stop: Stop = ""


class Steered(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the log of steering. ``what``: a motion, a place, or what became of a hold."""

    at: int
    camera: str
    user: str
    name: str = ""
    seat: str = ""
    what: str = ""
    incident: str = ""
