"""The order of a table's rows: sort keys as numbers, and an order that is mended, not made again.

Sorting 100,000 rows takes longer than a frame. Of a thousand changed rows, only these are taken out and
put back where they belong.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ui.models.columns import Row, Scale, Shape

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
    """Puts slots in order by several fields; rows that are alike stay in the order of their arrival."""

    def __init__(self, keys: Sequence[Key], room: int) -> None:
        self._keys = keys
        self._arrival = np.zeros(room)
        self._arrivals = 0
        for key in keys:
            key.grow(room)

    def grow(self, room: int) -> None:
        self._arrival = np.resize(self._arrival, room)
        for key in self._keys:
            key.grow(room)

    def arrive(self, slot: int) -> None:
        """Note that a new row took this slot."""
        self._arrivals += 1
        self._arrival[slot] = self._arrivals

    def arrived(self) -> Figures:
        return self._arrival

    def put(self, slot: int, row: Row) -> bool:
        """Take in a row's values; say whether it may stand elsewhere now."""
        before = [key.figures[slot] for key in self._keys]
        for key in self._keys:
            key.put(slot, row)
        return any(key.figures[slot] != was for key, was in zip(self._keys, before, strict=True))

    def put_all(self, slots: Sequence[int], rows: Sequence[Row]) -> None:
        for key in self._keys:
            key.put_all(slots, rows)

    def follow(self, other: "Order") -> None:
        """Take over the arrivals of the order before."""
        self._arrival, self._arrivals = other._arrival, other._arrivals

    def whole(self, slots: Slots) -> Slots:
        """Put slots in order."""
        by = [key.figures[slots] for key in self._keys]
        return slots[np.lexsort([self._arrival[slots], *reversed(by)])]

    def mended(self, kept: Slots, moved: Slots) -> Slots:
        """Put those that moved among those that are in order already."""
        if len(moved) > FULL_FROM * (len(kept) + len(moved)):
            return self.whole(np.concatenate([kept, moved]))
        moved = self.whole(moved)
        figures = [*(key.figures for key in self._keys), self._arrival]
        first = figures[0][kept]
        low = np.searchsorted(first, figures[0][moved], "left")
        high = np.searchsorted(first, figures[0][moved], "right")
        places = [
            self._place(kept, figures[1:], int(slot), int(a), int(b))
            for slot, a, b in zip(moved, low, high, strict=True)
        ]
        return np.insert(kept, places, moved)

    @staticmethod
    def _place(kept: Slots, figures: Sequence[Figures], slot: int, low: int, high: int) -> int:
        """Find where a slot goes among those that are alike in the fields before."""
        for values in figures:
            if low >= high:
                break
            alike, value = values[kept[low:high]], values[slot]
            low, high = low + int(alike.searchsorted(value)), low + int(
                alike.searchsorted(value, "right")
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
        """Number all texts afresh, one apart, and what was numbered before with them."""
        before = np.array([self._number[word] for word in self._texts])
        known = self._number
        self._texts = sorted({*self._texts, *words})
        self._number = {word: float(n) for n, word in enumerate(self._texts)}
        if len(before):
            after = np.array([self._number[word] for word in known_in_order(known)])
            places = np.searchsorted(before, self.figures * self._sign).clip(0, len(before) - 1)
            self.figures = after[places] * self._sign


def known_in_order(numbers: Mapping[str, float]) -> list[str]:
    """Give the texts in the order of their numbers."""
    return sorted(numbers, key=lambda word: numbers[word])


def key(
    shape: Shape, name: str, sign: int, scales: Mapping[str, Scale], unset_last: Collection[str]
) -> Any:
    raise NotImplementedError
