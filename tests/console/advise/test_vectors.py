"""Messages as vectors."""

import numpy as np
import pytest

from console.advise.features import CELL, WORD, Spec
from console.advise.vectors import Lexicon, known_words, share_of

WORDS = ("停", "停水", f"{CELL}street=东街")
SPEC = Spec(text=("text",), cells=("street",), head=0, weights=(1.0, 1.0, 1.0, 0.5))


@pytest.fixture
def lexicon():
    return Lexicon(SPEC, WORDS, np.asarray([0, 0, 3], np.int8), np.asarray([1, 2, 1], np.float32))


def test_each_block_has_its_own_weight(lexicon):
    found = lexicon.vector({"text": "停水", "street": "东街"})
    values = dict(zip(found.features, found.values.tolist(), strict=True))
    text = values["停"] ** 2 + values["停水"] ** 2
    assert text == pytest.approx(1.0, abs=1e-6)
    assert values[f"{CELL}street=东街"] == pytest.approx(0.5, abs=1e-6)


def test_a_message_without_anything_known_is_an_empty_vector(lexicon):
    found = lexicon.vector({"text": "xyz"})
    assert (len(found.index), found.share) == (0, 0.0)


def test_what_is_known_is_counted_in_pairs_of_characters_and_cells():
    index = {"停水": 0, f"{CELL}a=1": 1}
    assert share_of(("停", "停水", "水了", f"{CELL}a=1", f"{CELL}b=2"), index) == 0.5


def test_single_words_are_told_from_pairs():
    assert known_words((f"{WORD}停水", f"{WORD}小区{WORD}停水")) == {"停水"}
