"""Which line a camera's stream comes by, and what each line carries: declared in a file.

A site sets what its own lines carry: ``trunk_kbits`` of its settings.
"""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from console.base import resources
from console.base.errors import BadData
from console.base.shape import shaped
from console.video.eyes import Eye

FILE = "trunks.toml"
SETTINGS, KEY = "settings", "trunk_kbits"
OF_DISTRICT = "-"
"""Between the id of a line and the district whose own it is: ``district-320117``."""
NETWORK = slice(13, 14)
"""Where a GB/T 28181 code says by which network a camera is reached."""
CITY = ""
"""The district of a camera that belongs to none."""


class Trunk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line, or one for each district. ``kbits``: what it gives one wall, kbit a second.

    A condition that is left out lets every camera in. ``districts_kbits``: where the line of some
    district carries another amount.
    """

    id: str
    name: str
    name_en: str
    kbits: int
    networks: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    each_district: bool = False
    districts_kbits: dict[str, int] = {}

    def takes(self, eye: Eye) -> bool:
        """Tell whether a camera's stream comes by this line."""
        host = urlsplit(eye.sub or eye.main).hostname or ""
        fits = (
            (self.networks, eye.code[NETWORK]), (self.districts, eye.district), (self.hosts, host),
        )  # fmt: skip
        own = not self.each_district or eye.district != CITY
        return own and all(not wanted or said in wanted for wanted, said in fits)

    @property
    def open(self) -> bool:
        """Tell whether it takes whatever comes."""
        return not (self.networks or self.districts or self.hosts or self.each_district)


class Way(Struct, frozen=True):
    """By which line one camera's stream comes: of which district, where each has its own."""

    trunk: str
    district: str = ""


class Trunks:
    """Every line, the first that takes a camera is its."""

    def __init__(self, trunks: Iterable[Trunk]) -> None:
        self._trunks = {trunk.id: trunk for trunk in trunks}

    def way(self, eye: Eye) -> Way:
        """Give by which line a camera's stream comes."""
        found = next(trunk for trunk in self._trunks.values() if trunk.takes(eye))
        return Way(found.id, eye.district if found.each_district else "")

    def mbits(self, way: Way) -> float:
        """Give what a line carries, Mbit a second."""
        trunk = self._trunks[way.trunk]
        return trunk.districts_kbits.get(way.district, trunk.kbits) / 1_000

    def name(self, way: Way, *, english: bool = False) -> str:
        """Give what a line is called; ``{district}`` stands in it for its district."""
        trunk = self._trunks[way.trunk]
        return trunk.name_en if english else trunk.name


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    trunk: tuple[Trunk, ...]


def read_trunks(
    kbits: Mapping[str, int] = MappingProxyType({}), districts: Collection[str] = (),
    file: str = FILE,
) -> Trunks:  # fmt: skip
    """Read the lines; ``kbits``: what a site's own carry, by their ids; ``districts``: there are.

    BadData names the key that is wrong.
    """
    found = shaped(
        resources.table(file), _File, file, resources.path(file).read_text("utf-8")
    ).trunk
    if len({trunk.id for trunk in found}) < len(found):
        raise BadData(file, "trunk.id", "two lines have the same id")
    for trunk in found:
        if min((trunk.kbits, *trunk.districts_kbits.values())) <= 0:
            raise BadData(file, f"trunk {trunk.id}", "a line carries more than nothing")
    if not found or not found[-1].open:
        raise BadData(file, "trunk", "the last line takes all that is left: without conditions")
    return Trunks(_set(found, kbits, districts))


def _set(
    trunks: Iterable[Trunk], kbits: Mapping[str, int], districts: Collection[str]
) -> list[Trunk]:
    """Give the lines with what a site's own carry."""
    found = {trunk.id: trunk for trunk in trunks}
    for key, said in kbits.items():
        line, _, district = key.partition(OF_DISTRICT)
        trunk = found.get(line)
        if trunk is None or (district and not trunk.each_district):
            there = ", ".join(map(_key, found.values()))
            raise BadData(SETTINGS, f"{KEY}.{key}", f"no such line; there are {there}")
        if district and district not in districts:
            raise BadData(SETTINGS, f"{KEY}.{key}", f"no such district: {district}")
        if district:
            own = trunk.districts_kbits | {district: said}
            found[line] = replace(trunk, districts_kbits=own)
        else:
            found[line] = replace(trunk, kbits=said)
    return list(found.values())


def _key(trunk: Trunk) -> str:
    """Say how a line is named in settings."""
    return f"{trunk.id}, {trunk.id}{OF_DISTRICT}DISTRICT" if trunk.each_district else trunk.id
