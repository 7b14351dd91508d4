"""What is at a place is told from the cache and the map alone."""

import pytest

from console.advise.case import Thing
from console.domain.datum import Cgcs2000
from console.maps.build import Place
from console.maps.near import Near
from console.services.site import read_reach, site_of
from tests.desks import STREET, Bench

AT = (118.79, 32.04)
STEP = 0.0001
"""About ten metres."""


class OnMap:
    """A map with a school and two hydrants near the place."""

    places = (
        Place("school", "白露小学", AT[0], AT[1] + 10 * STEP),
        Place("hydrant", "消火栓", AT[0], AT[1] + 3 * STEP),
        Place("hydrant", "消火栓", AT[0], AT[1] + 9 * STEP),
        Place("hospital", "远岫医院", AT[0], AT[1] + 1),
    )

    def near(self, sort):
        mine = [p for p in self.places if p.sort == sort]
        return Near(Cgcs2000.of([p.lon for p in mine], [p.lat for p in mine]), mine)


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def site(bench, type="", level=""):
    return site_of(bench.desk.around, OnMap(), AT, type, level)


def test_cases_in_hand_and_past_ones_are_counted_there_and_not_farther(bench):
    bench.incident("I1", lon=AT[0], lat=AT[1])
    bench.incident("I2", lon=AT[0], lat=AT[1] + STEP)
    bench.run("incident.void I2 --reason 误报")
    bench.incident("I3", lon=AT[0], lat=AT[1] + 20 * STEP)
    found = site(bench)
    assert (found.open, found.past, found.usual, found.usual_count) == (1, 1, "DMUM-01", 1)


def test_what_helps_and_what_is_in_danger_is_named_with_its_distance(bench):
    found = site(bench)
    assert found.helps == (Thing("hydrant", "消火栓", 33, 2),)
    assert found.exposed == (Thing("school", "白露小学", 111),)


def test_cameras_near_by_are_counted(bench):
    facts = {"scope": STREET, "code": "3" * 20, "name": "路口枪机", "lon": AT[0], "lat": AT[1]}
    bench.given("camera", "enrol", facts, "C1")
    assert site(bench).helps[-1] == Thing("camera", "路口枪机", 0)


@pytest.mark.parametrize(("reach", "held"), [(5.0, True), (0.1, True), (None, False)])
def test_a_warning_in_force_that_holds_the_place_is_told(bench, reach, held):
    middle = (*AT, reach) if reach else (AT[0] + 1, AT[1], 1.0)
    facts = {"scope": "*", "identifier": "w", "sender": "met", "sent_at": bench.clock.now(),
             "standing": "actual", "headline": "暴雨橙色预警", "circles": [middle],
             "event": "暴雨", "expires_at": bench.clock.now() + 3_600_000}  # fmt: skip
    bench.given("warning", "issue", facts, "W1")
    assert site(bench).warnings == (("暴雨橙色预警",) if held else ())


def test_the_plans_for_its_type_are_proposed_from_their_level_on(bench):
    plan = next(p for p in bench.desk.around.plans.values() if p.on and p.from_level == "II")
    assert plan.id in site(bench, plan.on[0], "I").plans
    assert plan.id not in site(bench, plan.on[0], "routine").plans
    assert site(bench).plans == ()


def test_how_far_is_looked_is_data():
    assert read_reach().case_m > 0
