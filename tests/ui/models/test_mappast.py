"""At an instant those incidents stand that had come and had not ended."""

from dataclasses import replace

import numpy as np
import pytest

from console.domain.query import parse_query
from console.domain.reading import Reading
from console.domain.sensed import Sensed
from console.maps.mercator import place
from ui.models.mapmarks import BADGES, Marks, Shown, Symbol
from ui.models.mappast import DAY_MS, Past, past_of
from ui.models.mapsheet import read_layers

LAYERS = read_layers()


def shown():
    marks = Marks(
        "incidents", "incident", ["a", "b", "c"], np.arange(3.0), np.arange(3.0),
        np.zeros(3, np.int16), (Symbol("disc", "good"),), names=["a", "b", "c"],
    )  # fmt: skip
    return Shown((marks,), heat=marks)


def test_only_what_stood_open_then_is_shown():
    held = {"incidents": shown().marks[0]}
    past = Past(("a", "b", "c"), np.array([10, 20, 30]), np.array([0, 25, 0]), held)
    assert [list(past.at(shown(), t).marks[0].ids) for t in (5, 15, 22, 27, 40)] == [
        [], ["a"], ["a", "b"], ["a"], ["a", "c"],
    ]  # fmt: skip
    heat = past.at(shown(), 15).heat
    assert heat is not None
    assert len(heat) == 1


def test_the_last_day_is_read_from_the_core(seat):
    now = seat.core.clock.now()
    past = past_of(seat.core, LAYERS, now - DAY_MS, now)
    assert len(past.ids) >= 4
    assert (past.came > seat.core.clock.now() - 60 * DAY_MS).all()


def heard(seat, *minutes):
    """Let a unit be heard of at some minutes, further east each time."""
    unit = next(i for k, i in seat.town.records if k == "unit")
    for n in minutes:
        at = 1_000 + n * 60_000
        reading = Reading(topic="position", of=unit, at=at, lon=118.8 + n * 0.01, lat=32.0)
        seat.core.gauges._values.absorb([Sensed(reading=reading)], n, "b")


def test_units_are_where_they_were_last_heard_of_by_then(seat):
    heard(seat, 0, 1, 2)
    past = past_of(seat.core, LAYERS, 0, 130_000)
    assert past.at(Shown(), 500).units == ()
    (there,) = past.at(Shown(), 91_000).units
    assert place(np.array(there.x), np.array(there.y)).one == pytest.approx((118.81, 32.0))
    assert (there.role, there.age) == ("text.second", 30.0)
    (tail,) = past.at(Shown(), 125_000).tails
    assert len(tail) == 3
    assert past.silent == ()


def test_a_stretch_of_which_nothing_is_held_shows_no_units_and_is_told(seat):
    heard(seat, 0, 60)
    past = past_of(seat.core, LAYERS, 1_000, 1_000 + 61 * 60_000)
    assert past.silent == ((1_000, 1_000 + 60 * 60_000),)
    assert not past.knows(30 * 60_000)
    assert past.at(Shown(), 30 * 60_000).units == ()
    assert past.knows(1_000 + 60 * 60_000)
    assert len(past.at(Shown(), 1_000 + 61 * 60_000).units) == 1


def test_an_incident_that_has_ended_since_stands_while_it_was_open(seat):
    core = seat.core
    core.run("incident.create 井盖破损 --scope=320102 --lon=118.79 --lat=32.05").result()
    held = core.find(parse_query("incident", "sort:-reported_at"))[0][0]
    core.run(f'incident.void {held} "重复"').result()
    now = core.clock.now()
    past = past_of(core, LAYERS, now - DAY_MS, now)
    layer = replace(shown().marks[0], layer="incidents")
    n = past.ids.index(held)
    assert past.came[n] < past.ended[n] <= now
    during, after = (
        past.at(Shown((layer,)), int(t)).marks[0] for t in (past.came[n], past.ended[n])
    )
    assert held in during.ids
    assert held not in after.ids


def test_of_an_exercise_its_incidents_and_those_sent_to_them_alone_are_shown(seat):
    core = seat.core
    core.run("exercise.begin 春季演练").result()
    core.run(
        "incident.create 积水 --scope=320102 --lon=118.79 --lat=32.05 --exercise=春季演练"
    ).result()
    (exercise,) = (row[0] for row in core.find(parse_query("exercise", "")))
    heard(seat, 0, 1)
    now = core.clock.now()
    past = past_of(core, LAYERS, 0, now, str(exercise))
    (mine,) = past.ids
    assert past.marks["incidents"].names == ["【演练】积水"]
    assert BADGES[int(past.marks["incidents"].badge[0])][0] == "exercise"
    assert core.get("incident", mine).exercise == exercise
    assert past.only == frozenset()
    assert past.at(Shown(), 61_000).units == past.at(Shown(), 61_000).tails == ()
