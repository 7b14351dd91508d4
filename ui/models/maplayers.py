"""What the layers of the map show: read from the core and the map's package, on any thread."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from msgspec import Struct

from console.app import Core
from console.base import resources
from console.base.shape import shaped
from console.base.text import text
from console.domain.changes import Changes
from console.domain.datum import Cgcs2000
from console.domain.query import parse_query
from console.domain.reading import Reading
from console.domain.record import Unit
from console.domain.rows import SHAPES, Row
from console.maps.library import Library
from console.maps.mercator import world
from ui.models.board import STANDS, at_work
from ui.models.mapmarks import Marks, Moving, Patch, Shown, Symbol
from ui.models.mapstock import Sight, Stocks
from ui.models.mapwarned import warned

FILE = "map/layers.toml"
KEPT = "map/layers"
VIEW_M = 120.0
"""How far a camera is drawn to see."""
NAMED = ("title", "name", "call_sign")
NOWHERE = float("nan")
STANDS_MPS = 0.5
"""Slower than this a unit stands, and its heading means nothing."""


class Layer(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
    rename={"only_open": "open", "least": "from"},
):  # fmt: skip
    """One layer, as its file says."""

    id: str
    draw: Literal["points", "live", "heat", "areas", "components"]
    kind: str = ""
    place: str = ""
    of: str = ""
    where: str = ""
    only_open: bool = False
    by: str = ""
    symbol: dict[str, tuple[str, str, float]] = {}
    least: float = 0.0
    cluster: float = 0.0
    shown: bool = True


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    layer: tuple[Layer, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Which layers are shown, and in which order, from the ground up; kept for each seat."""

    order: tuple[str, ...]
    shown: frozenset[str]

    def turned(self, layer: str) -> "Seen":
        """Show a layer that is hidden, hide one that is shown."""
        return replace(self, shown=self.shown ^ {layer})

    def raised(self, layer: str, by: int) -> "Seen":
        """Move a layer up or down among the others."""
        order = [name for name in self.order if name != layer]
        at = min(max(self.order.index(layer) + by, 0), len(order))
        return replace(self, order=(*order[:at], layer, *order[at:]))


@dataclass(slots=True)
class Narrowing:
    """To what the map is narrowed: an incident, with what works on it."""

    incident: str = ""
    title: str = ""
    units: frozenset[str] = field(default_factory=frozenset[str])


def read_layers() -> tuple[Layer, ...]:
    """Read the layers; BadData names the key that is wrong."""
    return shaped(resources.table(FILE), _File, FILE).layer


def usual(layers: Sequence[Layer]) -> Seen:
    """Give what a seat begins with."""
    return Seen(tuple(x.id for x in layers), frozenset(x.id for x in layers if x.shown))


def kept(core: Core, layers: Sequence[Layer]) -> Seen:
    """Give what this seat chose last; layers that came since stand as usual."""
    begins, held = usual(layers), core.kept(f"{KEPT}/{core.seat or '-'}")
    if held is None:
        return begins
    order, _, shown = held.decode().partition("|")
    known = [name for name in order.split() if name in begins.order]
    fresh = [name for name in begins.order if name not in known]
    on = {name for name in shown.split() if name in begins.order}
    return Seen((*known, *fresh), frozenset(on | {n for n in fresh if n in begins.shown}))


def keep(core: Core, seen: Seen) -> None:
    """Keep what this seat chose."""
    line = f"{' '.join(seen.order)}|{' '.join(sorted(seen.shown))}"
    core.keep(f"{KEPT}/{core.seat or '-'}", line.encode())


class Layers:
    """Reads the layers; keeps the rows of each, so that news change only what they touch."""

    def __init__(self, core: Core, library: Library, layers: Sequence[Layer]) -> None:
        self._core = core
        self._library = library
        self.layers = {layer.id: layer for layer in layers}
        self._rows: dict[str, dict[str, Row]] = {}
        self._places: dict[str, Marks] = {}
        self._marks: dict[str, Marks] = {}
        self._warned: list[Patch] | None = None
        self._stocks: Stocks | None = None
        self._stock: tuple[Sight, Marks, int] | None = None

    def read(
        self, seen: Seen, changes: Changes, narrowing: Narrowing, sight: Sight | None = None
    ) -> Shown:
        """Give what is shown after these changes, in a sight; reads what is needed."""
        marks: list[Marks] = []
        heat: Marks | None = None
        units: tuple[Moving, ...] = ()
        patches: list[Patch] = []
        counts, fewer = dict[str, int](), dict[str, int]()
        for name in seen.order:
            layer = self.layers[name]
            if name not in seen.shown and layer.id != _source(self.layers, seen):
                continue
            match layer.draw:
                case "heat":
                    heat = self._of(self.layers[layer.of], changes)
                case "live":
                    units = self._units(narrowing)
                case "areas":
                    patches += self._areas(changes)
                case "components":
                    marks += self._components(layer, sight, counts, fewer)
                case "points" if name in seen.shown:
                    marks.append(self._of(layer, changes))
                case _:
                    pass
        counts = {m.layer: len(m) for m in marks} | {"units": len(units)} | counts
        counts["warnings"] = len({p.id for p in patches})
        return Shown(tuple(marks), tuple(patches), units, heat, narrowing.title, counts, fewer)

    def stocks(self) -> Stocks:
        """Give what reads the components."""
        if self._stocks is None:
            layer = next(each for each in self.layers.values() if each.draw == "components")
            symbols = {name: Symbol(*each) for name, each in layer.symbol.items()}
            self._stocks = Stocks(self._library.components(), symbols)
        return self._stocks

    def wants(self, seen: Seen, sight: Sight) -> bool:
        """Tell whether something stands in a sight that was not read yet."""
        held = self._stock
        near = any(
            layer.draw == "components" and name in seen.shown and sight.zoom >= layer.least
            for name, layer in self.layers.items()
        )
        return near and (held is None or not held[0].holds(sight))

    def _components(
        self, layer: Layer, sight: Sight | None, counts: dict[str, int], fewer: dict[str, int]
    ) -> list[Marks]:
        """Read the components of a sight, and a little more: small moves find them there."""
        if sight is None or sight.zoom < layer.least:
            return []
        held = self._stock
        if held is None or not held[0].holds(sight):
            wider = sight.wider()
            held = self._stock = (wider, *self.stocks().marks(layer.id, wider, layer.least))
        _, marks, counts[layer.id] = held
        if len(marks) < counts[layer.id]:
            fewer[layer.id] = len(marks)
        return [marks]

    def _areas(self, changes: Changes) -> list[Patch]:
        if self._warned is None or changes.everything or changes.of("warning"):
            self._warned = warned(self._core, self._library)
        return self._warned

    def _of(self, layer: Layer, changes: Changes) -> Marks:
        if layer.place:
            return self._place_marks(layer)
        touched = None if changes.everything else [i for k, i in changes.touched if k == layer.kind]
        if layer.id not in self._rows or touched is None or touched:
            rows = self._fresh(layer, touched if layer.id in self._rows else None)
            self._marks[layer.id] = _marks(layer, rows)
        return self._marks[layer.id]

    def _fresh(self, layer: Layer, ids: Collection[str] | None) -> Mapping[str, Row]:
        where = layer.where
        if layer.only_open:
            where = f"state:{','.join(sorted(self._core.machines[layer.kind].opened))} {where}"
        found = self._core.find(parse_query(layer.kind, where.strip()), ids)
        held = self._rows.setdefault(layer.id, {}) if ids is not None else {}
        for each in ids or ():
            held.pop(each, None)
        held.update((str(row[0]), row) for row in found)
        self._rows[layer.id] = held
        return held

    def _place_marks(self, layer: Layer) -> Marks:
        if layer.id not in self._places:
            mine = [p for p in self._library.places() if p.sort == layer.place]
            x, y = world(Cgcs2000.of([p.lon for p in mine], [p.lat for p in mine]))
            self._places[layer.id] = Marks(
                layer.id, "place", [f"{layer.place}/{n}" for n in range(len(mine))], x, y,
                np.zeros(len(mine), np.int16), _symbols(layer), layer.least, layer.cluster,
                names=[p.name for p in mine],
            )  # fmt: skip
        return self._places[layer.id]

    def _units(self, narrowing: Narrowing) -> tuple[Moving, ...]:
        core, now = self._core, self._core.clock.now()
        works, fixes = at_work(core), _fixes(core)
        found: list[Moving] = []
        for row in core.find(parse_query("unit", "-state:disbanded")):
            unit = core.get("unit", str(row[0]))
            fix = fixes.get(str(row[0]))
            if not isinstance(unit, Unit) or not (unit.lon or fix):
                continue
            stands = "busy" if unit.id in works else "free" if unit.state == "ready" else unit.state
            if narrowing.incident and stands == "busy" and unit.id not in narrowing.units:
                continue
            shape, role = STANDS[stands]
            lon, lat = (fix.lon, fix.lat) if fix else (unit.lon, unit.lat)
            x, y = world(Cgcs2000.of(lon, lat))
            age = max(0.0, (now - (fix.at if fix else unit.updated_at)) / 1_000)
            heading = fix.heading if fix and fix.speed > STANDS_MPS else NOWHERE
            name = unit.call_sign or unit.name
            found.append(Moving(unit.id, name, float(x), float(y), heading, age, role, shape))
        return tuple(found)


def _fixes(core: Core) -> dict[str, Reading]:
    """Give the last good position of each unit, of whichever source was last."""
    found: dict[str, Reading] = {}
    for (of, _), reading in core.last("position").items():
        held = found.get(of)
        if reading.quality != "bad" and reading.lon and (held is None or held.at < reading.at):
            found[of] = reading
    return found


def _source(layers: Mapping[str, Layer], seen: Seen) -> str:
    """Give the layer that a shown heat needs."""
    return next((layers[n].of for n in seen.order if n in seen.shown and layers[n].of), "")


def _symbols(layer: Layer) -> tuple[Symbol, ...]:
    return tuple(Symbol(*each) for each in layer.symbol.values())


def _marks(layer: Layer, rows: Mapping[str, Row]) -> Marks:
    shape = SHAPES[layer.kind]
    lon, lat = shape.index("lon"), shape.index("lat")
    by = shape.index(layer.by) if layer.by else -1
    placed = [row for row in rows.values() if row[lon] and row[lat]]
    values = list(layer.symbol)
    other = len(values) - 1
    known = {value: n for n, value in enumerate(values)}
    look = np.array([known.get(row[by], other) if by >= 0 else other for row in placed], np.int16)
    x, y = world(Cgcs2000.of([row[lon] for row in placed], [row[lat] for row in placed]))
    marks = Marks(
        layer.id, layer.kind, [str(row[0]) for row in placed], x, y, look, _symbols(layer),
        layer.least, layer.cluster, names=_names(layer.kind, placed),
    )  # fmt: skip
    if "bearing" not in shape.types:
        return marks
    bearing, fov = shape.index("bearing"), shape.index("fov")
    turn = np.array([row[bearing] if row[fov] else NOWHERE for row in placed], np.float64)
    angle = np.array([row[fov] for row in placed], np.float64)
    return replace(marks, turn=turn, angle=angle, reach=np.full(len(placed), VIEW_M))


def _names(kind: str, rows: Sequence[Row]) -> list[str]:
    shape = SHAPES[kind]
    name = next(shape.index(n) for n in NAMED if n in shape.types)
    state = shape.index("state")
    return [f"{row[name]} · {text(f'state.{kind}.{row[state]}')}" for row in rows]
