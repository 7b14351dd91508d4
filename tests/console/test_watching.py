"""A seat's pass to pictures is asked of a real centre, kept sealed, and is its person's alone."""

import av
import pytest

from console.app import build
from console.base.settings import Settings
from console.base.work import Inline
from console.central.cameras.views import View
from console.domain.access import system
from console.domain.record import Act, Step
from tests.cameras import CameraTown
from tests.centre_driver import PASSWORD, Running

CAMERA = "cam-32010200001310000001"


@pytest.fixture
def centre(tmp_path):
    running = Running(tmp_path / "centre").welcome().start()
    args = {"scope": "320102", "code": CAMERA[4:], "name": "云芷路球机"}
    step = Step(kind="camera", record=CAMERA, verb="enrol", args=args)
    running.built.centre.load([Act(id="a", steps=(step,), by="system", at=1)], system())
    yield running
    running.close()


@pytest.fixture
def town(centre):
    door = centre.built.gate.door({"0": CAMERA}.__getitem__)
    made = CameraTown({0: View("云芷路", 0, "black")}, door=door)
    centre.built.gate.hosts.append(f"127.0.0.1:{made.port}")
    yield made
    made.close()


@pytest.fixture
def seated(centre, tmp_path):
    cores = []

    def sit(user="xuanwu", place="one"):
        facts = {"centre": centre.url, "data": str(tmp_path / place), "seat": "S1"}
        core = build(Settings(**facts), Inline())
        core.sign_in(user, PASSWORD).result()
        cores.append(core)
        return core

    sit.leave = lambda: cores.pop().close()
    yield sit
    while cores:
        sit.leave()


def watched(town, door):
    user, password = door
    url = town.url(0).replace("//", f"//{user}:{password}@")
    with av.open(url, options={"rtsp_transport": "tcp"}, timeout=(5, 2)) as opened:
        return opened.streams.video[0].codec_context.name


def test_a_seat_watches_by_its_pass_and_a_stranger_does_not(town, seated):
    watching = seated().watching
    assert watching.door(town.url(0)) == ("", "")
    assert watching.due
    assert watching.renew()
    assert not watching.renew(), "it is the same"
    assert not watching.due
    assert watched(town, watching.door(town.url(0))) == "h264"
    assert watching.door("rtsp://10.0.0.9/other") == ("", "")
    with pytest.raises(av.FFmpegError):
        watched(town, ("xuanwu", "guessed"))


def test_another_district_s_seat_may_not_watch(town, seated):
    other = seated("qinhuai")
    other.watching.renew()
    with pytest.raises(av.error.HTTPForbiddenError):
        watched(town, other.watching.door(town.url(0)))


def test_without_the_line_it_stands_and_the_next_person_has_none_of_it(centre, town, seated):
    core = seated()
    core.watching.renew()
    door = core.watching.door(town.url(0))
    seated.leave()
    core = seated()
    centre.stop()
    assert not core.watching.renew()
    assert core.watching.door(town.url(0)) == door
    core.person = type(core.person)(user="qinhuai")
    assert core.watching.door(town.url(0)) == ("", "")
