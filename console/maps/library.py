"""The maps of a seat: the packages in its folder, else the schematic map that ships with the city.

The first package (by name) that holds boundaries, roads or places gives them; each is read once,
when it is first asked for. What cannot be read is named in ``troubles`` and passed over.
"""

import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import shapely

from console.base import resources
from console.base.errors import BadData
from console.domain.datum import Cgcs2000
from console.domain.place import Area, Boundaries, Found, Level
from console.maps import graph, package
from console.maps.archive import Archive
from console.maps.build import Border, Place
from console.maps.components import SUFFIX, Component, Components
from console.maps.near import Near
from console.maps.online import Service
from console.maps.package import About, Package
from console.maps.roads import Roads
from console.maps.shapes import Shape, read_shapes
from console.maps.source import Source, open_file

T = TypeVar("T")
_geo: Any = shapely  # typed in parts only
KINDS = (".mbtiles", ".pmtiles")
COMPONENT = "component"


class Library:
    """Everything that maps of this seat can tell; safe to ask from any thread."""

    def __init__(
        self, folder: Path, city: str, service: Service | None = None,
        labels: Service | None = None,
    ) -> None:  # fmt: skip
        self.service = service
        self.labels = labels
        self._folder = folder
        self._shipped = resources.path(f"map/{city}.mbtiles")
        self._own = resources.path(f"map/{city}")
        self._lock = threading.Lock()
        self._read: dict[str, object] = {}
        self.troubles: list[BadData] = []
        self.files: list[Package | Archive] = []
        for file in self._found():
            try:
                self.files.append(open_file(file))
            except BadData as error:
                self.troubles.append(error)

    @property
    def ground(self) -> Source | None:
        """Give the map that is drawn: the service when there is one; None where there is none."""
        return self.service or (self.files[0] if self.files else None)

    @property
    def services(self) -> tuple[Service, ...]:
        """Give the services that there are: of the map, and of the names that lie on it."""
        return tuple(each for each in (self.service, self.labels) if each is not None)

    @property
    def under(self) -> Source | None:
        """Give the map on disk that is seen where the service has nothing; None without both."""
        return self.files[0] if self.service is not None and self.files else None

    def about(self) -> Sequence[tuple[Path, About]]:
        """Say which maps there are."""
        return [(each.file, each.about) for each in self.files]

    def boundaries(self) -> Boundaries:
        """Give the boundaries; empty ones when no map has any."""
        return self._once("boundaries", package.BOUNDARIES, _boundaries) or Boundaries(())

    def roads(self) -> Roads | None:
        """Give the road graph; None when no map has one."""
        return self._once("roads", package.ROADS, _roads)

    def places(self) -> Sequence[Place]:
        """Give the places that matter, and the named roads."""
        return self._once("places", package.PLACES, _places) or ()

    def components(self) -> tuple[Components, ...]:
        """Give the files of components, one a district as a rule; they are opened once."""
        with self._lock:
            if "components" not in self._read:
                self._read["components"] = tuple(self._stocks())
            held: Any = self._read["components"]
        return held

    def component(self, code: str) -> Component | None:
        """Give a component by its code; None when no file has it."""
        for each in self.components():
            if (number := each.number(code)) >= 0:
                return each.one(number)
        return None

    def shapes(self, file: str, name: str, crs: str) -> tuple[Shape, ...]:
        """Give the lines and areas of a file of the seat's folder, else of the city's own.

        ``name``: the property that names a feature. None where there is no such file; BadData
        names the feature that is wrong, whenever it is asked for.
        """
        for folder in (self._folder, self._own):
            if (folder / file).is_file():
                return read_shapes(folder / file, name, crs)
        return ()

    def near(self, sort: str) -> Near[Place]:
        """Give the spatial index of the places of one sort: hospital, hydrant, shelter."""
        with self._lock:
            held: Any = self._read.get(f"near.{sort}")
        if held is not None:
            return held
        mine = [p for p in self.places() if p.sort == sort]
        made = Near(Cgcs2000.of([p.lon for p in mine], [p.lat for p in mine]), mine)
        with self._lock:
            self._read[f"near.{sort}"] = made
        return made

    def find(self, words: str, most: int = 20) -> list[Place]:
        """Find places and roads by a part of their name, the closest match first; then components.

        A component is found by the beginning of its code, or by its name.
        """
        held = [p for p in self.places() if words and (words in p.name or p.name in words)]
        held.sort(key=lambda p: (p.name != words, p.name not in words, len(p.name)))
        for each in self.components() if len(held) < most else ():
            some = each.find(words, most - len(held))
            held += [Place(COMPONENT, f"{c.name} {c.code}", c.lon, c.lat) for c in some]
        return held[:most]

    def close(self) -> None:
        for each in (*self.files, *self.services):
            each.close()

    def _found(self) -> list[Path]:
        own: list[Path] = []
        if self._folder.is_dir():
            own = sorted(f for f in self._folder.iterdir() if f.suffix.lower() in KINDS)
        return [*own, *([self._shipped] if self._shipped.is_file() else [])]

    def _stocks(self) -> Iterator[Components]:
        found = sorted(self._folder.glob(f"*{SUFFIX}")) if self._folder.is_dir() else []
        for file in found:
            try:
                yield Components(file)
            except (BadData, OSError) as error:
                told = error if isinstance(error, BadData) else BadData(str(file), "", str(error))
                self.troubles.append(told)

    def _once(self, name: str, part: str, read: Callable[[bytes, Package], T]) -> T | None:
        with self._lock:
            if name not in self._read:
                self._read[name] = self._first(part, read)
            held: Any = self._read[name]
        return held

    def _first(self, part: str, read: Callable[[bytes, Package], T]) -> T | None:
        for each in self.files:
            body = each.part(part) if isinstance(each, Package) else None
            if body is not None and isinstance(each, Package):
                try:
                    return read(body, each)
                except BadData as error:
                    self.troubles.append(error)
        return None


def locate(found: Found, boundaries: Boundaries) -> dict[str, str]:
    """Give where a point is in words: codes and names."""
    said: dict[str, str] = {}
    levels: tuple[tuple[Level, str], ...] = (
        ("district", found.district), ("street", found.street), ("grid", found.grid),
    )  # fmt: skip
    for level, code in levels:
        area = boundaries.area(level, code) if code else None
        said[level] = code
        said[f"{level}_name"] = area.name if area else ""
    return said


def _boundaries(body: bytes, held: Package) -> Boundaries:
    borders = _opened(body, held, package.BOUNDARIES, list[Border])
    levels: dict[str, Level] = {"district": "district", "street": "street", "grid": "grid"}
    try:
        areas = [Area(levels[b.level], b.code, b.name, _geo.from_wkb(b.shape)) for b in borders]
    except (KeyError, shapely.errors.ShapelyError) as error:
        raise BadData(str(held.file), package.BOUNDARIES, str(error)) from error
    return Boundaries(areas, held.about.date, schematic=held.about.schematic)


def _roads(body: bytes, held: Package) -> Roads:
    return Roads(graph.unpack(body, str(held.file)))


def _places(body: bytes, held: Package) -> list[Place]:
    return _opened(body, held, package.PLACES, list[Place])


def _opened(body: bytes, held: Package, part: str, of: type[T]) -> T:
    try:
        return msgspec.msgpack.decode(zlib.decompress(body), type=of)
    except (zlib.error, msgspec.MsgspecError) as error:
        raise BadData(str(held.file), part, str(error)) from error
