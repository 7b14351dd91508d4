"""Puts components on disk: read from tables and GeoJSON, ordered by cell, written whole."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from console.base import resources
from console.base.errors import BadData
from console.domain import datum
from console.domain.datum import Cgcs2000
from console.maps.components import ALIGN, ARRAYS, CELL, CODE, DIGITS, MAGIC, Component, Head

FILE = "map/components.toml"
ENCODINGS = ("utf-8-sig", "gb18030")
TABLES, SHAPES = (".csv",), (".geojson", ".json")
NEW, OLD = 17, 16
"""How long an identifier is in GB/T 47678.5 and in GB/T 30428.2: district, class, number."""
LONGEST = 200
Ints = NDArray[np.int64]
Fact = tuple[int, Mapping[str, str]]


@dataclass(slots=True)
class Stock:
    """What files gave. ``left_out``: the file, the line or feature, and why it was not taken."""

    components: list[Component] = field(default_factory=list[Component])
    left_out: list[BadData] = field(default_factory=list[BadData])


def take_stock(files: Sequence[Path], crs: str = datum.CGCS2000) -> Stock:
    """Read components from CSV and GeoJSON in one datum; of two with one code the last counts."""
    table = resources.table(FILE)
    stock = Stock()
    for file in files:
        facts = _facts(file)
        _take(file, facts, table["column"], crs, stock)
    last = {each.code: each for each in stock.components}
    stock.components = list(last.values())
    return stock


def sort_of(code: str) -> str:
    """Give the class that an identifier names; "" where its length says nothing."""
    if not code.isdigit():
        return ""
    return {NEW: code[6:11], OLD: code[6:10]}.get(len(code), "")


def write(file: Path, components: Sequence[Component], source: str, date: str) -> Head:
    """Write a file beside its place, then put it there whole: a reader never sees a half."""
    head, arrays = _ordered(components, source, date)
    begin = len(MAGIC) + 8
    size = len(msgspec.msgpack.encode(head)) + 1_024
    at, places = _up(begin + size), dict[str, tuple[str, int, int]]()
    for name, form in ARRAYS.items():
        places[name] = (form, at, len(arrays[name]))
        at = _up(at + arrays[name].nbytes)
    head = msgspec.structs.replace(head, arrays=places)
    said = msgspec.msgpack.encode(head)
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f"{file.name}.part")
    with half.open("wb") as made:
        made.write(MAGIC + len(said).to_bytes(8, "little") + said)
        for name, (_, place, _) in places.items():
            made.seek(place)
            made.write(arrays[name].tobytes())
        made.truncate(at)
    half.replace(file)
    return head


def _up(at: int) -> int:
    return -(-at // ALIGN) * ALIGN


def _ordered(
    components: Sequence[Component], source: str, date: str
) -> tuple[Head, dict[str, NDArray[Any]]]:
    """Give the head and the arrays, ordered by cell."""
    lon = np.array([c.lon for c in components], np.float64)
    lat = np.array([c.lat for c in components], np.float64)
    west, south = (float(np.floor(v.min() / CELL) * CELL) if len(v) else 0.0 for v in (lon, lat))
    column = np.floor((lon - west) / CELL).astype(np.int64)
    row = np.floor((lat - south) / CELL).astype(np.int64)
    columns, rows = (int(v.max(initial=0)) + 1 for v in (column, row))
    cell = row * columns + column
    order: Ints = np.argsort(cell, kind="stable")
    places: list[int] = order.tolist()
    some = [components[n] for n in places]
    sorts, sort = _numbered(c.sort for c in some)
    owners, owner = _numbered(c.owner for c in some)
    states, state = _numbered(c.state for c in some)
    names, name = _numbered(c.name.replace("\n", " ")[:LONGEST] for c in some)
    words = [f"{each}\n".encode() for each in names]
    codes = np.array([c.code.encode() for c in some], f"S{CODE}")
    arrays: dict[str, NDArray[Any]] = {
        "cell": np.searchsorted(cell[order], np.arange(rows * columns + 1)),
        "lon": np.rint(lon[order] * DIGITS), "lat": np.rint(lat[order] * DIGITS),
        "sort": sort, "owner": owner, "state": state, "code": codes,
        "by_code": np.argsort(codes, kind="stable"), "name": name,
        "by_name": np.argsort(name, kind="stable"),
        "name_at": np.append(0, np.cumsum([len(w) for w in words], dtype=np.int64)),
        "words": np.frombuffer(b"".join(words), np.uint8),
    }  # fmt: skip
    head = Head(
        source, date, len(some), west, south, columns, rows, sorts, owners, states,
        {name: (form, 0, 0) for name, form in ARRAYS.items()},
    )  # fmt: skip
    return head, {name: arrays[name].astype(form) for name, form in ARRAYS.items()}


def _numbered(words: Iterable[str]) -> tuple[tuple[str, ...], Ints]:
    """Give the different words, and which of them each one is."""
    known: dict[str, int] = {}
    numbers = [known.setdefault(word, len(known)) for word in words]
    return tuple(known), np.array(numbers, np.int64)


def _facts(file: Path) -> Iterator[Fact]:
    """Give what a file says of each thing, by the names that it uses."""
    suffix = file.suffix.lower()
    readers: dict[str, Callable[[Path], Iterator[Fact]]] = {
        **dict.fromkeys(TABLES, _rows), **dict.fromkeys(SHAPES, _features),
    }  # fmt: skip
    if not file.is_file():
        raise BadData(str(file), "", "no such file")
    if suffix not in readers:
        raise BadData(str(file), "", f"not one of {', '.join(readers)}")
    return readers[suffix](file)


def _rows(file: Path) -> Iterator[Fact]:
    body = file.read_bytes()
    for encoding in ENCODINGS:
        try:
            text = body.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise BadData(str(file), "", f"neither {' nor '.join(ENCODINGS)}")
    reader = csv.DictReader(StringIO(text))
    try:
        for row in reader:
            yield reader.line_num, {k.strip(): v for k, v in row.items() if k and v is not None}
    except csv.Error as error:
        raise BadData(str(file), f"line {reader.line_num}", str(error)) from error


def _features(file: Path) -> Iterator[Fact]:
    try:
        held: Any = json.loads(file.read_text("utf-8-sig"))
        features: list[Any] = list(held["features"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadData(str(file), "", f"no GeoJSON: {error}") from error
    for n, each in enumerate(features):
        try:
            lon, lat = each["geometry"]["coordinates"][:2]
            facts: dict[str, Any] = each.get("properties") or {}
            said = {name: str(value) for name, value in facts.items()}
            yield n, {**said, "lon": str(lon), "lat": str(lat)}
        except (KeyError, TypeError, ValueError, AttributeError):
            yield n, {}


def _take(
    file: Path, facts: Iterable[Fact], columns: Mapping[str, Sequence[str]], crs: str, stock: Stock
) -> None:
    """Take what is whole; the rest is left out with its line and the reason."""
    lines: list[tuple[int, Component]] = []
    for line, said in facts:
        try:
            lines.append((line, _component(said, columns)))
        except ValueError as error:
            stock.left_out.append(BadData(str(file), str(line), str(error)))
    lon, lat = ([getattr(c, axis) for _, c in lines] for axis in ("lon", "lat"))
    points: Cgcs2000 = datum.enter(np.array(lon, np.float64), np.array(lat, np.float64), crs)
    stock.components += [
        msgspec.structs.replace(c, lon=x, lat=y)
        for (_, c), (x, y) in zip(lines, points, strict=True)
    ]


def _component(said: Mapping[str, str], columns: Mapping[str, Sequence[str]]) -> Component:
    """Read one; ValueError says which column is wrong."""
    found = {
        name: next((said[c].strip() for c in names if said.get(c)), "")
        for name, names in columns.items()
    }
    if not found["code"] or len(found["code"].encode()) > CODE:
        raise ValueError(f"code: {found['code']!r}")
    at: dict[str, float] = {}
    for axis, most in (("lon", 180.0), ("lat", 85.0)):
        try:
            at[axis] = float(found[axis])
        except ValueError:
            raise ValueError(f"{axis}: {found[axis]!r}") from None
        if not 0 < abs(at[axis]) <= most:
            raise ValueError(f"{axis}: {found[axis]!r}")
    return Component(
        found["code"], found["sort"] or sort_of(found["code"]), found["name"] or found["code"],
        at["lon"], at["lat"], found["owner"], found["state"],
    )  # fmt: skip
