"""Counted messages as a matrix."""

import numpy as np
import pytest

from console.advise.features import WORD, Spec
from console.advise.matrix import counted, fitted, folds_of, weighed
from console.advise.vectors import Lexicon
from tests.console.advise.messages import messages

SPEC = Spec(text=("text",), label="label")


@pytest.fixture(scope="module")
def counts():
    return counted(SPEC, messages())


def test_training_and_advice_see_a_message_alike(counts):
    every = np.arange(counts.counts.shape[0])
    fit = fitted(counts, every)
    words = [counts.words[n] for n in fit.keep]
    lexicon = Lexicon(SPEC, words, counts.blocks[fit.keep], fit.idf)
    found = lexicon.vector(messages()[7])
    row = weighed(counts, fit, every)[7].toarray().ravel()
    assert row[found.index] == pytest.approx(found.values, abs=1e-5)
    assert np.count_nonzero(row) == len(found.index)


def test_what_stands_in_one_message_alone_is_left_out():
    found = counted(SPEC, [{"text": "停水"}, {"text": "停电"}])
    assert "停" in found.words
    assert "停水" not in found.words


def test_runs_and_blocks_can_be_taken_alone(counts):
    assert max(len(w) for w in counts.only((0,), 2).words) == 2


def test_words_set_apart_are_counted_as_words():
    rows = [{"text": "小区 停水 三天"}, {"text": "小区 停水 没人 管"}]
    assert f"{WORD}停水" in counted(SPEC, rows).words


def test_a_group_stays_in_one_fold_and_labels_are_spread():
    rows = messages()
    labels, moulds = [r["label"] for r in rows], [r["mould"] for r in rows]
    fold = folds_of(labels, moulds, 4, seed=3)
    homes = {m: {f for f, own in zip(fold, moulds, strict=True) if own == m} for m in moulds}
    assert all(len(found) == 1 for found in homes.values())
    assert {
        len({lab for lab, f in zip(labels, fold, strict=True) if f == n}) for n in range(4)
    } == {3}
    assert (fold == folds_of(labels, moulds, 4, seed=3)).all()
