"""Layers are data: what they show follows the core, and what a seat chose is kept."""

import numpy as np
import pytest
from msgspec.structs import replace

from console.base.text import TEXTS
from console.domain.changes import Changes
from console.domain.reading import Reading
from console.maps.mercator import place
from ui.models.maplayers import Layers, Narrowing, Seen, keep, kept, read_layers, usual

EVERYTHING = Changes(everything=True)


@pytest.fixture
def layers(seat):
    return Layers(seat.core, seat.core.maps, read_layers())


def shown(layers, changes=EVERYTHING, on=("incidents", "units"), narrowing=None):
    seen = Seen(usual(read_layers()).order, frozenset(on))
    return layers.read(seen, changes, narrowing or Narrowing())


def placed(seat):
    return next(i for k, i in seat.town.records if k == "incident" and seat.incident(i).lon)


def test_every_layer_has_a_name_in_both_languages():
    assert all(TEXTS.has(f"choice.layer.{layer.id}") for layer in read_layers())


def test_open_incidents_stand_where_they_are(seat, layers):
    incident = seat.incident(placed(seat))
    marks = shown(layers).marks[0]
    n = list(marks.ids).index(incident.id)
    assert place(marks.x[n], marks.y[n]).one == pytest.approx((incident.lon, incident.lat))
    assert marks.symbols[marks.look[n]].role == f"severity.{incident.level}"
    assert incident.title in marks.names[n]


def test_news_change_only_what_they_touch(seat, layers):
    incident = seat.incident(placed(seat))
    before = shown(layers).marks[0]
    assert shown(layers, Changes()).marks[0] is before
    seat.hears(replace(incident, lon=118.9, lat=32.2, version=incident.version + 10))
    after = shown(layers, Changes(touched=frozenset({("incident", incident.id)}))).marks[0]
    n = list(after.ids).index(incident.id)
    assert place(after.x[n], after.y[n]).one == pytest.approx((118.9, 32.2))
    assert len(after) == len(before)


def test_what_has_no_place_is_not_on_the_map(seat, layers):
    incident = seat.incident(placed(seat))
    before = len(shown(layers).marks[0])
    seat.hears(replace(incident, lon=0.0, lat=0.0, version=incident.version + 10))
    after = shown(layers, Changes(touched=frozenset({("incident", incident.id)}))).marks[0]
    assert len(after) == before - 1


def test_places_come_from_the_maps_own_package(layers):
    marks = shown(layers, on=("hospitals",)).marks[0]
    assert len(marks) > 50
    assert "医院" in marks.names[0]


def test_warmth_is_of_the_incidents_even_when_they_are_hidden(layers):
    found = shown(layers, on=("heat",))
    assert found.heat is not None
    assert found.marks == ()


def test_a_seat_keeps_what_it_chose(seat):
    chosen = usual(read_layers()).turned("heat").raised("incidents", 1)
    keep(seat.core, chosen)
    assert kept(seat.core, read_layers()) == chosen


def test_layers_that_came_since_stand_as_usual(seat):
    seat.core.keep(f"map/layers/{seat.core.seat or '-'}", b"units gone|units gone")
    found = kept(seat.core, read_layers())
    assert found.order[0] == "units"
    assert set(found.order) == set(usual(read_layers()).order)
    assert "incidents" in found.shown


def test_a_layer_moves_up_and_down_and_no_farther():
    seen = Seen(("a", "b", "c"), frozenset("a"))
    assert seen.raised("a", 1).order == ("b", "a", "c")
    assert seen.raised("c", 5).order == ("a", "b", "c")
    assert seen.raised("b", -5).order == ("b", "a", "c")
    assert seen.turned("a").shown == frozenset()


def test_a_unit_stands_where_its_last_good_fix_says(seat, layers, monkeypatch):
    now = seat.core.clock.now()
    unit = next(i for k, i in seat.town.records if k == "unit")
    fixes = {
        (unit, "a"): Reading(topic="position", of=unit, at=now - 9_000, lon=118.7, lat=32.0),
        (unit, "b"): Reading(
            topic="position", of=unit, at=now - 5_000, lon=118.75, lat=32.05, heading=90, speed=9
        ),
        (unit, "c"): Reading(topic="position", of=unit, at=now, lon=1, lat=1, quality="bad"),
    }
    monkeypatch.setattr(seat.core, "last", lambda _topic: fixes)
    found = next(u for u in shown(layers).units if u.id == unit)
    assert place(np.array(found.x), np.array(found.y)).one == pytest.approx((118.75, 32.05))
    assert (found.heading, found.age) == (90, pytest.approx(5, abs=1))
