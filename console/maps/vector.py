"""Vector tiles (Mapbox Vector Tile 2.1) to arrays and back, features of one look joined.

A tile holds strokes and areas by (kind, sort), and labels. Positions are shares of the tile: 0 to 1
from its west and its north edge, a little beyond where a line goes on. What a foreign tile calls
its layers is told by resources/map/schema.toml.
"""

import gzip
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from mapbox_vector_tile.Mapbox import vector_tile_pb2
from numpy.typing import NDArray

from console.base import resources

_pb: Any = vector_tile_pb2
Shares = NDArray[np.float32]
Starts = NDArray[np.int64]
POINT, LINE, AREA = 1, 2, 3
MOVE, DRAW, CLOSE = 1, 2, 7
EXTENT = 8_192
LABELS = "label"
LARGEST = 32_000_000
"""No tile is larger than this when it is unpacked: more is a fault or a trap."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Many lines or rings of one look: positions (n × 2), and where each one begins."""

    kind: str
    sort: str
    area: bool
    xy: Shares
    starts: Starts


@dataclass(frozen=True, slots=True)
class Label:
    """A name at a place of the tile; ``turn``: degrees, with the clock. The least rank is first."""

    text: str
    kind: str
    sort: str
    x: float
    y: float
    turn: float = 0.0
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Tile:
    """What a vector tile shows."""

    shapes: tuple[Shape, ...] = ()
    labels: tuple[Label, ...] = ()


class BadTile(ValueError):
    """These bytes are no vector tile."""


def encode(tile: Tile) -> bytes:
    """Give a tile as compressed bytes: a layer for each kind, `label` for the names."""
    made = _pb.tile()
    kinds: dict[str, list[Shape]] = {}
    for shape in tile.shapes:
        kinds.setdefault(shape.kind, []).append(shape)
    for kind, shapes in kinds.items():
        layer = _layer(made, kind)
        for shape in shapes:
            feature = layer.features.add(type=AREA if shape.area else LINE)
            feature.geometry.extend(_written(shape))
            _tag(layer, feature, {"sort": shape.sort})
    if tile.labels:
        layer = _layer(made, LABELS)
        for label in tile.labels:
            feature = layer.features.add(type=POINT)
            at = np.rint(np.array([label.x, label.y]) * EXTENT).astype(np.int64)
            feature.geometry.extend([MOVE | 1 << 3, *_zigzag(at).tolist()])
            _tag(layer, feature, {
                "name": label.text, "kind": label.kind, "sort": label.sort,
                "turn": round(label.turn), "rank": label.rank,
            })  # fmt: skip
    return gzip.compress(made.SerializeToString(), 9, mtime=0)


def decode(body: bytes, schema: Mapping[str, Any] | None = None) -> Tile:
    """Read a tile's bytes, compressed or not; BadTile when they are none."""
    made = _pb.tile()
    try:
        made.ParseFromString(_unpacked(body))
        known = schema if schema is not None else _schema()
        shapes: list[Shape] = []
        labels: list[Label] = []
        for layer in made.layers:
            said = known.get(layer.name, {"kind": layer.name, "sort": "sort"})
            if layer.name == LABELS:
                labels += _labels(layer)
            else:
                shapes += _shapes(layer, said)
                labels += _named(layer, said)
    except Exception as error:
        raise BadTile(str(error)) from error
    return Tile(tuple(shapes), tuple(labels))


def _schema() -> Mapping[str, Any]:
    return resources.table("map/schema.toml")["layer"]


def _unpacked(body: bytes) -> bytes:
    if body[:2] != b"\x1f\x8b":
        return body
    held = zlib.decompressobj(31)
    plain = held.decompress(body, LARGEST)
    if held.unconsumed_tail:
        raise BadTile("too large")
    return plain


def _layer(made: Any, name: str) -> Any:
    return made.layers.add(name=name, version=2, extent=EXTENT)


def _tag(layer: Any, feature: Any, facts: Mapping[str, str | int]) -> None:
    for name, value in facts.items():
        if name not in layer.keys:
            layer.keys.append(name)
        held = _pb.tile.value()
        if isinstance(value, str):
            held.string_value = value
        else:
            held.sint_value = value
        layer.values.append(held)
        feature.tags.extend([list(layer.keys).index(name), len(layer.values) - 1])


def _written(shape: Shape) -> list[int]:
    """Give the commands of a shape: each ring moves, draws, and an area's closes."""
    found: list[int] = []
    at = np.zeros(2, np.int64)
    whole = np.rint(shape.xy.astype(np.float64) * EXTENT).astype(np.int64)
    for run in np.split(whole, shape.starts[1:]):
        fresh = np.ones(len(run), bool)
        fresh[1:] = (np.diff(run, axis=0) != 0).any(axis=1)
        points = run[fresh]
        if shape.area and len(points) > 1 and (points[0] == points[-1]).all():
            points = run[fresh][:-1]
        if len(points) < (3 if shape.area else 2):
            continue
        steps = _zigzag(np.diff(np.vstack([at, points]), axis=0)).ravel().tolist()
        found += [MOVE | 1 << 3, *steps[:2], DRAW | (len(points) - 1) << 3, *steps[2:]]
        if shape.area:
            found.append(CLOSE | 1 << 3)
        at = points[-1]
    return found


def _zigzag(steps: NDArray[np.int64]) -> NDArray[np.int64]:
    return (steps << 1) ^ (steps >> 63)


def _read(geometry: Sequence[int]) -> tuple[NDArray[np.int64], Starts]:
    """Give the positions of a feature and where each line or ring begins."""
    codes = np.array(geometry, np.int64)
    starts: list[int] = []
    take: list[NDArray[np.int64]] = []
    place, done = 0, 0
    while place < len(codes):
        command, count = int(codes[place]) & 7, int(codes[place]) >> 3
        place += 1
        if command == CLOSE:
            continue
        if command == MOVE:
            starts += range(done, done + count)
        take.append(codes[place : place + 2 * count])
        place += 2 * count
        done += count
    if not take:
        return np.zeros((0, 2), np.int64), np.zeros(0, np.int64)
    steps = np.concatenate(take)
    plain = (steps >> 1) ^ -(steps & 1)
    return np.cumsum(plain.reshape(-1, 2), axis=0), np.array(starts, np.int64)


def _shapes(layer: Any, said: Mapping[str, Any]) -> Iterable[Shape]:
    joined: dict[tuple[str, bool], list[tuple[NDArray[np.int64], Starts]]] = {}
    for feature in layer.features:
        if feature.type in (LINE, AREA):
            sort = _sort(_facts(layer, feature), said)
            joined.setdefault((sort, feature.type == AREA), []).append(_read(feature.geometry))
    for (sort, area), parts in joined.items():
        sizes = np.cumsum([0, *(len(xy) for xy, _ in parts)])
        starts = np.concatenate([s + n for (_, s), n in zip(parts, sizes.tolist(), strict=False)])
        xy = np.concatenate([xy for xy, _ in parts]) / layer.extent
        yield Shape(said["kind"], sort, area, xy.astype(np.float32), starts.astype(np.int64))


def _named(layer: Any, said: Mapping[str, Any]) -> Iterable[Label]:
    """Give the names on a foreign layer's points."""
    for feature in layer.features:
        if feature.type != POINT:
            continue
        facts = _facts(layer, feature)
        name = str(facts.get("name:zh", facts.get("name", "")))
        xy, _ = _read(feature.geometry)
        if name and len(xy):
            x, y = (xy[0] / layer.extent).tolist()
            yield Label(name, str(said["kind"]), _sort(facts, said), x, y, rank=said.get("rank", 5))


def _labels(layer: Any) -> Iterable[Label]:
    for feature in layer.features:
        facts = _facts(layer, feature)
        xy, _ = _read(feature.geometry)
        x, y = (xy[0] / layer.extent).tolist()
        yield Label(
            str(facts["name"]), str(facts["kind"]), str(facts["sort"]), x, y,
            float(facts["turn"]), int(facts["rank"]),
        )  # fmt: skip


def _sort(facts: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    value = str(facts.get(said.get("sort", ""), said.get("usual", "")))
    return str(said.get("means", {}).get(value, value))


def _facts(layer: Any, feature: Any) -> dict[str, Any]:
    tags = list(feature.tags)
    return {
        layer.keys[k]: _value(layer.values[v]) for k, v in zip(tags[::2], tags[1::2], strict=True)
    }


def _value(held: Any) -> Any:
    fields = held.ListFields()
    return fields[0][1] if fields else ""
