"""Rows hold what lists show, in the order of their shapes."""

import pytest

from console.domain.deadline import Deadline
from console.domain.record import KINDS, SHARED, Asked, Incident
from console.domain.rows import INDEXED, SHAPES, STANDING, joined, row_of, running, split


def clock(due, **more):
    return Deadline(limit="1h", started=0, due=due, soon=due - 10, **more)


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_has_a_value_for_each_column_but_the_standing(kind):
    row = row_of(KINDS[kind](id="X", version=3))
    shape = SHAPES[kind]
    assert len(row) + len(STANDING) == len(shape.names)
    assert (row[shape.index("id")], row[shape.index("version")]) == ("X", 3)
    assert shape.names[-3:] == STANDING


@pytest.mark.parametrize("kind", KINDS)
def test_values_are_of_the_column_s_type(kind):
    types = {"TEXT": str, "INTEGER": int, "REAL": float}
    row = row_of(KINDS[kind](id="X"))
    wrong = [
        n for n, v in zip(SHAPES[kind].names, row, strict=False)
        if not isinstance(v, types[SHAPES[kind].types[n]])
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("kind", KINDS)
def test_columns_that_are_kept_in_order_exist(kind):
    assert set(INDEXED[kind]) <= set(SHAPES[kind].names)


def test_the_clock_that_runs_out_first_is_shown():
    held = {"sign": clock(50, stopped=5), "arrive": clock(90), "handle": clock(70, paused=3)}
    assert running(Incident(id="I", deadlines=held)) == (70, 60, "handle", 3)
    assert running(Incident(id="I")) == (0, 0, "", 0)


def test_a_scope_is_split_into_district_and_street():
    assert split("320102.320102002") == ("320102", "320102002")
    assert split("320102") == ("320102", "")
    assert split("") == split(SHARED) == ("", "")


def test_several_names_are_searchable_one_by_one():
    assert joined(("a", "b")) == " a b "
    assert joined(()) == ""
    asked = {"extend": Asked(what="extend", by="x", at=1)}
    row = row_of(Incident(id="I", watchers=("w",), asked=asked))
    shape = SHAPES["incident"]
    assert row[shape.index("watchers")] == " w "
    assert row[shape.index("asked")] == " extend "
