"""Writes rows for others to take: CSV that a spreadsheet opens, or JSON; whole or not at all."""

import csv
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from console.base.errors import BadData

CSV, JSON = ".csv", ".json"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

Cell = str | int | float


def harmless(cell: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) and cell != "-" else cell


def write_table(file: Path, columns: Mapping[str, str], rows: Sequence[Mapping[str, Cell]]) -> None:
    """Write rows by the file's ending: .csv with headings in words, or .json by the fields' names.

    ``columns``: field → heading, in order. BadData for another ending; OSError when the file
    cannot be written, and then what lay there before still does.
    """
    kind = file.suffix.lower()
    if kind not in (CSV, JSON):
        raise BadData(str(file), "", "neither .csv nor .json")
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.new")
    beside.unlink(missing_ok=True)
    made = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    # The mark at the front lets a spreadsheet read Chinese; JSON must not have it.
    encoding = "utf-8-sig" if kind == CSV else "utf-8"
    with os.fdopen(made, "w", encoding=encoding, newline="" if kind == CSV else None) as out:
        if kind == JSON:
            kept = [{name: row[name] for name in columns} for row in rows]
            json.dump(kept, out, ensure_ascii=False, indent=1)
        else:
            lines = csv.writer(out)
            lines.writerow(columns.values())
            for row in rows:
                lines.writerow([_cell(row[name]) for name in columns])
    beside.replace(file)


def _cell(value: Cell) -> Cell:
    return harmless(value) if isinstance(value, str) else value
