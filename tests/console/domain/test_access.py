"""Jurisdictions and departments decide who sees what; a longer code is not a part of a shorter."""

import pytest

from console.domain.access import Access, covers, depts_of, sees, system
from console.domain.record import SHARED, Incident, Report, Task


@pytest.mark.parametrize(
    ("mine", "scope", "seen"),
    [
        ("", "320102.320102002", True),
        ("", "", True),
        ("320102", "320102", True),
        ("320102", "320102.320102002", True),
        ("320102.320102002", "320102.320102002", True),
        ("320102.320102002", "320102", False),
        ("320102.320102002", "320102.320102003", False),
        ("320102", "320104", False),
        ("320102", "3201021", False),
        ("320102", "", False),
        ("320102", SHARED, True),
    ],
)
def test_a_jurisdiction_covers_itself_and_what_lies_in_it(mine, scope, seen):
    assert covers((mine,), scope) is seen


def test_nobody_sees_without_a_jurisdiction_or_a_department():
    assert not sees(Access(user="x"), "320102")
    assert not sees(Access(user="x", depts=("cgj",)), "320102", ("wat",))


def test_a_department_sees_what_concerns_it_wherever_it_lies():
    unit = Access(user="x", depts=("wat",))
    assert sees(unit, "320102", depts_of(Incident(id="I", lead="wat")))
    assert sees(unit, "320102", depts_of(Incident(id="I", lead="cgj", assists=("wat",))))
    assert sees(unit, "320102", depts_of(Task(id="T", dept="wat")))
    assert not sees(unit, "320102", depts_of(Report(id="R")))


def test_the_centre_sees_all():
    assert sees(system(), "320102.320102002")
    assert system().roles == ("system",)
