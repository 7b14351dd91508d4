"""Ways of telling categories apart, each by itself."""

import numpy as np
import pytest
from scipy import sparse

from console.advise import ways
from console.advise.features import Spec
from console.advise.matrix import counted
from tests.console.advise.messages import messages


@pytest.fixture(scope="module")
def apart():
    """Forty vectors of two labels that share nothing, and what is to be said of them."""
    truth = np.arange(40) % 2
    return sparse.csr_matrix(np.eye(2)[truth] + 0.01), truth


@pytest.mark.parametrize(
    "way",
    [ways.svm(1.0, 1), ways.neighbours(3), ways.bayes, ways.once(1), ways.served(1),
     ways.cleaned(1.0, 1), ways.logistic(1), ways.ridge, ways.sure(0.8, 1)],
)  # fmt: skip
def test_what_lies_apart_is_told_apart(way, apart):
    vectors, truth = apart
    assert (way(vectors, truth, vectors, 2).argmax(1) == truth).all()


def test_a_hash_is_the_same_everywhere_and_features_of_two_blocks_never_meet():
    assert ways.hash_of("井盖") == ways.hash_of("井盖")
    rows = messages()[:40]
    counts = counted(Spec(text=("text",), label="label"), rows)
    shared = ways.hashed(counts, 64)
    assert len(shared.words) <= 64 * len(np.unique(counts.blocks))
    assert shared.counts.sum() == pytest.approx(counts.counts.sum())
