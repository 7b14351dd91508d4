"""A report that gives only a point comes to the district and street whose polygon holds it."""

import json
from pathlib import Path

import pytest

from console.central.intake.eido import read_eido
from console.central.intake.taking import Intake
from console.central.whereabouts import Whereabouts
from console.domain.access import Access
from tests.drivers import ROOT

EIDO = json.loads((ROOT / "resources/docs/examples/eido.json").read_text("utf-8"))
SOURCE = Access(user="province", roles=("source",), scopes=("",))


@pytest.fixture
def lands(lite):
    found = Whereabouts(Path("none"), "nanjing")
    yield found
    found.close()


def test_the_middle_of_every_street_lies_in_its_district(lands, lite):
    city = lite.centre.place.city
    streets = [s for s in city.streets.values() if any(s.point)]
    right = [lands.of(city, *s.point) == (s.district, s.code) for s in streets]
    assert len(streets) > 90
    assert sum(right) / len(right) > 0.9


def test_far_off_or_without_a_map_nobody_knows(lands, lite):
    city = lite.centre.place.city
    assert lands.of(city, 100.0, 30.0) == ("", "")
    bare = Whereabouts(Path("none"), "nosuch")
    assert bare.of(city, 118.8, 32.05) == ("", "")
    bare.close()


def test_an_eido_gets_its_district_and_street_from_its_place(lite):
    intake = Intake(lite.centre, {})
    (told,) = intake.take("eido", read_eido, json.dumps(EIDO).encode(), SOURCE)
    incident = lite.centre.get("incident", told.incident)
    assert incident.address == "绕城高速花神庙枢纽"
    assert incident.scope.startswith("320114.")
    report = lite.centre.get("report", told.report)
    assert report.scope == incident.scope
