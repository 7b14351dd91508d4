"""A road graph as arrays: built from the lines of a map, packed into its package, read again."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zipfile import BadZipFile

import numpy as np
import shapely
from numpy.typing import NDArray

from console.base import resources
from console.base.errors import BadData
from console.domain.datum import Cgcs2000, Floats, metres
from console.maps.features import Feature, Harvest

_geo: Any = shapely  # typed in parts only
Ints = NDArray[np.int64]
FILE = "map/roads.toml"
DIGITS = 7
"""Of a degree: lines that meet have a vertex in common to the centimetre."""
STEP_M = 40.0
"""How far apart along an edge the places lie at which a point may enter it."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The arrays of a road graph: n nodes, m edges; an edge's bends lie between two offsets.

    ``tail``, ``head``: node of each end. ``seconds``, ``metres``: along the edge. ``oneway``: only
    from tail to head. ``label``: which of ``names``. ``bend_lon``, ``bend_lat``: its vertices,
    ends included, those of edge e from ``bend[e]`` to ``bend[e + 1]``.
    """

    tail: Ints
    head: Ints
    seconds: Floats
    metres: Floats
    oneway: NDArray[np.bool_]
    label: Ints
    bend: Ints
    bend_lon: Floats
    bend_lat: Floats
    names: tuple[str, ...]
    date: str
    source: str
    access_mps: float
    farthest_m: float

    @property
    def nodes(self) -> int:
        return int(max(self.tail.max(initial=-1), self.head.max(initial=-1))) + 1


@dataclass(frozen=True, slots=True)
class Places:
    """Places along edges, those of an edge one after the other: where, which edge, which share."""

    lon: Floats
    lat: Floats
    edge: Ints
    part: Floats


def build(harvest: Harvest, table: Mapping[str, Any] | None = None) -> Graph:
    """Build the graph of a harvest's roads; lines meet where they have a vertex in common."""
    said = table or resources.table(FILE)
    roads = [f for f in harvest.features if f.kind == "road" and f.sort in said["speed"]]
    lines, owner = _lines(roads)
    coords: Floats = _geo.get_coordinates(lines).round(DIGITS)
    sizes: Ints = np.asarray(_geo.get_num_coordinates(lines), np.int64)
    first = _offsets(sizes)
    line = np.repeat(np.arange(len(sizes)), sizes)
    _, vertex, often = np.unique(coords, axis=0, return_inverse=True, return_counts=True)
    vertex = vertex.ravel()
    node = often[vertex] > 1
    node[first[:-1]] = True
    node[first[1:] - 1] = True
    at = np.nonzero(node)[0]
    within = line[at[:-1]] == line[at[1:]] if len(at) else np.zeros(0, bool)
    begin, end = at[:-1][within], at[1:][within]
    bend = _offsets(end - begin + 1)
    pick: Ints = np.arange(int(bend[-1])) - np.repeat(bend[:-1] - begin, end - begin + 1)
    _, number = np.unique(vertex[np.concatenate([begin, end])], return_inverse=True)
    tail, head = np.split(number.ravel(), 2)
    names = tuple(dict.fromkeys(["", *(f.name for f in roads)]))
    label = np.array([names.index(f.name) for f in roads], np.int64)
    speed = np.array([said["speed"][f.sort] / 3.6 for f in roads])
    mine = owner[line[begin]] if len(begin) else np.zeros(0, np.int64)
    lon, lat = coords[pick, 0], coords[pick, 1]
    length = _lengths(lon, lat, bend)
    return Graph(
        tail=tail, head=head, seconds=length / speed[mine] if len(mine) else length,
        metres=length, oneway=np.array([f.oneway for f in roads], bool)[mine],
        label=label[mine], bend=bend, bend_lon=lon, bend_lat=lat, names=names,
        date=harvest.date, source=harvest.source,
        access_mps=said["access"]["speed"] / 3.6, farthest_m=float(said["access"]["farthest"]),
    )  # fmt: skip


def kept(graph: Graph, keep: NDArray[np.bool_]) -> Graph:
    """Give a graph with only some of its edges; nodes keep their numbers."""
    sizes = np.diff(graph.bend)
    vertices = np.repeat(keep, sizes)
    return replace(
        graph, tail=graph.tail[keep], head=graph.head[keep], seconds=graph.seconds[keep],
        metres=graph.metres[keep], oneway=graph.oneway[keep], label=graph.label[keep],
        bend=_offsets(sizes[keep]), bend_lon=graph.bend_lon[vertices],
        bend_lat=graph.bend_lat[vertices],
    )  # fmt: skip


def lines_of(graph: Graph) -> NDArray[np.object_]:
    """Give the line of every edge."""
    index = np.repeat(np.arange(len(graph.tail)), np.diff(graph.bend))
    return _geo.linestrings(np.column_stack([graph.bend_lon, graph.bend_lat]), indices=index)


def places(graph: Graph, x: Floats, y: Floats) -> Places:
    """Give places along every edge; ``x``, ``y``: its bends, in metres."""
    steps = np.maximum(np.ceil(graph.metres / STEP_M).astype(np.int64), 1) + 1
    first = _offsets(steps)
    edge = np.repeat(np.arange(len(steps)), steps)
    part: Floats = (np.arange(int(first[-1])) - first[edge]) / (steps[edge] - 1)
    # Lengths along all edges laid end to end: one interpolation serves them all.
    leap = np.hypot(np.diff(x), np.diff(y)) if len(x) else np.zeros(0)
    leap[graph.bend[1:-1] - 1] = 1.0
    along: Floats = np.append(0.0, np.cumsum(leap))[: len(x)]
    low, high = along[graph.bend[:-1]], along[graph.bend[1:] - 1]
    at: Floats = low[edge] + part * (high - low)[edge]
    if not len(at):
        return Places(at, at, edge, part)
    lon, lat = np.interp(at, along, graph.bend_lon), np.interp(at, along, graph.bend_lat)
    return Places(lon, lat, edge, part)


def pack(graph: Graph) -> bytes:
    """Give a graph as the bytes that a package carries."""
    body = io.BytesIO()
    small = {
        "tail": graph.tail.astype(np.int32), "head": graph.head.astype(np.int32),
        "seconds": graph.seconds.astype(np.float32), "metres": graph.metres.astype(np.float32),
        "oneway": graph.oneway, "label": graph.label.astype(np.int32),
        "bend": graph.bend.astype(np.int32),
        "lon": np.round(graph.bend_lon * 1e7).astype(np.int32),
        "lat": np.round(graph.bend_lat * 1e7).astype(np.int32),
        "names": np.frombuffer("\n".join(graph.names).encode(), np.uint8),
        "about": np.frombuffer(f"{graph.date}\n{graph.source}".encode(), np.uint8),
        "access": np.array([graph.access_mps, graph.farthest_m]),
    }  # fmt: skip
    np.savez_compressed(body, allow_pickle=False, **small)
    return body.getvalue()


def unpack(body: bytes, file: str) -> Graph:
    """Read a graph from a package's bytes; BadData names the file."""
    try:
        with np.load(io.BytesIO(body), allow_pickle=False) as held:
            date, _, source = bytes(held["about"]).decode().partition("\n")
            access, farthest = held["access"].tolist()
            return Graph(
                tail=held["tail"].astype(np.int64), head=held["head"].astype(np.int64),
                seconds=held["seconds"].astype(np.float64),
                metres=held["metres"].astype(np.float64),
                oneway=held["oneway"], label=held["label"].astype(np.int64),
                bend=held["bend"].astype(np.int64),
                bend_lon=held["lon"] / 1e7, bend_lat=held["lat"] / 1e7,
                names=tuple(bytes(held["names"]).decode().split("\n")),
                date=date, source=source, access_mps=access, farthest_m=farthest,
            )  # fmt: skip
    except (ValueError, KeyError, OSError, EOFError, BadZipFile) as error:
        raise BadData(file, "roads", str(error)) from error


def _lines(roads: Sequence[Feature]) -> tuple[NDArray[np.object_], Ints]:
    shapes = np.array([f.shape for f in roads], dtype=object)
    lines, owner = _geo.get_parts(shapes, return_index=True)
    good = _geo.get_type_id(lines) == 1
    return lines[good], owner[good]


def _lengths(lon: Floats, lat: Floats, bend: Ints) -> Floats:
    if len(bend) < 2:
        return np.zeros(0)
    leaps = metres(Cgcs2000(lon[:-1], lat[:-1]), Cgcs2000(lon[1:], lat[1:]))
    leaps[bend[1:-1] - 1] = 0.0
    return np.add.reduceat(np.append(leaps, 0.0), bend[:-1])


def _offsets(sizes: Ints) -> Ints:
    """Give where each of several runs begins, and where the last ends."""
    return np.append(0, np.cumsum(sizes)).astype(np.int64)
