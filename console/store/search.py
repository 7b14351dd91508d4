"""Full text: any part of a word is found, be it one character, in time that does not grow with it.

An incident is found by its own text and by that of its reports. The index holds each character,
each pair of neighbours in their order, and runs of digits three by three: a longer word is a phrase
of pairs, a number one of threes. So even common characters that never stand together cost nothing.

Indexing costs more than all else that is written with a record. So a text that is new is first set
beside the index, in the same transaction, and found there; a few at a time they are indexed later.
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
TOGETHER = 32
"""So many texts are indexed at once; fewer than that wait on, and are read through."""
MERGED_PAGES = 8
"""How much of the index is tidied at a time: a little, never all at once."""
_UTF32 = f"utf-32-{sys.byteorder[0]}e"
_RUN = re.compile(r"[0-9]{3,}")


def normal(text: str) -> str:
    """Give a text as it is compared: one width, one case, letters and digits alone."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).casefold())


def joined(fields: Iterable[str]) -> str:
    """Give some fields as one text in which words are looked for."""
    return normal(BREAK.join(fields))


def tokens(clean: str) -> tuple[str, str, str]:
    """Give the characters, the pairs and the threes of digits of a joined text for the index.

    A pair with BREAK in it reaches the index as one character, which no phrase of pairs holds.
    """
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


def note(db: Db, incidents: Sequence[str]) -> None:
    """Set the text of these incidents, as they and their reports are shown now, beside the index.

    From now on they are found by it, and not by what the index still holds of them.
    """
    marks = ",".join("?" * len(incidents))
    rows = _texts(db, f"id IN ({marks})", incidents)
    db.executemany("INSERT OR REPLACE INTO unindexed(rid, said) VALUES (?, ?)", rows)


def waiting(db: Db) -> bool:
    """Tell whether as many texts stand beside the index as are taken in together."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM unindexed LIMIT ?)"
    found = db.execute(sql, (TOGETHER,)).fetchone()
    return bool(found) and int(found[0]) >= TOGETHER


def index(db: Db) -> bool:
    """Take some of the texts beside the index into it, or else tidy it; tell whether more wait."""
    if not waiting(db):
        db.execute("INSERT INTO words(words, rank) VALUES ('merge', ?)", (MERGED_PAGES,))
        return False
    sql = "SELECT rid, said FROM unindexed ORDER BY rid LIMIT ?"
    rows = db.execute(sql, (TOGETHER,)).fetchall()
    _write(db, rows)
    db.executemany("DELETE FROM unindexed WHERE rid = ?", [row[:1] for row in rows])
    return True


def index_all(db: Db, step: int) -> None:
    """Index the text of all incidents, so many at a time, in the order of their rows."""
    found = db.execute("SELECT coalesce(max(rid), 0) FROM incident").fetchone()
    for start in range(1, int(found[0]) + 1 if found else 0, step):
        _write(db, _texts(db, "rid BETWEEN ? AND ?", (start, start + step - 1)))


def _write(db: Db, texts: Iterable[tuple[Any, ...]]) -> None:
    db.executemany(
        "INSERT OR REPLACE INTO words(rowid, chars, pairs, threes) VALUES (?, ?, ?, ?)",
        [(rid, *tokens(said)) for rid, said in texts],
    )


def _texts(db: Db, which: str, given: Sequence[Any]) -> list[tuple[int, str]]:
    """Give incidents' rows and joined texts, in the order of their rows."""
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
    return sorted((rids[name], joined(fields)) for name, fields in texts.items())


def forget(db: Db, rids: Iterable[int]) -> None:
    """Take rows out of the index, and from beside it."""
    gone = [(rid,) for rid in rids]
    db.executemany("DELETE FROM words WHERE rowid = ?", gone)
    db.executemany("DELETE FROM unindexed WHERE rid = ?", gone)


def hold(db: Db, size: int) -> None:
    """Set how many bytes of new text are held before they are written: more is quicker."""
    db.execute("INSERT INTO words(words, rank) VALUES ('hashsize', ?)", (size,))


def purge(db: Db) -> None:
    """Rewrite the index without what was taken out of it."""
    db.execute("INSERT INTO words(words) VALUES ('optimize')")
