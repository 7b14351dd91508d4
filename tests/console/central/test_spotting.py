"""Appeals that come in numbers open one incident, by the scene's rule, with every appeal named."""

import pytest

from console.base.ids import new_id
from console.central.spotting import Spots
from console.domain import opening
from console.domain.record import Incident
from tests.centre_driver import PEOPLE, XUANWU, act, birth, step

MINUTE = 60_000
LEAD = PEOPLE["lead"]
HOT = "DMUM-06-02"


@pytest.fixture
def spots(centre):
    return Spots(centre)


def call(centre, type=HOT, words="路面坑槽很深", count=1, scope=XUANWU, **told):
    """Let so many people call about a thing of a type, each with an incident of its own."""
    for _ in range(count):
        born = birth(scope, type=type, scene=type[:4], title=words,
                     reported_at=centre.clock.now())  # fmt: skip
        report = new_id()
        facts = {"scope": scope, "source": "hotline", "words": words, "at": centre.clock.now(),
                 "type": type}  # fmt: skip
        heard = step("report", report, "receive", **facts, **told)
        joined = step("report", report, "attach", base=10**15, incident=born.record)
        verdict = centre.judge_acts([act("dispatcher", born, heard, joined)], PEOPLE["dispatcher"])
        assert verdict.verdicts[0].verdict == "applied", verdict


def opened(centre, turn=1, area="320102"):
    found = centre.get("incident", opening.incident_id("hotspot", f"{HOT} {area}", turn))
    assert found is None or isinstance(found, Incident)
    return found


def test_twenty_of_one_kind_in_one_district_within_the_hour_open_one_incident(centre, spots, clock):
    call(centre, count=19)
    call(centre, "DMUM-01", count=4)
    assert spots.tend() == 1  # nineteen are up from none before
    found = opened(centre)
    assert found.type == "DMHL-06"
    assert "玄武区" in found.title
    assert "此前没有" in found.title
    assert "路面坑槽" in found.detail
    assert found.catalog == HOT
    held = centre.get("incident", opening.incident_id("hotspot", f"{HOT} 320102", 1))
    assert "19" in held.title
    clock.turn(MINUTE)
    call(centre, count=3)
    assert spots.tend() == 0


def test_a_few_open_nothing_and_it_is_looked_once_a_minute(centre, spots, clock):
    call(centre, count=3)
    assert spots.tend() == 0
    call(centre, count=20)
    assert spots.tend() == 0
    clock.turn(MINUTE)
    assert spots.tend() == 1


def end(centre, held, clock):
    voided = step("incident", held.id, "void", base=held.version, reason="误报")
    found = centre.judge_acts([act("lead", voided, at=clock.now())], LEAD)
    assert found.verdicts[0].verdict == "applied"


def test_after_that_one_is_ended_only_new_appeals_open_another(centre, spots, clock):
    call(centre, count=21)
    assert spots.tend() == 1
    end(centre, opened(centre), clock)
    clock.turn(2 * MINUTE)
    assert spots.tend() == 0  # it is those that the first was raised on
    call(centre, count=20)
    clock.turn(2 * MINUTE)
    again = Spots(centre)  # as after a new start, it is the ledger that knows
    assert again.tend() == 1
    assert "20" in opened(centre, 2).title


def test_what_is_hot_in_many_districts_opens_one_for_the_city(centre, spots, clock):
    districts = [d for d in centre.place.city.districts if d != "320102"][:2]
    call(centre, count=20)
    assert spots.tend() == 1
    for district in districts:
        call(centre, count=20, scope=district)
    clock.turn(MINUTE)
    assert spots.tend() == 1
    held = opened(centre, area="")
    assert (held.scope, held.catalog) == (centre.place.city.code, HOT)
    assert centre.place.city.name in held.title
    end(centre, opened(centre), clock)
    call(centre, count=20)
    clock.turn(MINUTE)
    assert spots.tend() == 0  # its district is part of the city's


def test_one_who_calls_again_and_again_is_one_caller(centre, spots):
    call(centre, count=30, phone="10000000001")
    assert spots.tend() == 0


def test_what_was_told_longer_ago_than_the_window_is_no_part_of_it(centre, spots, clock):
    call(centre, count=30)
    clock.turn(180 * MINUTE)
    assert spots.tend() == 0
