"""Cameras near a place are ranked by whether they look at it, how near and how well they are."""

import pytest

from console.domain.record import Camera
from console.domain.rows import STANDING, row_of
from console.video.eyes import METRES, Eye, eye_of, seers

PLACE = (118.8, 32.0)
CODE = "32010200001310000001"


def eye(name, north=0.0, **facts):
    plain = {
        "code": CODE, "type": "fixed", "owner": "pol", "district": "320102", "street": "",
        "lon": PLACE[0], "lat": PLACE[1] + north / METRES, "bearing": 0.0, "fov": 0.0,
        "ptz": False, "main": "m", "sub": "s",
    }  # fmt: skip
    return Eye(id=name, name=name, **(plain | facts))


def names(eyes, radius=300.0, **more):
    return [s.eye.id for s in seers(eyes, PLACE, radius, **({"healthy": {}} | more))]


def keys(seer):
    return [reason.key for reason in seer.reasons]


def test_a_row_of_the_store_becomes_a_camera():
    camera = Camera(id="c", code=CODE, name="门", scope="320102.320102002", lon=1.0, ptz=True,
                    fov=80, sub="rtsp://x")  # fmt: skip
    found = eye_of((*row_of(camera), *([0] * len(STANDING))))
    assert (found.id, found.name, found.district, found.ptz, found.fov) == (
        "c", "门", "320102", True, 80.0,
    )  # fmt: skip
    assert found.placed


def test_what_looks_at_a_place_comes_before_what_is_nearer_and_looks_away():
    south = eye("looks", north=-200, bearing=5.0, fov=60)
    near = eye("away", north=-20, bearing=180.0, fov=60)
    found = seers([near, south], PLACE, 300.0, healthy={})
    assert [s.eye.id for s in found] == ["looks", "away"]
    assert keys(found[0])[0] == "wall.why.sees"
    assert keys(found[1])[0] == "wall.why.away"
    assert found[0].metres == pytest.approx(200, abs=1)


@pytest.mark.parametrize(("facts", "why"), [
    ({"bearing": 350.0, "fov": 30.0}, "sees"),
    ({"bearing": 20.0, "fov": 30.0}, "away"),
    ({"bearing": 180.0, "fov": 60.0, "ptz": True}, "turns"),
    ({"bearing": 180.0, "fov": 60.0, "type": "high"}, "over"),
    ({}, "unknown"),
])  # fmt: skip
def test_the_reason_says_how_a_camera_looks(facts, why):
    found = seers([eye("a", north=-100, **facts)], PLACE, 300.0, healthy={})
    assert keys(found[0])[0] == f"wall.why.{why}"


def test_only_what_is_within_the_radius_comes_but_a_height_sees_farther():
    eyes = [eye("far", north=400), eye("high", north=800, type="high"), eye("near", north=100)]
    assert set(names(eyes)) == {"near", "high"}


def test_a_lost_camera_stands_last_and_says_so():
    eyes = [eye("lost", north=-10, fov=90), eye("well", north=-250, bearing=180, fov=60)]
    found = seers(eyes, PLACE, 300.0, healthy={"lost": False, "well": True})
    assert [s.eye.id for s in found] == ["well", "lost"]
    assert keys(found[1])[0] == "wall.why.lost"


def test_a_camera_of_the_trade_comes_first_among_equals():
    other = CODE[:8] + "05" + CODE[10:]
    eyes = [eye("a", north=50), eye("b", north=50, code=other)]
    assert names(eyes, trades=("05",)) == ["b", "a"]


def test_a_camera_without_a_place_sees_nothing():
    assert names([eye("a", lon=0.0, lat=0.0)], radius=1e9) == []
