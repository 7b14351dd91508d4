"""The order of a table's rows: sort keys as numbers, and an order that is mended, not made again.

Sorting 100,000 rows takes longer than a frame. When a few hundred have changed, only these are
taken out and put back where they belong.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from console.domain.rows import Row, Shape
from ui.models.columns import Scale, Setting

Slots = NDArray[np.int64]
Figures = NDArray[np.float64]

MANY = 256
FULL_FROM = 0.05
"""From this part of all rows on, sorting them all is quicker than mending."""

NARROW = 1e-9
LAST = float("inf")


class Key(Protocol):
    """One field of the order. `figures[slot]` stands in the order of the slot's value."""

    figures: Figures

    def grow(self, room: int) -> None: ...
    def put(self, slot: int, row: Row) -> None: ...
    def put_all(self, slots: Sequence[int], rows: Sequence[Row]) -> None: ...


class Order:
    """Puts slots in order by several fields; rows that are alike stand as they arrived."""

    def __init__(self) -> None:
        self.keys: Sequence[Key] = ()
        self._arrival: Figures = np.zeros(0)
        self._arrivals = 0

    def by(self, keys: Sequence[Key], slots: Sequence[int], rows: Sequence[Row]) -> None:
        """Order by other fields from now on; those who arrived first stay so."""
        self.keys = keys
        for key in keys:
            key.grow(len(self._arrival))
        self.put_all(slots, rows)

    def grow(self, room: int) -> None:
        """Make room for as many slots."""
        self._arrival = _grown(self._arrival, room)
        for key in self.keys:
            key.grow(room)

    def arrive(self, slot: int) -> None:
        """Note that a new row took this slot."""
        self._arrivals += 1
        self._arrival[slot] = self._arrivals

    def put(self, slot: int, row: Row) -> bool:
        """Take in a row's values; say whether it may stand elsewhere now."""
        before = [key.figures[slot] for key in self.keys]
        for key in self.keys:
            key.put(slot, row)
        return any(key.figures[slot] != was for key, was in zip(self.keys, before, strict=True))

    def put_all(self, slots: Sequence[int], rows: Sequence[Row]) -> None:
        for key in self.keys:
            key.put_all(slots, rows)

    def whole(self, slots: Slots) -> Slots:
        """Put slots in order."""
        by = [key.figures[slots] for key in self.keys]
        return slots[np.lexsort([self._arrival[slots], *reversed(by)])]

    def mended(self, kept: Slots, moved: Slots) -> Slots:
        """Put those that moved among those that are in order already."""
        if not len(moved):
            return kept
        if len(moved) > FULL_FROM * (len(kept) + len(moved)):
            return self.whole(np.concatenate([kept, moved]))
        moved = self.whole(moved)
        first, *others = [*(key.figures for key in self.keys), self._arrival]
        stand, sought = _paired(first, others, kept), _paired(first, others, moved)
        low: list[int] = np.searchsorted(stand, sought, "left").tolist()
        high: list[int] = np.searchsorted(stand, sought, "right").tolist()
        among = _Among(kept, others[1:])
        places = [among.place(*each) for each in zip(moved.tolist(), low, high, strict=True)]
        return np.insert(kept, places, moved)


def _paired(first: Figures, others: Sequence[Figures], slots: Slots) -> NDArray[np.complex128]:
    """Give two fields as one figure: complex numbers stand by their first part, then the second."""
    pairs = np.zeros(len(slots), np.complex128)
    pairs.real = first[slots]
    if others:
        pairs.imag = others[0][slots]
    return pairs


class _Among:
    """Finds places among those that are alike so far, by the fields that are left."""

    def __init__(self, kept: Slots, figures: Sequence[Figures]) -> None:
        self._kept = kept
        self._figures = figures
        self._gathered: dict[tuple[int, int, int], Figures] = {}

    def place(self, slot: int, low: int, high: int) -> int:
        for n, values in enumerate(self._figures):
            if low >= high:
                break
            alike = self._gathered.get((n, low, high))
            if alike is None:
                alike = self._gathered[n, low, high] = values[self._kept[low:high]]
            value = float(values[slot])
            low, high = (
                low + int(alike.searchsorted(value)),
                low + int(alike.searchsorted(value, "right")),
            )
        return low


class NumberKey:
    """A field that is a number. Where 0 means "not set", such rows come last."""

    def __init__(self, at: int, sign: int, unset_last: bool) -> None:
        self._at = at
        self._sign = sign
        self._unset = LAST if unset_last else 0.0
        self.figures: Figures = np.zeros(0)

    def grow(self, room: int) -> None:
        self.figures = _grown(self.figures, room)

    def put(self, slot: int, row: Row) -> None:
        value = row[self._at]
        self.figures[slot] = value * self._sign if value else self._unset

    def put_all(self, slots: Sequence[int], rows: Sequence[Row]) -> None:
        values = np.array([row[self._at] for row in rows], dtype=np.float64)
        self.figures[np.array(slots)] = np.where(values == 0, self._unset, values * self._sign)


class ScaleKey:
    """A field whose values stand on a scale: in the scale's order, others after it."""

    def __init__(self, at: int, sign: int, scale: Scale) -> None:
        self._at = at
        self._rank: Mapping[str, int] = {value: sign * n for n, value in enumerate(scale)}
        self._other = len(scale)
        self.figures: Figures = np.zeros(0)

    def grow(self, room: int) -> None:
        self.figures = _grown(self.figures, room)

    def put(self, slot: int, row: Row) -> None:
        self.figures[slot] = self._rank.get(row[self._at], self._other)

    def put_all(self, slots: Sequence[int], rows: Sequence[Row]) -> None:
        rank, other, at = self._rank, self._other, self._at
        self.figures[np.array(slots)] = [rank.get(row[at], other) for row in rows]


class TextKey:
    """A field that is text: each text gets a number between those of its neighbours."""

    def __init__(self, at: int, sign: int) -> None:
        self._at = at
        self._sign = sign
        self._texts: list[str] = []
        self._number: dict[str, float] = {}
        self.figures: Figures = np.zeros(0)

    def grow(self, room: int) -> None:
        self.figures = _grown(self.figures, room)

    def put(self, slot: int, row: Row) -> None:
        word = str(row[self._at])
        number = self._number.get(word)
        if number is None:
            number = self._between(word)
        self.figures[slot] = number * self._sign

    def put_all(self, slots: Sequence[int], rows: Sequence[Row]) -> None:
        if len(rows) > MANY:
            self._spread({str(row[self._at]) for row in rows})
        for slot, row in zip(slots, rows, strict=True):
            self.put(slot, row)

    def _between(self, word: str) -> float:
        place = bisect_left(self._texts, word)
        low = self._number[self._texts[place - 1]] if place else None
        high = self._number[self._texts[place]] if place < len(self._texts) else None
        if low is None or high is None:
            number = (high or 0.0) - 1 if low is None and high is not None else (low or 0.0) + 1
        elif high - low < NARROW:
            self._spread({word})
            return self._number[word]
        else:
            number = (low + high) / 2
        self._texts.insert(place, word)
        self._number[word] = number
        return number

    def _spread(self, words: Collection[str]) -> None:
        """Give all texts new numbers, one apart; what was numbered before moves with them."""
        texts, figures = self._texts, [self._number[word] for word in self._texts]
        self._texts = sorted({*texts, *words})
        self._number = {word: float(n) for n, word in enumerate(self._texts)}
        if texts:
            places = np.searchsorted(np.array(figures), self.figures * self._sign)
            after = np.array([self._number[word] for word in texts])
            self.figures = after[places.clip(0, len(texts) - 1)] * self._sign


def keys(shape: Shape, by: Sequence[tuple[str, bool]], setting: Setting, example: Row) -> list[Key]:
    """Make the keys of an order: fields, and whether the least comes first."""
    return [_key(shape, name, 1 if rising else -1, setting, example) for name, rising in by]


def _key(shape: Shape, name: str, sign: int, setting: Setting, example: Row) -> Key:
    at = shape.index(name)
    if name in setting.scales:
        return ScaleKey(at, sign, setting.scales[name])
    if isinstance(example[at], str):
        return TextKey(at, sign)
    return NumberKey(at, sign, unset_last=name in setting.unset_last)


def _grown(figures: Figures, room: int) -> Figures:
    grown = np.zeros(room)
    grown[: len(figures)] = figures
    return grown
