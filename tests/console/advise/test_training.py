"""Training: what comes out of a small set of messages."""

import warnings
from typing import Any

import numpy as np
import pytest
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from console.advise.features import Spec
from console.advise.model import unpacked
from console.advise.training import STRICT, STRICTS, Most, bounded, linear, telling, train
from console.base.errors import BadData
from tests.console.advise.messages import cases, messages

SPEC = Spec(text=("text",), label="label")


@pytest.fixture(scope="module")
def trained():
    rows = messages()
    return train(rows, SPEC, groups=[r["mould"] for r in rows], folds=4, name="small")


def test_sentences_never_seen_are_told_apart(trained):
    assert trained.scores.accuracy > 0.9
    assert set(trained.about.labels) == {"井盖", "停水", "噪音"}


def test_training_again_gives_the_same_model(trained):
    rows = messages()
    again = train(rows, SPEC, groups=[r["mould"] for r in rows], folds=4, name="small")
    assert again.scores == trained.scores


def test_a_label_of_one_message_is_left_out_and_counted():
    rows = [*messages(), {"text": "只此一件", "label": "孤例"}, {"text": "没有标签", "label": ""}]
    found = train(rows, SPEC, folds=3)
    assert found.left_out == 2
    assert "孤例" not in found.about.labels


def test_two_labels_are_enough_and_one_is_not():
    two = [r for r in messages() if r["label"] != "噪音"]
    assert (
        unpacked(train(two, SPEC, folds=3).data, "two").judge(two[0]).picks[0].label
        == (two[0]["label"])
    )
    with pytest.raises(BadData, match="fewer than two labels"):
        train([r for r in messages() if r["label"] == "噪音"], SPEC)


def test_cases_without_a_text_are_told_by_type_and_street_together():
    spec = Spec(cells=("type", "street"), label="unit")
    model = unpacked(train(cases(), spec, groups=[str(n) for n in range(72)]).data, "cases")
    for case in cases()[::12]:
        assert model.judge(case).picks[0].label == case["unit"]


def test_a_model_keeps_no_more_than_it_may():
    found = train(messages(), SPEC, folds=3, most=Most(features=50, values=100))
    whole = train(messages(), SPEC, folds=3)
    assert len(found.data) < len(whole.data)
    assert unpacked(found.data, "small").judge(messages()[0]).known


def test_of_many_features_those_that_tell_the_labels_apart_are_kept():
    truth = np.arange(40) % 2
    told = np.eye(2)[truth]
    vectors = sparse.csr_matrix(np.hstack([np.ones((40, 3)), told, np.ones((40, 2))]))
    assert telling(vectors, truth, 2).tolist() == [3, 4]
    assert telling(vectors, truth, 99).tolist() == list(range(7))
    judges = linear(vectors, truth, 3, 1)
    assert judges.weights.shape == (7, 3)
    said = vectors @ judges.weights + judges.offsets
    assert (said.argmax(1) == truth).all()
    assert (said[:, 2] == said[0, 2]).all()
    assert said[0, 2] < said[:, :2].max(1).min()


def test_where_a_label_would_lack_in_the_choosing_the_usual_strictness_serves():
    # The only message of the third label stands in the quarter by which is chosen.
    truth = np.asarray([2, *([0, 1] * 8)])
    vectors = sparse.csr_matrix(np.eye(3)[truth])
    judges = linear(vectors, truth, 3, 1)
    assert STRICT in STRICTS
    assert ((vectors @ judges.weights + judges.offsets).argmax(1) == truth).all()


def test_that_a_machine_would_go_on_is_not_said_and_all_else_is():
    machine: Any = LogisticRegression(max_iter=1)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        with bounded():
            machine.fit(np.eye(4) * 9, [0, 1, 2, 3])
            warnings.warn("something else", UserWarning, stacklevel=1)
        assert [str(each.message) for each in said] == ["something else"]
        machine.fit(np.eye(4) * 9, [0, 1, 2, 3])
    assert [each.category for each in said] == [UserWarning, ConvergenceWarning]
