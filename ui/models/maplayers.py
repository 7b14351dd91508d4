"""What the layers of the map show: read from the core and the map's package, on any thread."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from console.app import Core
from console.base.errors import BadData, Refused
from console.base.text import TEXTS, text
from console.domain.changes import Changes
from console.domain.datum import Cgcs2000
from console.domain.query import parse_query
from console.domain.reading import Reading
from console.domain.record import Unit
from console.domain.rows import NO_EXERCISE, SHAPES, Row
from console.maps.library import Library
from console.maps.mercator import world
from console.scenes.scene import SceneShape
from ui.models.board import STANDS, at_work
from ui.models.mapmarks import Marks, Moving, Patch, Shown, Symbol
from ui.models.mapsheet import Layer, Seen
from ui.models.mapstock import Sight, Stocks
from ui.models.mapwarned import drawn, planned, warned

VIEW_M = 120.0
"""How far a camera is drawn to see."""
NAMED = ("title", "name", "call_sign")
NOWHERE = float("nan")
STANDS_MPS = 0.5
"""Slower than this a unit stands, and its heading means nothing."""
NEW_MS = 10 * 60_000
"""An incident is new for so long."""
HANDLED = frozenset(("signed", "en_route", "handling", "feedback", "verifying"))
NEW, OVERDUE, TAKEN, WAITING, REFUSED, EXERCISE = 1, 2, 3, 4, 5, 6


@dataclass(slots=True)
class Narrowing:
    """To what the map is narrowed: an incident, with what works on it."""

    incident: str = ""
    title: str = ""
    units: frozenset[str] = field(default_factory=frozenset[str])


class Layers:
    """Reads the layers; keeps the rows of each, so that news change only what they touch."""

    def __init__(self, core: Core, library: Library, layers: Sequence[Layer]) -> None:
        self._core = core
        self._library = library
        self.layers = {layer.id: layer for layer in layers}
        self._rows: dict[str, dict[str, Row]] = {}
        self._places: dict[str, Marks] = {}
        self._marks: dict[str, Marks] = {}
        self._patches: dict[str, list[Patch]] = {}
        self._spoken: dict[str, str] = {}
        self.troubles: list[Refused] = []
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
        needed = {_source(self.layers, seen)} | seen.shown
        for layer in (self.layers[name] for name in seen.order if name in needed):
            match layer.draw:
                case "heat":
                    heat = self._of(self.layers[layer.of], changes)
                case "live":
                    units = self._units(narrowing)
                case "areas" | "plans" | "shapes":
                    patches += self._areas(layer, changes)
                case "components":
                    marks += self._components(layer, sight, counts, fewer)
                case "points":
                    marks += [self._of(layer, changes)] if layer.id in seen.shown else []
        counts = {m.layer: len(m) for m in marks} | {"units": len(units)} | counts
        for kind in ("warning", "plan"):
            counts[f"{kind}s"] = len({p.id for p in patches if p.kind == kind})
        held = [name for name in needed & self._patches.keys() if self.layers[name].shape]
        counts |= {name: len(self._patches[name]) for name in held}
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

    def _areas(self, layer: Layer, changes: Changes) -> list[Patch]:
        """Give the areas of a layer; read anew when a record or the language has changed."""
        if layer.shape is not None:
            return self._shapes(layer.id, layer.shape)
        spoken = self._spoken.get(layer.id) == TEXTS.language
        if not spoken or changes.everything or changes.of(layer.kind):
            self._spoken[layer.id] = TEXTS.language
            core = self._core
            read = planned(core) if layer.draw == "plans" else warned(core, self._library)
            self._patches[layer.id] = read
        return self._patches[layer.id]

    def _shapes(self, layer: str, shape: SceneShape) -> list[Patch]:
        """Give the lines and areas of a layer; of a file that is wrong none, and it is told."""
        if layer not in self._patches:
            try:
                self._patches[layer] = drawn(shape, self._library)
            except BadData as error:
                self._patches[layer] = []
                file = Path(error.file).name
                self.troubles.append(
                    Refused("refused.bad_layer", file=file, where=error.where, why=error.why)
                )
        return self._patches[layer]

    def _of(self, layer: Layer, changes: Changes) -> Marks:
        if layer.place:
            return self._place_marks(layer)
        touched = None if changes.everything else [i for k, i in changes.touched if k == layer.kind]
        if layer.id not in self._rows or touched is None or touched:
            rows = self._fresh(layer, touched if layer.id in self._rows else None)
            self._marks[layer.id] = marks_of(layer, rows)
        if layer.kind == "incident":
            self._badge(layer)
        return self._marks[layer.id]

    def _badge(self, layer: Layer) -> None:
        """Say of each incident whether it is new, overdue, or in hands: it changes by itself."""
        marks, rows = self._marks[layer.id], self._rows[layer.id]
        fresh = badges([rows[i] for i in marks.ids], self._core.clock.now())
        if marks.badge is None or not np.array_equal(marks.badge, fresh):
            self._marks[layer.id] = replace(marks, badge=fresh)

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


def placed(layer: Layer, rows: Mapping[str, Row]) -> list[Row]:
    """Give the rows of which it is known where they are, in order."""
    lon, lat = (SHAPES[layer.kind].index(name) for name in ("lon", "lat"))
    return [row for row in rows.values() if row[lon] and row[lat]]


def marks_of(layer: Layer, rows: Mapping[str, Row]) -> Marks:
    """Give rows as the points of a layer."""
    shape = SHAPES[layer.kind]
    lon, lat = shape.index("lon"), shape.index("lat")
    by = shape.index(layer.by) if layer.by else -1
    there = placed(layer, rows)
    values = list(layer.symbol)
    other = len(values) - 1
    known = {value: n for n, value in enumerate(values)}
    look = np.array([known.get(row[by], other) if by >= 0 else other for row in there], np.int16)
    x, y = world(Cgcs2000.of([row[lon] for row in there], [row[lat] for row in there]))
    marks = Marks(
        layer.id, layer.kind, [str(row[0]) for row in there], x, y, look, _symbols(layer),
        layer.least, layer.cluster, names=_names(layer.kind, there),
    )  # fmt: skip
    if "bearing" not in shape.types:
        return marks
    bearing, fov = shape.index("bearing"), shape.index("fov")
    turn = np.array([row[bearing] if row[fov] else NOWHERE for row in there], np.float64)
    angle = np.array([row[fov] for row in there], np.float64)
    return replace(marks, turn=turn, angle=angle, reach=np.full(len(there), VIEW_M))


def _names(kind: str, rows: Sequence[Row]) -> list[str]:
    shape = SHAPES[kind]
    name = next(shape.index(n) for n in NAMED if n in shape.types)
    state = shape.index("state")
    return [f"{row[name]} · {text(f'state.{kind}.{row[state]}')}" for row in rows]


def badges(rows: Sequence[Row], now: int) -> NDArray[np.uint8]:
    """Give the badge of each incident, as BADGES; an exercise's says that before all else."""
    shape = SHAPES["incident"]
    came, due, paused, state = (shape.index(n) for n in ("reported_at", "due", "paused", "state"))
    exercise = shape.index("exercise")
    pending, refused, conflict = (shape.index(n) for n in ("pending", "refused", "conflict"))
    found = np.zeros(len(rows), np.uint8)
    for n, row in enumerate(rows):
        if row[exercise] not in ("", NO_EXERCISE):
            found[n] = EXERCISE
        elif row[refused] or row[conflict]:
            found[n] = REFUSED
        elif row[due] and row[due] < now and not row[paused]:
            found[n] = OVERDUE
        elif row[pending]:
            found[n] = WAITING
        elif now - int(row[came] or 0) < NEW_MS:
            found[n] = NEW
        elif row[state] in HANDLED:
            found[n] = TAKEN
    return found
