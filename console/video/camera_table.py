"""Cameras from a table (CSV in UTF-8 or GB18030); which column is what stands in a data file."""

import csv
import io

from msgspec import Struct

from console.base import resources
from console.base.errors import BadData
from console.base.shape import shaped
from console.video.entry import Bad, Catalogue, Entry, wrong_code
from console.video.gb28181.catalogue import decoded

FILE = "cameras.toml"
NEEDED = ("code", "name")
NUMBERS = ("lon", "lat", "height", "bearing", "fov")


class _Words(Struct, frozen=True, forbid_unknown_fields=True):
    yes: tuple[str, ...]


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    columns: dict[str, tuple[str, ...]]
    words: _Words
    types: dict[str, tuple[str, ...]]


def read_table(data: bytes, name: str = "") -> Catalogue:
    """Read a table; BadData when it has no columns for code and name."""
    known = shaped(resources.table(FILE), _File, FILE)
    text = decoded(data, name)
    rows = csv.reader(io.StringIO(text, newline=""))
    first: list[str] = next(rows, list[str]())
    heads = [cell.strip() for cell in first]
    columns = {
        field: heads.index(said)
        for field, names in known.columns.items() for said in names if said in heads
    }  # fmt: skip
    missing = [field for field in NEEDED if field not in columns]
    if missing:
        raise BadData(name, "line 1", f"no column for {', '.join(missing)}")
    entries: list[Entry] = []
    bad: list[Bad] = []
    for cells in rows:
        said = {f: cells[n].strip() for f, n in columns.items() if n < len(cells)}
        if not any(said.values()):
            continue
        found = _entry(said, known)
        if isinstance(found, str):
            bad.append(Bad(where=f"line {rows.line_num}", what=said.get("code", ""), why=found))
        else:
            entries.append(found)
    return Catalogue(entries=tuple(entries), bad=tuple(bad), told=len(entries) + len(bad))


def _entry(said: dict[str, str], known: _File) -> Entry | str:
    """Give the camera of a row, or why it cannot be taken."""
    why = wrong_code(said.get("code", ""))
    if why:
        return why
    numbers: dict[str, float] = {}
    for field in NUMBERS:
        try:
            numbers[field] = float(said.get(field) or 0)
        except ValueError:
            return "cameras.bad_number"
    if not -360 <= numbers["bearing"] <= 360 or not 0 <= numbers["fov"] <= 360:
        return "cameras.bad_number"
    sort = next((t for t, names in known.types.items() if said.get("type") in names), "")
    return Entry(
        code=said["code"], name=said.get("name") or said["code"], type=sort,
        owner=said.get("owner", ""), place=said.get("place") or said["code"][:6],
        ptz=said.get("ptz", "").lower() in known.words.yes, main=said.get("main", ""),
        sub=said.get("sub", ""), lon=numbers["lon"], lat=numbers["lat"], fov=numbers["fov"],
        height=numbers["height"], bearing=numbers["bearing"] % 360,
    )  # fmt: skip
