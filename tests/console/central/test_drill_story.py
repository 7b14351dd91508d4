"""A story of one incident goes as far as it is told, by acts that the judge takes."""

from dataclasses import replace

import pytest

from console.central.drill import populate, stage_of, storm
from console.central.drill_city import Dice
from console.central.drill_stage import DAY, HOUR, Yard
from console.central.drill_story import Story
from console.wire import APPLIED

STATES = {
    "create": "reported", "accept": "accepted", "dispatch": "dispatched", "sign": "signed",
    "start": "handling", "feedback": "feedback", "verify": "verifying", "close": "closed",
    "return": "returned", "suspend": "suspended", "rework": "rework", "void": "void",
    "transfer": "transferred",
}  # fmt: skip


@pytest.fixture
def stage(lite, clock):
    populate(lite.centre, clock, incidents=0)
    made = stage_of(lite.centre, Dice(5), clock.now() + 60 * DAY)
    return replace(made, yard=Yard((), made.dice))  # some units have gone off duty


def told(lite, *stories):
    deeds = sorted((d for s in stories for d in s.deeds), key=lambda d: d[0].at)
    who = {act.id: actor for act, actor in deeds}
    verdicts = list(lite.centre.load([a for a, _ in deeds], lambda act: who[act.id]))
    assert [v for v in verdicts if v.verdict != APPLIED] == []


@pytest.mark.parametrize(("stop", "state"), STATES.items())
def test_it_is_left_where_it_was_to_stop(stage, lite, clock, stop, state):
    story = Story(stage, stage.town.told(stage.dice), clock.now(), stop).tell()
    told(lite, story)
    assert lite.centre.get("incident", story.id).state == state


def test_a_twin_is_merged_into_the_first(stage, lite, clock):
    first = Story(stage, stage.town.told(stage.dice), clock.now(), "dispatch").tell()
    twin = first.twin(stage.town.told(stage.dice, first.told.case), clock.now() + HOUR)
    told(lite, first, twin)
    assert lite.centre.get("incident", twin.id).parent == first.id


def test_a_storm_comes_over_one_district(stage, lite, clock):
    stories = list(storm(stage, clock.now(), 8, 30))
    told(lite, *stories)
    assert len({s.told.spot.district.code for s in stories}) == 1
