"""Percentiles are values that were measured, shares of nothing are unknown, ranks move honestly."""

import pytest

from console.domain.figure import (
    NO_COURSE,
    Behind,
    Point,
    course_of,
    misses,
    percentile,
    ranked,
    share,
)


def test_a_percentile_is_a_value_that_was_measured():
    tens = [float(n) for n in range(1, 11)]
    assert [percentile(tens, p) for p in (0.5, 0.9, 1.0)] == [5.0, 9.0, 10.0]
    assert percentile([7.0], 0.5) == 7.0
    assert percentile([], 0.9) is None


def test_a_share_of_nothing_is_unknown_and_not_a_hundred():
    assert share(3, 4) == 75
    assert share(0, 0) is None


@pytest.mark.parametrize(
    ("value", "better", "missed"),
    [(94, "up", True), (95, "up", False), (96, "down", True), (95, "", False), (None, "up", False)],
)
def test_a_target_is_missed_on_its_wrong_side_only(value, better, missed):
    assert misses(value, 95, better) is missed


def test_ranks_are_best_first_and_tell_who_moved():
    points = [
        Point(key="a", value=90, before=70), Point(key="b", value=80, before=80),
        Point(key="c", value=80, before=60), Point(key="d", value=None, before=99),
    ]  # fmt: skip
    found = [(rank, moved, p.key) for rank, moved, p in ranked(points, "up")]
    assert found == [(1, 2, "a"), (2, 0, "b"), (2, 2, "c"), (4, None, "d")]
    assert [p.key for _, _, p in ranked(points, "down")] == ["b", "c", "a", "d"]


def test_nothing_behind_a_number_is_not_true():
    assert not Behind()
    assert Behind("incident", "state:reported")
    assert Behind(indicator="x")


def test_a_course_lies_side_by_side_and_none_is_not_true():
    course = course_of([(1, 2.5), (3, 4.5)])
    assert (list(course.ats), list(course.values)) == ([1.0, 3.0], [2.5, 4.5])
    assert course == course_of([(1, 2.5), (3, 4.5)])
    assert not NO_COURSE
