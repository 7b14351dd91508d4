"""What a model sees of a message: runs of characters, its first words, words, and cells in pairs.

A feature is a string; its first character tells its block, and each block counts by itself. Runs of
one to four characters need no word list and read a text the same whether its words were set apart
or not. Where a model was trained on words set apart, it finds the words it knows in any text.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

LONGEST = 4_000
"""So many characters of a message are looked at."""
HEAD, WORD, CELL = "\x01", "\x02", "\x03"
"""What stands before features of the first characters, of words, and of cells."""
BLOCKS = 4
WIDEST = 8
"""The longest word looked for in a text whose words are not set apart."""
SET_APART = 0.15
"""A text with at least so many spaces a character has its words set apart."""
_LATIN = chr(0x250)
"""Letters before this one are of scripts that set words apart."""


class Spec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which columns hold the text, the cells and the label, and what is taken from them.

    ``runs``: the longest run of characters; ``head``: so many first characters count again, as a
    subject does; ``weights``: of the blocks: text, head, words, cells.
    """

    text: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    label: str = ""
    runs: int = 4
    head: int = 32
    weights: tuple[float, float, float, float] = (1.0, 0.5, 0.6, 1.0)


def block(feature: str) -> int:
    """Give the block of a feature: 0 text, 1 head, 2 words, 3 cells."""
    return ord(feature[0]) if feature[0] <= CELL else 0


@lru_cache(maxsize=32_768)
def _folded(letter: str) -> str:
    return unicodedata.normalize("NFKC", letter).lower()


def plain(said: str) -> tuple[str, list[int]]:
    """Fold a text; give it with the place of each of its characters in what was said.

    Width and case go, and so do spaces, but for those between words of Latin letters.
    """
    letters: list[str] = []
    places: list[int] = []
    gap = False
    for place, letter in enumerate(said[:LONGEST]):
        if letter.isspace() or letter <= CELL:
            gap = True
            continue
        folded = _folded(letter)
        if gap and letters and letters[-1] < _LATIN and folded[:1] < _LATIN:
            letters.append(" ")
            places.append(place)
        gap = False
        letters += folded
        places += [place] * len(folded)
    return "".join(letters), places


def runs(text: str, longest: int, mark: str = "") -> Iterator[str]:
    """Give every run of one to ``longest`` characters, each with a mark before it."""
    for size in range(1, longest + 1):
        for start in range(len(text) - size + 1):
            yield mark + text[start : start + size]


def said_in(spec: Spec, message: Mapping[str, str]) -> str:
    """Give the text of a message: its text columns, one after another."""
    return " ".join(filter(None, (message.get(column, "").strip() for column in spec.text)))


def features(
    spec: Spec, message: Mapping[str, str], known: frozenset[str] | None = None
) -> list[str]:
    """Give the features of a message, with repeats.

    ``known``: the words to find where none are set apart; None looks for none.
    """
    said = said_in(spec, message)
    text, _ = plain(said)
    found = [*runs(text, spec.runs)]
    if spec.head:
        found += runs(text[: spec.head], min(spec.runs, 3), HEAD)
    found += _pairs(set_apart(said) or _looked_for(text, known or frozenset()))
    found += _cells(spec, message)
    return found


def set_apart(said: str) -> list[str]:
    """Give the words of a text that has them set apart; none where it has not."""
    words = said[:LONGEST].split()
    if len(words) < 3 or len(words) < SET_APART * len(said[:LONGEST]):
        return []
    return [plain(word)[0] for word in words]


def _looked_for(text: str, known: frozenset[str]) -> list[str]:
    """Cut a text at the longest words known, from its beginning."""
    if not known:
        return []
    found: list[str] = []
    at = 0
    while at < len(text):
        for size in range(min(WIDEST, len(text) - at), 0, -1):
            if text[at : at + size] in known:
                found.append(text[at : at + size])
                break
        else:
            size = 1
        at += size
    return found


def _pairs(words: list[str]) -> Iterator[str]:
    for word in words:
        yield WORD + word
    for one, other in pairwise(words):
        yield f"{WORD}{one}{WORD}{other}"


def _cells(spec: Spec, message: Mapping[str, str]) -> Iterator[str]:
    held = [
        f"{column}={value}" for column in spec.cells if (value := plain(message.get(column, ""))[0])
    ]
    for n, one in enumerate(held):
        yield CELL + one
        for other in held[n + 1 :]:
            yield f"{CELL}{one}{CELL}{other}"
