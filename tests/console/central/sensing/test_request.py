"""A request speaks for what its account may, and says what is wrong with each reading."""

import pytest

from console.central.sensing.request import NAMED, Request
from console.domain.reading import Unread
from tests.centre_driver import PEOPLE, QINHUAI
from tests.gauges import PONDING, TUNNEL, measured


def test_a_device_may_pass_quickly_and_a_person_never():
    assert Request(PEOPLE["water"], 9).quick == 9
    assert Request(PEOPLE["xuanwu"], 9).quick == 0


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"source": "x" * 129}, "name"), ({"source": "a\0"}, "name"), ({"at": 0}, "instant"),
        ({"at": 10}, "future"), ({"lat": 91.0}, "place"), ({}, ""),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong(change, key):
    facts = {"at": 9, "value": 1.0} | change
    wrong = Request(PEOPLE["water"], 9).wrong(measured(PONDING, **facts), TUNNEL)
    assert wrong == (f"reading.{key}" if key else "")


def test_a_person_speaks_in_their_own_name_for_their_own_places():
    request, own = Request(PEOPLE["xuanwu"], 9), {"source": "@xuanwu"}
    assert request.wrong(measured(PONDING, 9, 1, **own), TUNNEL) == ""
    assert request.wrong(measured(PONDING, 9, 1, **own), QINHUAI) == "reading.scope"
    assert request.wrong(measured(PONDING, 9, 1), TUNNEL) == "reading.by"


def test_all_wrong_ones_are_counted_and_the_first_named():
    request = Request(PEOPLE["water"], 9)
    for n in range(NAMED + 5):
        request.refuse(n, Unread(why="no `at`"), "reading.shape", why="no `at`")
    assert (request.told.refused, len(request.told.wrong)) == (NAMED + 5, NAMED)
    assert request.told.wrong[3].n == 3
