"""Reads the messages of a CSV file, in UTF-8 or GB18030, and says what is wrong with it."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from console.base.errors import BadData

ENCODINGS = ("utf-8-sig", "gb18030")
MOST_BYTES = 1 << 30
LONGEST_CELL = 10_000_000


def read_rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Give every row that has a cell in these columns; BadData names file, line and column."""
    words = _words(path)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.DictReader(io.StringIO(words, newline=""), strict=True)
    try:
        head = [name.strip() for name in reader.fieldnames or ()]
        reader.fieldnames = head
        if not any(head):
            raise BadData(str(path), "line 1", "empty: the first line names the columns")
        missing = [c for c in columns if c not in head]
        if missing:
            why = f"no such column: {', '.join(missing)} (there are: {', '.join(head)})"
            raise BadData(str(path), "line 1", why)
        rows = [{c: row.get(c) or "" for c in columns} for row in reader]
    except csv.Error as error:
        raise BadData(str(path), f"line {reader.reader.line_num}", str(error)) from None
    if not rows:
        raise BadData(str(path), "", "no rows")
    return rows


def _words(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadData(str(path), "", "larger than 1 GiB")
        data = path.read_bytes()
    except OSError as error:
        raise BadData(str(path), "", str(error)) from error
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadData(str(path), "", f"neither of {', '.join(ENCODINGS)}")
