"""How good advice is, in figures."""

import numpy as np
import pytest

from console.advise.scoring import calibration_error, coverage_at, macro_f1, scored

SURE = np.asarray([[0.95, 0.05, 0.0], [0.8, 0.2, 0.0], [0.1, 0.5, 0.4], [0.2, 0.2, 0.6]])
TRUTH = np.asarray([0, 1, 2, 2])


def test_scores_are_those_worked_out_by_hand():
    found = scored(SURE, TRUTH)
    assert (found.count, found.accuracy, found.top3) == (4, 0.5, 1.0)
    assert (found.coverage_90, found.accuracy_90) == (0.25, 1.0)
    assert [(b.name, b.share, b.accuracy) for b in found.bands] == [
        ("automatic", 0.25, 1.0), ("confirm", 0.25, 0.0), ("ask", 0.5, 0.5),
    ]  # fmt: skip


def test_what_is_not_known_is_put_to_a_person_and_counted():
    found = scored(SURE, TRUTH, known=np.asarray([False, True, True, True]))
    assert found.abstained == 0.25
    assert found.coverage_90 == 0.0
    assert found.accuracy_90 is None


def test_macro_f1_counts_labels_alike():
    assert macro_f1(np.asarray([0, 0, 0]), np.asarray([0, 0, 1])) == pytest.approx(0.4)


def test_calibration_error_is_the_gap_between_sure_and_right():
    assert calibration_error(np.full(10, 0.9), np.asarray([True] * 7 + [False] * 3)) == (
        pytest.approx(0.2)
    )


def test_coverage_takes_the_surest_first():
    right = np.asarray([True, True, False, False])
    assert coverage_at(np.asarray([0.9, 0.8, 0.7, 0.6]), right, 0.66) == 0.75
    assert coverage_at(np.asarray([0.9]), np.asarray([False]), 0.5) == 0.0
