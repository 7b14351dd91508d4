"""Orders that are mended are those that sorting anew would give."""

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from console.domain.rows import SHAPES
from tests.ui.rows import row, told
from ui.models.order import FULL_FROM, Order, TextKey, keys

SHAPE = SHAPES["incident"]


@given(words=st.lists(st.text("abc", max_size=4), max_size=60))
def test_texts_are_numbered_in_their_order(words: list[str]) -> None:
    key = TextKey(0, 1)
    key.grow(64)
    for slot, word in enumerate(words):
        key.put(slot, (word,))
    figures = {word: key.figures[slot] for slot, word in enumerate(words)}
    assert sorted(figures) == sorted(figures, key=lambda word: figures[word])


def test_numbers_are_spread_anew_when_there_is_no_room_between() -> None:
    key = TextKey(0, -1)
    key.grow(256)
    words = ["a", "b"] + ["a" + "a" * n for n in range(1, 200)]
    for slot, word in enumerate(words):
        key.put(slot, (word,))
    order = sorted(range(len(words)), key=lambda slot: key.figures[slot])
    assert [words[slot] for slot in order] == sorted(words, reverse=True)


def test_mending_gives_what_sorting_gives() -> None:
    dice = random.Random(3)
    rows = [row(n, title=f"t{n % 50}", due=n % 40) for n in range(1_000)]
    for by in (
        [("level", True), ("due", False)],
        [("title", False)],
        [("due", True), ("no", True)],
        [],
    ):
        order = Order()
        order.grow(1_024)
        for slot in range(1_000):
            order.arrive(slot)
        order.by(keys(SHAPE, by, told(), rows[0]), range(1_000), rows)
        all_slots = np.arange(1_000)
        stands = order.whole(all_slots)
        moved = np.array(dice.sample(range(1_000), int(1_000 * FULL_FROM) - 1))
        for slot in moved:
            order.put(slot, row(int(slot), title=f"t{dice.randrange(60)}", due=dice.randrange(50)))
        kept = stands[~np.isin(stands, moved)]
        assert order.mended(kept, moved).tolist() == order.whole(all_slots).tolist()
