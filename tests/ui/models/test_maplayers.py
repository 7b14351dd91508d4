"""Layers are data: what they show follows the core, and what a seat chose is kept."""

import numpy as np
import pytest
from msgspec.structs import replace

from console.base.text import speak
from console.domain.changes import Changes
from console.domain.query import parse_query
from console.domain.reading import Reading
from console.domain.record import StartedPlan
from console.domain.rows import SHAPES
from console.maps.mercator import place
from ui.models.maplayers import NEW_MS, Layers, Narrowing, badges
from ui.models.mapmarks import BADGES
from ui.models.mapsheet import Seen, read_layers, scene_layers, usual

EVERYTHING = Changes(everything=True)


@pytest.fixture
def layers(seat):
    return Layers(seat.core, seat.core.maps, read_layers())


def shown(layers, changes=EVERYTHING, on=("incidents", "units"), narrowing=None):
    seen = Seen(usual(read_layers()).order, frozenset(on))
    return layers.read(seen, changes, narrowing or Narrowing())


def placed(seat):
    return next(i for k, i in seat.town.records if k == "incident" and seat.incident(i).lon)


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


def test_an_incident_is_new_then_in_hands_then_overdue(seat):
    row = next(r for r in seat.core.find(parse_query("incident", "")))
    at = SHAPES["incident"].index

    def badge(now, **said):
        fresh = list(row)
        for name, value in {"due": 0, "paused": 0, "pending": 0, "refused": 0, "conflict": 0,
                            "reported_at": 1_000, "state": "reported",
                            **said}.items():  # fmt: skip
            fresh[at(name)] = value
        return BADGES[int(badges([tuple(fresh)], now)[0])][0]

    assert badge(2_000) == "new"
    assert badge(2_000 + NEW_MS) == ""
    assert badge(2_000 + NEW_MS, state="handling") == "handled"
    assert badge(2_000 + NEW_MS, state="handling", due=5_000) == "overdue"
    assert badge(2_000 + NEW_MS, due=5_000, paused=4_000) == ""
    assert badge(2_000, pending=1) == "waiting"
    assert badge(2_000, pending=1, exercise="z") == "exercise"
    assert badge(2_000 + NEW_MS, due=5_000, pending=1) == "overdue"
    assert badge(2_000 + NEW_MS, due=5_000, refused=1) == "refused"
    assert badge(2_000, conflict=1) == "refused"


def test_a_plan_at_work_is_drawn_round_its_place(seat, layers):
    assert shown(layers, on=("plans",)).patches == ()
    seat.hears(StartedPlan(id="p1", state="running", version=1, scope="320102", scene="EMCR",
                           plan="none", lon=118.8, lat=32.05, radius_m=500))  # fmt: skip
    found = shown(layers, Changes(touched=frozenset({("plan", "p1")})), on=("plans",))
    assert [(p.kind, p.id) for p in found.patches] == [("plan", "p1")]
    assert found.counts["plans"] == 1


def test_a_scenes_lines_and_areas_are_shown_in_the_order_of_their_layers(seat):
    held = (*scene_layers(seat.core.scenes.values()), *read_layers())
    layers = Layers(seat.core, seat.core.maps, held)
    names = ("flood_prone", "dike_sections")
    for order in (names, names[::-1]):
        found = layers.read(Seen(order, frozenset(names)), EVERYTHING, Narrowing())
        kinds = [p.id.partition("/")[0] for p in found.patches]
        assert list(dict.fromkeys(kinds)) == list(order)
        assert found.counts["dike_sections"] == kinds.count("dike_sections") > 100
    dike = next(p for p in found.patches if p.id == "dike_sections/0")
    assert (dike.kind, dike.fill, dike.role) == ("shape", 0.0, "map.word.water")
    assert layers.troubles == []


def test_a_file_that_is_wrong_shows_nothing_and_is_told_once(seat):
    folder = seat.core.settings.map_folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dike_sections.geojson").write_text(
        '{"features": [{"geometry": {"type": "Point", "coordinates": [1, 2]}}]}'
    )
    held = scene_layers(seat.core.scenes.values())
    layers = Layers(seat.core, seat.core.maps, held)
    seen = Seen(("dike_sections",), frozenset(("dike_sections",)))
    for _ in range(2):
        found = layers.read(seen, EVERYTHING, Narrowing())
        assert found.patches == ()
    (told,) = layers.troubles
    assert told.key == "refused.bad_layer"
    assert told.args_by_name["where"] == "features[0].geometry"
    assert told.args_by_name["file"] == "dike_sections.geojson"


def test_a_plan_is_named_in_the_language_that_is_spoken(seat, layers):
    plan = StartedPlan(
        id="p9", state="running", scope="320102", scene="EMFV", plan="EMFV-P1",
        lon=118.79, lat=32.05, radius_m=500, version=5,
    )  # fmt: skip
    seat.hears(plan)

    def names():
        return {p.name for p in shown(layers, Changes(), on=("plans",)).patches if p.id == "p9"}

    chinese = names()
    speak("en")
    try:
        assert names() != chinese
        assert all(name.isascii() for name in names())
    finally:
        speak("zh_CN")
