"""Units, tasks and positions of a seat as candidates for an incident."""

import pytest

from console.advise.units import Straight
from console.maps.graph import build
from console.maps.roads import Roads
from console.services.fit import ByRoad, candidates, cards_of, nearer_than, units_for
from tests.console.maps.towns import at, town
from tests.desks import STREET, Bench

PLACE = {"lon": 118.79, "lat": 32.05}
MINUTE = 60_000
LEVELS = ("I", "II", "III", "IV", "routine")


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    made.given(
        "unit", "enrol",
        {"scope": STREET, "call_sign": "巡查-01", "dept": "cgj", "type": "市容巡查车", **PLACE},
        "U1",
    )  # fmt: skip
    made.step("unit", "U1", "ready")
    made.unit("U2", call_sign="巡查-02")
    yield made
    made.store.close()


def test_a_unit_stands_where_it_was_seen_or_else_at_home(bench):
    now = bench.clock.now()
    found = candidates(bench.desk.around, {"U2": (118.8, 32.06, now)})
    home, other = sorted(found, key=lambda c: c.id)
    assert (home.id, home.lon, home.seen_at, home.ready, home.tasks) == ("U1", 118.79, 0, True, 0)
    assert (other.lon, other.lat, other.seen_at) == (118.8, 32.06, now)


def test_its_tasks_in_hand_are_counted_and_the_disbanded_are_left_out(bench):
    bench.incident("I1")
    bench.run("受理 I1", "派单 I1 --lead cgj --unit U1")
    bench.step("unit", "U2", "rest")
    bench.step("unit", "U2", "disband")
    (only,) = candidates(bench.desk.around, {})
    assert (only.id, only.tasks) == ("U1", 1)


def test_a_turn_that_began_longer_than_a_day_ago_is_not_known(bench):
    assert {c.id: c.since for c in candidates(bench.desk.around, {})}["U1"] > 0
    bench.clock.turn(25 * 60 * MINUTE)
    assert {c.id: c.since for c in candidates(bench.desk.around, {})}["U1"] == 0


def test_whom_to_send_follows_from_type_level_and_place(bench):
    held = bench.incident("I1", type="DMUM-02-01", **PLACE)
    advice = units_for(bench.desk.around, held, {})
    assert [v.unit for v in advice.sent] == ["U1"]
    assert advice.estimated
    assert [r.key for r in advice.of("U2").reasons] == ["unable"]


def test_with_a_road_graph_ways_are_those_of_the_roads():
    by_road = ByRoad(Roads(build(town())))
    goal, start = at(0, 0), at(3, 4)
    (way, nowhere) = by_road.times_to(goal, [start, (117.0, 31.0)])
    assert way > Straight(cards_of(LEVELS).rules).times_to(goal, [start])[0] / 3
    assert nowhere is None
    assert by_road.times_to(goal, []) == []
    assert not by_road.estimated


def test_after_dispatch_a_free_unit_that_would_be_there_sooner_is_told_with_what_it_saves(bench):
    bench.incident("I1", type="DMUM-02-01", **PLACE)
    bench.run("受理 I1", "派单 I1 --lead cgj --unit U1")
    far = (PLACE["lon"] + 0.2, PLACE["lat"], bench.clock.now())
    held = bench.held()
    assert nearer_than(bench.desk.around, held, {"U1": far}) == []
    more = {"scope": STREET, "call_sign": "巡查-03", "dept": "cgj", "type": "市容巡查车", **PLACE}
    bench.given("unit", "enrol", more, "U3")
    bench.step("unit", "U3", "ready")
    (found,) = nearer_than(bench.desk.around, held, {"U1": far})
    assert (found.sent, found.better.name) == ("巡查-01", "巡查-03")
    assert found.saves_s > 60
    assert nearer_than(bench.desk.around, held, {}) == []
