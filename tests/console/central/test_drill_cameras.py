"""The demo's catalogue fits the city, names no password, and learns where its server is."""

from collections import Counter

import pytest

from console.base.clock import ManualClock
from console.central.build import build
from console.central.drill_cameras import enrolments, eyes_of, give_addresses, town_of
from console.domain.record import Camera

BASE = "rtsp://127.0.0.1:8643"


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    built = build(tmp_path_factory.mktemp("demo"), ManualClock(), demo=True)
    yield built.centre
    built.close()


@pytest.fixture(scope="module")
def eyes(centre):
    return eyes_of(town_of(centre))


def test_every_district_has_cameras_with_codes_of_their_own(centre, eyes):
    codes = [eye.args["code"] for eye in eyes]
    assert len(set(codes)) == len(codes) > 300
    assert all(len(code) == 20 and code.isdigit() for code in codes)
    homes = Counter(eye.args["scope"].partition(".")[0] for eye in eyes)
    assert homes.keys() == {d.code for d in centre.place.city.districts.values() if d.streets}
    assert {eye.args["owner"] for eye in eyes} <= centre.place.city.departments.keys()


def test_they_are_the_same_each_time(centre, eyes):
    assert eyes_of(town_of(centre)) == eyes


def test_most_are_well_and_each_trouble_is_to_be_seen(eyes):
    troubles = Counter(eye.view.trouble for eye in eyes)
    assert troubles[""] > len(eyes) * 0.7
    assert set(troubles) == {"", "frozen", "black", "covered", "dying", "silent", "dead"}


def test_the_catalogue_learns_the_address_of_today_and_only_that_changes(centre, eyes):
    assert give_addresses(centre, eyes, BASE) == len(eyes)
    assert give_addresses(centre, eyes, BASE) == 0
    held = centre.get("camera", eyes[7].id)
    assert isinstance(held, Camera)
    assert held.sub == f"{BASE}/cam/7/sub"
    assert "@" not in held.main + held.sub
    assert give_addresses(centre, eyes, "rtsp://10.0.0.2:554") == len(eyes)


def test_no_act_has_more_steps_than_it_may(eyes):
    assert max(len(steps) for steps in enrolments(eyes)) <= 100
