"""An account watches what it may see, by a pass of its own that is kept nowhere."""

import pytest

from console.central.gate import FRESH_S
from console.domain.access import Access, system
from console.domain.record import Act, Step
from tests.centre_driver import PEOPLE

CODE = "32010200001310000001"


@pytest.fixture
def door(lite):
    args = {"scope": "320102", "code": CODE, "name": "云芷路球机"}
    step = Step(kind="camera", record=f"cam-{CODE}", verb="enrol", args=args)
    lite.centre.load([Act(id="a", steps=(step,), by="system", at=1)], system())
    for user in ("xuanwu", "qinhuai"):
        lite.people.put(PEOPLE[user], "a password")
    return lite.gate.door("cam-{}".format, {"player": "s3cret"})


def test_each_account_has_a_pass_of_its_own_that_outlives_a_start(lite, door):
    lite.gate.hosts.append("10.1.2.3:8554")
    mine, other = (lite.gate.give(PEOPLE[user]) for user in ("xuanwu", "qinhuai"))
    assert mine.hosts == ("10.1.2.3:8554",)
    assert mine.password != other.password
    assert door.password(mine.user) == mine.password
    assert type(lite.gate)(lite.centre, lite.people).give(PEOPLE["xuanwu"]).password == (
        mine.password
    )
    assert mine.password not in repr(mine)


def test_who_is_barred_or_is_nobody_soon_comes_in_no_more(lite, door, clock):
    assert door.password("xuanwu")
    lite.people.bar("xuanwu")
    clock.turn(round(FRESH_S * 1_000))
    assert door.password("xuanwu") is None
    assert door.password("nobody") is None
    assert not door.may("xuanwu", CODE)


def test_an_account_watches_its_own_places_and_other_players_all(door):
    assert door.may("xuanwu", CODE)
    assert not door.may("qinhuai", CODE)
    assert not door.may("xuanwu", "32010200001310000099")
    assert door.password("player") == "s3cret"
    assert door.may("player", CODE)


def test_a_name_in_any_script_can_be_said_in_a_header(lite):
    lite.people.put(Access(user='张 "三"', scopes=("",)), "a password")
    made = lite.gate.give(Access(user='张 "三"'))
    assert made.user.isascii()
    assert '"' not in made.user
    assert lite.gate.password(made.user) == made.password
