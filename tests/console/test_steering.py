"""A seat steers cameras over a real centre: in order, with reasons, told when it is cut."""

import threading
from concurrent.futures import Future

import pytest

from console.app import build
from console.base.errors import Refused, Unreachable
from console.base.settings import Settings
from console.base.work import Inline
from console.domain.steering import Hold, Motion, Place, Steer
from console.steering import Steering
from tests.centre_driver import PASSWORD, Running
from tests.turning import CAMERA, Way, enrol

PAN, STOP = Motion(pan=1), Motion()


@pytest.fixture
def centre(tmp_path):
    running = Running(tmp_path / "centre").welcome().start()
    enrol(running.built.centre)
    yield running
    running.close()


@pytest.fixture
def seated(centre, tmp_path):
    cores = []

    def sit(user):
        facts = {"centre": centre.url, "data": str(tmp_path / user), "seat": f"{user}-1"}
        core = build(Settings(**facts), Inline())
        core.sign_in(user, PASSWORD).result()
        cores.append(core)
        return Steering(core._parts.api, core.work, core.seat, lambda: True)

    yield sit
    for core in cores:
        core.close()


def test_two_seats_share_a_camera_through_the_centre(centre, seated):
    way = Way()
    centre.built.steering.drivers.append(way)
    one, other = seated("dispatcher"), seated("xuanwu")
    assert one.steer(CAMERA, PAN).result().user == "dispatcher"
    with pytest.raises(Refused, match=r"steered\(person=dispatcher"):
        other.steer(CAMERA, PAN).result()
    assert other.claim(CAMERA, "ask").result().asked_by == "xuanwu"
    assert other.holds().result()[0].asked_by == "xuanwu"
    one.claim(CAMERA, "give").result()
    assert other.steer(CAMERA, Place(do="save", number=2)).result().user == "xuanwu"
    assert way.came == [PAN, STOP, Place(do="save", number=2)]
    log = other.log(CAMERA).result()
    assert next((line.user, line.seat, line.what) for line in log) == (
        "xuanwu", "xuanwu-1", "save 2",
    )  # fmt: skip


def test_a_line_that_is_cut_is_said_and_nothing_waits_for_it(centre, seated):
    steering = seated("dispatcher")
    centre.stop()
    with pytest.raises(Refused, match="steer_offline"):
        steering.steer(CAMERA, PAN).result()
    with pytest.raises(Refused, match="steer_offline"):
        steering.holds().result()
    down = Steering(None, Inline(), "s", lambda: False)
    with pytest.raises(Refused, match="steer_offline"):
        down.steer(CAMERA, PAN).result()


class Slow:
    """A centre that takes its time; calls run in threads, as at a seat."""

    def __init__(self):
        self.came, self.go = [], threading.Event()

    def tell(self, _path, asked: Steer, _shape):
        self.came.append(asked.wish)
        assert self.go.wait(10)
        return Hold(camera=asked.camera, user="me")

    def call(self, job):
        future: Future[object] = Future()
        threading.Thread(target=lambda: future.set_result(job()), daemon=True).start()
        return future


def test_of_motions_that_pile_up_only_the_last_is_sent_and_places_are_not_lost():
    slow = Slow()
    steering = Steering(slow, slow, "s", lambda: True)
    first = steering.steer("c", PAN)
    while not slow.came:
        pass
    others = [steering.steer("c", wish) for wish in
              (Motion(tilt=1), Place(do="call", number=1), Motion(zoom=1), STOP)]  # fmt: skip
    slow.go.set()
    assert first.result(10).user == "me"
    assert others[-1].result(10).user == "me"
    assert slow.came == [PAN, Place(do="call", number=1), STOP]
    assert others[0].cancelled()


def test_a_failure_reaches_who_asked_and_the_next_is_sent():
    class Failing:
        def __init__(self):
            self.times = 0

        def tell(self, *_):
            self.times += 1
            raise Unreachable if self.times == 1 else Refused("refused.no_ptz", camera="x")

    steering = Steering(Failing(), Inline(), "s", lambda: True)
    for why in ("steer_offline", "no_ptz"):
        with pytest.raises(Refused, match=why):
            steering.steer("c", PAN).result()
