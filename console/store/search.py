"""Full text: any part of a word is found, be it one character, in time that does not grow with it.

An incident is found by its own text and by that of its reports. The index holds each character,
each pair of neighbours in their order, and runs of digits three by three: a longer word is a phrase
of pairs, a number one of threes. So even common characters that never stand together cost nothing.
"""

import re
import sys
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import Struct

from console.domain.record import Incident, Note, Record, Report
from console.store.files import Db

BREAK, BREAK_TOKEN = "\x1f", "x"
"""Between two fields, and between two runs of digits: nothing is found across them."""

_DROPPED = re.compile(r"[^\w\x1f]+|_+")
MERGED_PAGES = 16
"""How much of the index is tidied with each change: a little every time, never all at once."""
_UTF32 = f"utf-32-{sys.byteorder[0]}e"
_RUN = re.compile(r"[0-9]{3,}")


def normal(text: str) -> str:
    """Give a text as it is compared: one width, one case, letters and digits alone."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).casefold())


def tokens(fields: Iterable[str]) -> tuple[str, str, str]:
    """Give the characters, the pairs and the threes of digits of some fields for the index.

    A pair with BREAK in it reaches the index as one character, which no phrase of pairs holds.
    """
    clean = normal(BREAK.join(fields))
    threes = [f"{' '.join(_threes(run))} {BREAK_TOKEN}" for run in _RUN.findall(clean)]
    return " ".join(set(clean)), _pairs(clean), " ".join(threes)


def phrases(words: Sequence[str]) -> str | None:
    """Give the MATCH of some words that must all be there; None when nothing is left of them."""
    made: list[str] = []
    for word in words:
        clean = normal(word)
        if _RUN.fullmatch(clean):
            made.append(f'threes:"{" ".join(_threes(clean))}"')
        elif len(clean) > 1:
            made.append(f'pairs:"{_pairs(clean)}"')
        elif clean:
            made.append(f'chars:"{clean}"')
    return " AND ".join(made) if made else None


def _pairs(clean: str) -> str:
    """Give every pair of neighbours, apart by spaces; by slices, as a text has hundreds."""
    chars = array("I", clean.encode(_UTF32))
    count = max(0, len(chars) - 1)
    pairs = array("I", bytes(count * 3 * chars.itemsize))
    pairs[0::3], pairs[1::3] = chars[:count], chars[1:]
    pairs[2::3] = array("I", [ord(" ")]) * count
    return pairs.tobytes().decode(_UTF32).rstrip()


def _threes(run: str) -> list[str]:
    return [run[n : n + 3] for n in range(len(run) - 2)]


def _notes(notes: Iterable[Note]) -> Iterable[str]:
    return (note.text for note in notes)


class _Said(Struct):
    """What of an incident's or a report's body is searched, and no more of it."""

    no: str = ""
    title: str = ""
    detail: str = ""
    words: str = ""
    caller: str = ""
    phone: str = ""
    number: str = ""
    address: str = ""
    address_raw: str = ""
    notes: tuple[Note, ...] = ()


_SAID = msgspec.json.Decoder(_Said)


def _incident(r: Incident | _Said) -> list[str]:
    return [r.no, r.title, r.detail, r.address, r.address_raw, *_notes(r.notes)]


def _report(r: Report | _Said) -> list[str]:
    return [r.words, r.caller, r.phone, r.number, r.address, *_notes(r.notes)]


TEXTS: dict[str, Callable[[Any], list[str]]] = {"incident": _incident, "report": _report}
"""What of a record is searched, for the kinds that are."""


def print_of(record: Record) -> int:
    """Give the fingerprint of a record's text, to see whether it must be indexed again."""
    said = "\0".join(TEXTS[record.kind](record)).encode()
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big", signed=True)


def reindex(db: Db, incidents: Sequence[str]) -> None:
    """Index the text of these incidents again, as they and their reports are shown now."""
    marks = ",".join("?" * len(incidents))
    _index(db, f"id IN ({marks})", incidents)
    db.execute("INSERT INTO words(words, rank) VALUES ('merge', ?)", (MERGED_PAGES,))


def index_all(db: Db, step: int) -> None:
    """Index the text of all incidents, so many at a time, in the order of their rows."""
    found = db.execute("SELECT coalesce(max(rid), 0) FROM incident").fetchone()
    for start in range(1, int(found[0]) + 1 if found else 0, step):
        _index(db, "rid BETWEEN ? AND ?", (start, start + step - 1))


def _index(db: Db, which: str, given: Sequence[Any]) -> None:
    mine = f"SELECT rid, id, coalesce(overlay, body) FROM incident WHERE {which}"  # noqa: S608
    texts: dict[str, list[str]] = {}
    rids: dict[str, int] = {}
    for rid, name, body in db.execute(mine, given):
        rids[name] = rid
        texts[name] = _incident(_SAID.decode(body))
    calls = (
        "SELECT r.incident, coalesce(r.overlay, r.body) FROM report r"  # noqa: S608
        f" WHERE r.incident IN (SELECT id FROM incident WHERE {which})"
    )
    for name, body in db.execute(calls, given):
        texts[name] += _report(_SAID.decode(body))
    db.executemany(
        "INSERT OR REPLACE INTO words(rowid, chars, pairs, threes) VALUES (?, ?, ?, ?)",
        sorted((rids[name], *tokens(fields)) for name, fields in texts.items()),
    )


def forget(db: Db, rids: Iterable[int]) -> None:
    """Take rows out of the index."""
    db.executemany("DELETE FROM words WHERE rowid = ?", [(rid,) for rid in rids])


def hold(db: Db, size: int) -> None:
    """Set how many bytes of new text are held before they are written: more is quicker."""
    db.execute("INSERT INTO words(words, rank) VALUES ('hashsize', ?)", (size,))


def purge(db: Db) -> None:
    """Rewrite the index without what was taken out of it."""
    db.execute("INSERT INTO words(words) VALUES ('optimize')")
