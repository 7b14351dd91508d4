"""A catalogue becomes cameras where they stand; what cannot is set aside where people see it."""

import pytest

from console.central.gb28181.entering import Entering
from console.central.gb28181.platform import News
from console.central.intake.aside import Aside
from console.central.intake.bounds import bounds
from console.video.entry import Bad, Catalogue, Entry

DEVICE, CODE = "32010200002000000001", "32010200001320000001"
ENTRY = Entry(
    code=CODE, name="北京东路口", owner="pol", place="320102", lon=118.8, lat=32.06, ptz=True
)


@pytest.fixture
def aside(lite):
    return Aside(lite.centre, {}, bounds())


@pytest.fixture
def entering(lite, aside):
    return Entering(lite.centre, aside, lambda code: f"rtsp://gate/gb/{code}")


def news(*entries, bad=(), unread=()):
    return News("catalogue", DEVICE, Catalogue(entries=entries), bad, unread)


def camera(lite):
    return lite.centre.get("camera", f"cam-{CODE}")


def test_a_new_camera_is_enrolled_where_it_stands(lite, entering):
    entering.heard(news(ENTRY))
    found = camera(lite)
    assert (found.name, found.scope, found.ptz, found.main) == (
        "北京东路口", "320102", True, f"rtsp://gate/gb/{CODE}",
    )  # fmt: skip
    assert found.state == "in_service"


def test_what_is_other_is_amended_and_what_is_left_out_stays(lite, entering):
    entering.heard(news(ENTRY))
    before = camera(lite).version
    entering.heard(news(Entry(code=CODE, name="北京东路西口", place="320102")))
    found = camera(lite)
    assert (found.name, found.lon, found.owner) == ("北京东路西口", 118.8, "pol")
    assert found.version > before


def test_nothing_is_written_when_nothing_changed(lite, entering):
    entering.heard(news(ENTRY))
    head = lite.centre.head
    entering.heard(news(ENTRY))
    assert lite.centre.head == head


def test_what_has_no_place_or_did_not_come_is_set_aside(lite, entering, aside):
    strange = Entry(code="99010200001320000001", name="外地", place="990102")
    entering.heard(news(strange, bad=(Bad(where="Item 2", what="123", why="cameras.bad_code"),),
                        unread=(b"<broken",)))  # fmt: skip
    held = aside.all()
    assert {each.door for each in held} == {"gb28181"}
    assert {each.rule for each in held} == {
        "cameras.no_place", "cameras.bad_code", "cameras.unread_pages",
    }  # fmt: skip
    assert any(aside.body(each.id) == b"<broken" for each in held)
    assert lite.centre.get("incident", held[0].incident).state == "reported"
