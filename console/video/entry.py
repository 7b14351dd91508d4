"""One camera as a catalogue from outside tells of it, and what cannot be taken, with the reason."""

from msgspec import Struct

from console.domain.city import City

DIGITS = 20
CAMERAS = frozenset(("111", "118", "121", "122", "131", "132"))
"""Types of device (digits 11 to 13 of a GB/T 28181 code) that give a picture themselves, but for
DVR and NVR, which some write for each of their channels too."""


class Entry(Struct, frozen=True, kw_only=True):
    """What a catalogue says of one camera; ``place``: a division code, or a name of one."""

    code: str
    name: str = ""
    type: str = ""
    owner: str = ""
    place: str = ""
    lon: float = 0.0
    lat: float = 0.0
    height: float = 0.0
    bearing: float = 0.0
    fov: float = 0.0
    ptz: bool = False
    main: str = ""
    sub: str = ""
    on: bool = True


class Bad(Struct, frozen=True, kw_only=True):
    """What was set aside: where it stood, what it was, and why (a text key)."""

    where: str
    what: str
    why: str


class Catalogue(Struct, frozen=True, kw_only=True):
    """Entries in their order; ``told``: how many there are by the source's own word, or 0."""

    entries: tuple[Entry, ...] = ()
    gone: tuple[str, ...] = ()
    bad: tuple[Bad, ...] = ()
    told: int = 0


def wrong_code(code: str) -> str:
    """Say what is wrong with a code (a text key); "" when nothing is."""
    if len(code) != DIGITS or not code.isascii() or not code.isdigit():
        return "cameras.bad_code"
    return "" if code[10:13] in CAMERAS else "cameras.no_camera"


def scope_of(city: City, place: str) -> str:
    """Give the jurisdiction of a place: a district's name, or a code of any length; "": none."""
    if place in city.streets:
        return city.scope_of("", place)
    named = next((d.code for d in city.districts.values() if d.name == place), place[:6])
    return named if named in city.districts else ""
