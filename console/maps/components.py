"""The components (部件) of a district: a million things on one read-only file, found by cell.

A file is a head and plain arrays, mapped into memory and never read whole: what a view shows is
one slice for each row of cells it touches. It stands beside the district's package in the folder
of the maps and knows nothing of incidents: however large it is, nothing else is slowed by it.

All arrays are ordered by cell: rows from the south, columns from the west, ``CELL`` degrees each.
"""

import mmap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from console.base.errors import BadData
from console.domain.datum import Cgcs2000

SUFFIX = ".components"
MAGIC = b"CYCOMP01"
CELL = 0.0025
"""How wide a cell is, in degrees: some 250 m."""
DIGITS = 1e7
"""Places are whole numbers of this share of a degree: a centimetre."""
CODE = 24
"""No code is longer."""
ALIGN = 64
LONGEST_HEAD = 16_000_000
Numbers = NDArray[np.int64]


class Component(Struct, frozen=True):
    """One component: what and where it is, who owns it, and how it stands. CGCS2000 degrees.

    ``code`` is its identifier, ``sort`` the code of its class (GB/T 30428.2: 4 digits, GB/T
    47678.5: 5), ``state`` in the words of its register.
    """

    code: str
    sort: str
    name: str
    lon: float
    lat: float
    owner: str = ""
    state: str = ""


class Head(Struct, frozen=True):
    """What a file says of itself. ``arrays``: type, offset and length of each, by name.

    ``west``, ``south``: the corner of the first cell; ``columns``, ``rows``: how many there are.
    """

    source: str
    date: str
    count: int
    west: float
    south: float
    columns: int
    rows: int
    sorts: tuple[str, ...]
    owners: tuple[str, ...]
    states: tuple[str, ...]
    arrays: dict[str, tuple[str, int, int]]


ARRAYS: Mapping[str, str] = {
    "cell": "<i4", "lon": "<i4", "lat": "<i4", "sort": "<u2", "owner": "<u2", "state": "<u1",
    "code": f"|S{CODE}", "by_code": "<i4", "name": "<i4", "by_name": "<i4", "name_at": "<i4",
    "words": "<u1",
}  # fmt: skip
"""``cell``: where each cell begins. ``name``: which of the different names a component has, the
letters of name n are ``words`` from ``name_at[n]`` to ``name_at[n + 1]``. ``by_code``,
``by_name``: the numbers of the components in the order of their codes and of their names."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The components of a part of the land: their numbers, where they are, class and state.

    ``whole`` is how many there are; ``numbers`` are fewer when that is more than was asked for.
    """

    numbers: Numbers
    points: Cgcs2000
    sort: NDArray[np.uint16]
    state: NDArray[np.uint8]
    whole: int


class Components:
    """A file of components, to be asked from any thread; BadData names what is wrong with it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._of: dict[str, Any] = {}
        with file.open("rb") as held:
            try:
                self._map = mmap.mmap(held.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:
                raise BadData(str(file), "", "empty") from error
        try:
            self.head = _head(file, self._map)
            self._of = {name: self._array(name) for name in ARRAYS}
            self._check()
        except BadData:
            self.close()
            raise

    def __len__(self) -> int:
        return self.head.count

    def within(self, box: Sequence[float], most: int) -> Cut:
        """Give what is in a box (west, south, east, north): all of it, or so many, evenly taken."""
        runs = [np.arange(a, b) for a, b in self._runs(box) if b > a]
        near: Numbers = np.concatenate(runs) if runs else np.zeros(0, np.int64)
        west, south, east, north = (round(side * DIGITS) for side in box)
        lon, lat = self._of["lon"][near], self._of["lat"][near]
        near = near[(lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)]
        whole = len(near)
        if whole > most:
            near = near[np.linspace(0, whole - 1, most).astype(np.int64)]
        return self._cut(near, whole)

    def one(self, number: int) -> Component:
        """Give a component by its number."""
        of, head = self._of, self.head
        return Component(
            self.code(number), head.sorts[int(of["sort"][number])], self.name(number),
            float(of["lon"][number] / DIGITS), float(of["lat"][number] / DIGITS),
            head.owners[int(of["owner"][number])], head.states[int(of["state"][number])],
        )  # fmt: skip

    def code(self, number: int) -> str:
        return bytes(self._of["code"][number]).decode("utf-8", "replace")

    def name(self, number: int) -> str:
        return self._word(int(self._of["name"][number]))

    def number(self, code: str) -> int:
        """Give the number of the component with a code; -1 where there is none."""
        found = self._coded(code, 1)
        return found[0] if found and self.code(found[0]) == code else -1

    def find(self, words: str, most: int = 20) -> list[Component]:
        """Find components by the beginning of their code, else by a part of their name."""
        wanted = words.strip()
        if not wanted or most < 1:
            return []
        numbers = self._coded(wanted, most) or self._named(wanted, most)
        return [self.one(n) for n in numbers]

    def close(self) -> None:
        """Let go of the file; what was cut out of it stays."""
        self._of = {}

    # ---- private

    def _array(self, name: str) -> Any:
        form, at, count = self.head.arrays.get(name, ("", 0, 0))
        size = np.dtype(ARRAYS[name]).itemsize * count
        if form != ARRAYS[name] or at < 0 or count < 0 or at + size > len(self._map):
            raise BadData(str(self.file), name, "cut off or of another form")
        return np.frombuffer(self._map, form, count, at)

    def _check(self) -> None:
        """See that no number points outside of what it counts."""
        of, head = self._of, self.head
        for name in ("lon", "lat", "sort", "owner", "state", "code", "by_code", "name", "by_name"):
            if len(of[name]) != head.count:
                raise BadData(str(self.file), name, f"{len(of[name])} instead of {head.count}")
        begins = of["cell"]
        good = len(begins) == head.rows * head.columns + 1
        good = good and int(begins[0]) == 0 and int(begins[-1]) == head.count
        if not good or bool((np.diff(begins) < 0).any()):
            raise BadData(str(self.file), "cell", "the cells do not follow each other")
        for name, most in (
            ("sort", len(head.sorts)), ("owner", len(head.owners)), ("state", len(head.states)),
            ("by_code", head.count), ("by_name", head.count), ("name", len(of["name_at"]) - 1),
        ):  # fmt: skip
            if head.count and not 0 <= int(of[name].min()) <= int(of[name].max()) < most:
                raise BadData(str(self.file), name, "points at nothing")

    def _runs(self, box: Sequence[float]) -> Iterator[tuple[int, int]]:
        """Give from where to where the components of each row of cells lie."""
        head, begins = self.head, self._of["cell"]
        left, low = _cell(box[0] - head.west), _cell(box[1] - head.south)
        right, high = _cell(box[2] - head.west), _cell(box[3] - head.south)
        left, right = max(left, 0), min(right, head.columns - 1)
        if right < left:
            return
        for row in range(max(low, 0), min(high, head.rows - 1) + 1):
            at = row * head.columns
            yield int(begins[at + left]), int(begins[at + right + 1])

    def _cut(self, numbers: Numbers, whole: int) -> Cut:
        of = self._of
        points = Cgcs2000(of["lon"][numbers] / DIGITS, of["lat"][numbers] / DIGITS)
        return Cut(numbers, points, of["sort"][numbers], of["state"][numbers], whole)

    def _word(self, n: int) -> str:
        begin, end = self._of["name_at"][n : n + 2].tolist()
        return bytes(self._of["words"][begin:end]).decode("utf-8", "replace").rstrip("\n")

    def _coded(self, code: str, most: int) -> list[int]:
        """Give the numbers of those whose code begins so, in the order of the codes."""
        wanted, order = code.encode(), self._of["by_code"]
        low, high = 0, len(order)
        while low < high:
            middle = (low + high) // 2
            if bytes(self._of["code"][order[middle]]) < wanted:
                low = middle + 1
            else:
                high = middle
        found: list[int] = []
        for n in order[low : low + most].tolist():
            if not bytes(self._of["code"][n]).startswith(wanted):
                break
            found.append(n)
        return found

    def _named(self, words: str, most: int) -> list[int]:
        """Give the numbers of those whose name holds some words."""
        _, at, count = self.head.arrays["words"]
        wanted, end = words.encode(), at + count
        found: list[int] = []
        here = self._map.find(wanted, at, end)
        while here >= 0 and len(found) < most:
            n = int(np.searchsorted(self._of["name_at"], here - at, side="right")) - 1
            found += self._with_name(n, most - len(found))
            here = self._map.find(wanted, at + int(self._of["name_at"][n + 1]), end)
        return found

    def _with_name(self, n: int, most: int) -> list[int]:
        order, names = self._of["by_name"], self._of["name"]
        low, high = 0, len(order)
        while low < high:
            middle = (low + high) // 2
            if names[order[middle]] < n:
                low = middle + 1
            else:
                high = middle
        some = order[low : low + most]
        return some[names[some] == n].tolist()


def _cell(degrees: float) -> int:
    return int(np.floor(degrees / CELL))


def _head(file: Path, body: mmap.mmap) -> Head:
    size = int.from_bytes(body[len(MAGIC) : len(MAGIC) + 8], "little")
    if body[: len(MAGIC)] != MAGIC or size > LONGEST_HEAD:
        raise BadData(str(file), "", "no file of components")
    begin = len(MAGIC) + 8
    try:
        return msgspec.msgpack.decode(body[begin : begin + size], type=Head)
    except msgspec.MsgspecError as error:
        raise BadData(str(file), "head", str(error)) from error
