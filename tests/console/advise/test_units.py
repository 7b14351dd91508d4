"""Which units are advised, and why each other one is not."""

from dataclasses import replace

import pytest

from console.advise.runcards import read_runcards
from console.advise.units import Candidate, Straight, Wanted, advise, nearer

CARDS = read_runcards(("I", "II", "III", "IV", "routine"))
NOW = 1_767_578_400_000
MINUTE = 60_000
WANTED = Wanted("DMUM-06-02", "routine", 118.79, 32.05, "320102", NOW)
ROAD = Candidate("A", "道养-01", "道路养护班", "hud", "320102", True, 118.791, 32.05, NOW - MINUTE)
TRAVEL = Straight(CARDS.rules)


def given(*candidates, wanted=WANTED, travel=TRAVEL):
    return advise(wanted, candidates, CARDS, travel)


def keys(advice, unit):
    return [r.key for r in advice.of(unit).reasons]


def test_the_nearest_with_the_ability_is_sent_and_each_other_one_has_a_reason():
    far = replace(ROAD, id="B", lon=118.85)
    other = replace(ROAD, id="C", type="巡逻车组")
    found = given(far, other, ROAD)
    assert [(v.unit, v.capability) for v in found.sent] == [("A", "road")]
    assert keys(found, "B") == ["farther"]
    assert keys(found, "C") == ["unable"]
    assert found.of("none") is None


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"ready": False}, "off_duty"),
        ({"tasks": 2}, "busy"),
        ({"lon": 0.0, "lat": 0.0}, "no_place"),
        ({"seen_at": NOW - 90 * MINUTE}, "lost"),
    ],
)
def test_what_bars_a_unit_is_said_and_leaves_a_shortfall(facts, key):
    found = given(replace(ROAD, **facts))
    assert found.sent == ()
    assert keys(found, "A")[0] == key
    (short,) = found.shortfalls
    assert (short.capability, short.wanted, short.found) == ("road", 1, 0)
    assert (short.nearest, short.why.key) == ("道养-01", key)


def test_a_shortfall_of_what_nobody_has_names_nobody():
    (short,) = given().shortfalls
    assert (short.nearest, short.why) == ("", None)


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"tasks": 1}, "load"),
        ({"since": NOW - 10 * 60 * MINUTE}, "tired"),
        ({"district": "320104"}, "away"),
    ],
)
def test_load_rest_and_another_district_count_as_a_longer_way(facts, key):
    burdened = replace(ROAD, id="B", **facts)
    slightly_farther = replace(ROAD, lon=118.80)
    found = given(burdened, slightly_farther)
    assert [v.unit for v in found.sent] == ["A"]
    assert key in keys(found, "B")


def test_a_stale_position_is_flagged_and_still_counts():
    found = given(replace(ROAD, seen_at=NOW - 20 * MINUTE))
    assert keys(found, "A") == ["nearest", "stale"]
    assert keys(given(replace(ROAD, seen_at=0)), "A") == ["nearest", "home"]


def test_a_unit_that_no_way_leads_from_is_not_sent():
    class Island:
        estimated = False

        def times_to(self, goal, starts):
            return [None for _ in starts]

    found = given(ROAD, travel=Island())
    assert keys(found, "A") == ["no_way"]
    assert not found.estimated


def test_without_a_road_graph_it_says_that_times_are_estimated():
    found = given(ROAD)
    assert found.estimated
    assert found.sent[0].seconds == pytest.approx(94.3 * 1.35 / 8.3, rel=0.01)


def test_a_unit_is_sent_for_one_ability_alone():
    grave = replace(WANTED, type="EMCR-05", level="III")
    engines = [replace(ROAD, id=f"E{n}", type="消防救援站") for n in range(3)]
    found = given(*engines, wanted=grave)
    assert [v.capability for v in found.sent] == ["rescue", "rescue"]
    assert {s.capability for s in found.shortfalls} == {"police", "medical", "traffic"}


def test_after_dispatch_a_nearer_unit_that_became_free_is_named_with_what_it_saves():
    found = given(replace(ROAD, id="B"), replace(ROAD, id="C", tasks=2, lon=118.7901))
    verdict, gain = nearer(ROAD, found, 600.0, CARDS.rules)
    assert verdict.unit == "B"
    assert gain == pytest.approx(600 - verdict.seconds)
    assert nearer(ROAD, found, 100.0, CARDS.rules) is None
