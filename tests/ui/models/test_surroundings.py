"""Which incidents put pictures up, and which cameras are theirs, by their scene."""

import pytest

from console.domain.record import Incident, StartedPlan
from tests.ui.pictures import PLACE, eye
from ui.models.surroundings import Surroundings


@pytest.fixture
def around(seat):
    def incident(id, **facts):
        plain = {"level": "II", "state": "reported", "scope": "320102", "title": f"事件{id}",
                 "lon": PLACE[0], "lat": PLACE[1], "reported_at": seat.core.clock.now(),
                 "version": 1}  # fmt: skip
        return Incident(id=id, **(plain | facts))

    seat.hears(
        incident("n1"), incident("n2", level="routine"), incident("n3", state="closed"),
        incident("n4", reported_at=1), incident("n5", lon=0.0, lat=0.0, level="I"),
        incident("n6", scene="EPIN"),
    )  # fmt: skip
    return Surroundings(seat.core)


def test_serious_open_and_new_ones_put_pictures_up(around, seat):
    found = {around.id(row) for row in seat.core.find(around.alarming)}
    assert found >= {"n1", "n5", "n6"}
    assert not found & {"n2", "n3", "n4"}


def test_the_scene_says_how_far_and_how_many(around):
    eyes = {name: eye(name, north=n * 60.0) for n, name in enumerate("abcdefghijk")}
    plain, scene = around.row("n1"), around.row("n6")
    usual = around.seers(plain, eyes, {})
    assert max(s.metres for s in usual) <= 300
    assert len(around.alarm(plain, usual, 0.0).cameras) == 4
    hinted = around.seers(scene, eyes, {})
    assert len(hinted) != len(usual) or len(around.alarm(scene, hinted, 0.0).cameras) != 4


def test_an_incident_without_a_place_has_no_cameras(around):
    assert around.seers(around.row("n5"), {"a": eye("a")}, {}) == []


def test_a_camera_lies_in_the_surroundings_of_an_open_incident(around, seat):
    rows = seat.core.find(around.open)
    near = around.near(eye("a"), rows)
    assert near is not None
    assert around.title(near).startswith("事件")
    assert around.near(eye("far", north=9_000_000.0), rows) is None


def test_what_nobody_knows_has_no_row(around):
    assert around.row("nothing") is None


def test_a_plan_at_work_pulls_cameras_within_its_own_radius(seat):
    around = Surroundings(seat.core)
    seat.hears(StartedPlan(id="pl", incident="n1", plan="P1", state="running", radius_m=900, most=2,
                           scope="320102", version=1))  # fmt: skip
    plan = around.pulled()["n1"]
    far = {name: eye(name, north) for name, north in (("a", 700), ("b", 800), ("c", 850))}
    seat.hears(Incident(id="n1", title="燃气泄漏", state="accepted", scope="320102", lon=PLACE[0],
                        lat=PLACE[1], version=1))  # fmt: skip
    row = around.row("n1")
    assert around.seers(row, far, {}) == []
    found = around.seers(row, far, {}, plan)
    assert len(found) == 3
    assert len(around.alarm(row, found, 0.0, plan).cameras) == 2
