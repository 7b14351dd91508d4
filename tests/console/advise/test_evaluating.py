"""A model over messages that it has not seen."""

import pytest

from console.advise.evaluating import evaluate
from console.advise.features import Spec
from console.advise.model import unpacked
from console.advise.training import train
from console.base.errors import BadData
from tests.console.advise.messages import messages

SPEC = Spec(text=("text",), label="label")


@pytest.fixture(scope="module")
def model():
    return unpacked(train(messages()[:300], SPEC, folds=3, name="small").data, "small")


def test_what_it_was_trained_on_is_left_out_of_the_scores(model):
    found = evaluate(model, messages(), (0.9, 0.7))
    assert (found.count, found.seen, found.strange) == (84, 300, 0)
    assert found.scores.accuracy > 0.95
    assert 0 < found.ms_median <= found.ms_p99


def test_a_label_it_does_not_know_counts_as_wrong(model):
    found = evaluate(model, [{"text": "高架桥限高杆被撞", "label": "桥梁"}], (0.9, 0.7))
    assert (found.strange, found.scores.accuracy) == (1, 0.0)


def test_nothing_new_to_judge_is_bad_data(model):
    with pytest.raises(BadData, match="not trained on"):
        evaluate(model, messages()[:10], (0.9, 0.7))
