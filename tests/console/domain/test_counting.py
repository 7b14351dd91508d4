"""Rows are counted and measured by groups."""

from console.domain.counting import Group, RowCounting
from console.domain.query import Viewpoint, parse_query
from console.domain.record import Incident
from console.domain.rows import row_of

VIEW = Viewpoint("wang", 10_000)
ROWS = [
    (*row_of(Incident(id=f"I{n}", scope=scope, state=state, reported_at=at)), 0, 0, 0)
    for n, (scope, state, at) in enumerate(
        [
            ("A", "closed", 0),
            ("A", "reported", 3_600),
            ("B", "closed", 3_700),
            ("B", "closed", 9_000),
        ]
    )
]
COUNT = RowCounting({"incident": ROWS}.__getitem__)


def test_all_rows_count_together_without_a_group():
    assert COUNT.tally(parse_query("incident", ""), VIEW) == {"": 4}
    assert COUNT.tally(parse_query("incident", "state:void"), VIEW) == {"": 0}


def test_rows_are_counted_by_a_field_and_by_steps_of_time():
    closed = parse_query("incident", "state:closed")
    assert COUNT.tally(closed, VIEW, Group("district")) == {"A": 1, "B": 2}
    hours = Group("reported_at", 3_700, 1_000)
    assert COUNT.tally(parse_query("incident", ""), VIEW, hours) == {-4: 1, -1: 1, 0: 1, 5: 1}


def test_a_measure_leaves_out_what_is_not_set_and_comes_in_order():
    found = COUNT.measured(parse_query("incident", ""), VIEW, "reported_at", Group("district"))
    assert found == {"A": [3_600.0], "B": [3_700.0, 9_000.0]}
