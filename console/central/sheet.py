"""Reads a table from outside, CSV or XLSX, row by row, whatever its encoding; nothing is judged."""

import csv
import html
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from console.base.errors import BadData

ZIPPED = b"PK\x03\x04"
LONGEST = 1_000_000
"""The longest cell."""
SIGNS = ",\t;|"


@dataclass(frozen=True, slots=True)
class Row:
    """One row, by column; ``line`` counts as an editor does. ``odd``: too many or too few cells."""

    line: int
    cells: dict[str, str]
    odd: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of a file and its rows."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


def read_sheet(path: Path, encodings: Sequence[str]) -> Sheet:
    """Open a table; BadData when it is none. Its encoding is the first that fits all of it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadData(str(path), "", str(error)) from error
    return sheet_of(str(path), data, encodings)


def sheet_of(name: str, data: bytes, encodings: Sequence[str]) -> Sheet:
    """Open a table that was read already; ``name`` is what errors call it."""
    rows = _of_book(name, data) if data.startswith(ZIPPED) else _of_text(name, data, encodings)
    for _, head in rows:
        if any(head):
            columns = tuple(_clean(cell) for cell in head)
            _check(name, columns)
            return Sheet(columns, _rows(columns, rows))
    raise BadData(name, "", "no header line")


def _rows(columns: tuple[str, ...], rows: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    for line, cells in rows:
        if any(cells):
            padded = [_clean(c) for c in cells] + [""] * (len(columns) - len(cells))
            odd = any(padded[len(columns) :]) or 1 < len(cells) < len(columns)
            yield Row(line, dict(zip(columns, padded, strict=False)), odd)


def _check(name: str, columns: tuple[str, ...]) -> None:
    named = [c for c in columns if c]
    twice = {c for c in named if named.count(c) > 1}
    if twice:
        raise BadData(name, "line 1", f"columns given twice: {', '.join(sorted(twice))}")


def _of_text(name: str, data: bytes, encodings: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    words = _decoded(name, data, encodings)
    first = words.partition("\n")[0]
    sign = max(SIGNS, key=first.count)
    csv.field_size_limit(LONGEST)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=sign)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise BadData(name, f"line {reader.line_num}", str(error)) from error


def _decoded(name: str, data: bytes, encodings: Sequence[str]) -> str:
    why = ""
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            why = why or f"{encoding}: {error.reason} at byte {error.start}"
    raise BadData(name, "", f"in none of {', '.join(encodings)} ({why})")


def _of_book(name: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows: Iterable[Sequence[object]] = sheet.iter_rows(values_only=True)
        for line, cells in enumerate(rows, 1):
            yield line, [_said(cell) for cell in cells]
        book.close()
    except (BadZipFile, InvalidFileException, KeyError, IndexError, ValueError) as error:
        raise BadData(name, "", f"not a readable XLSX: {error}") from error


def _said(cell: object) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.strftime("%Y-%m-%d %H:%M:%S")
        case date():
            return cell.strftime("%Y-%m-%d")
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def _clean(cell: str) -> str:
    """Give a cell as it was meant: some exports write `&#40;` for a bracket."""
    return html.unescape(cell).replace("\0", "").replace("\u3000", " ").strip()
