"""Steering over HTTP: wishes go in, who has what comes out, and reasons are given as keys."""

import msgspec
import pytest

from console.domain.health import Seen
from console.domain.steering import Claim, Hold, Motion, Steer, Steered
from console.wire import Taken
from tests.turning import CAMERA, Way, enrol


@pytest.fixture
def way(running):
    made = Way()
    enrol(running.built.centre)
    running.built.steering.drivers.append(made)
    return made


def test_a_camera_is_steered_held_and_its_log_read(call, way):
    dispatcher, lead = call("dispatcher"), call("lead", "d2")
    wish = Steer(camera=CAMERA, motion=Motion(tilt=1))
    assert dispatcher.tell("/video/v1/steer", wish, Hold).user == "dispatcher"
    assert way.came == [Motion(tilt=1)]
    assert [h.camera for h in lead.ask("/video/v1/holds", list[Hold])] == [CAMERA]
    given = Claim(camera=CAMERA, do="give")
    assert dispatcher.tell("/video/v1/claim", given, Hold).user == "dispatcher"
    log = lead.ask("/video/v1/steered", list[Steered], camera=CAMERA)
    assert [line.what for line in log] == ["give", "move tilt=1"]


def test_a_refusal_says_why(call, way):
    answer = call("qinhuai").post("/video/v1/steer", Steer(camera=CAMERA, motion=Motion(pan=1)))
    assert answer.status_code == 422
    assert msgspec.json.decode(answer.content)["key"] == "refused.unknown"
    assert way.came == []
    assert call("dispatcher").post("/video/v1/steer", b"{}").status_code == 400


def test_a_seat_says_what_it_sees(call, way):
    seen = [Seen(camera=CAMERA, standing="lost"), Seen(camera="cam-none", standing="live")]
    lead = call("lead")
    assert lead.tell("/video/v1/health?seat=s1", seen, Taken).taken == 1
    assert lead.post("/video/v1/health", [Seen(camera=CAMERA, standing="?")]).status_code == 422
