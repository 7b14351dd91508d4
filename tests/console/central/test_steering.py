"""Cameras are steered by who may, one at a time; every step is written down; nothing runs on."""

import pytest

from console.base.errors import Refused
from console.domain.access import system
from console.domain.record import Act, Step
from console.domain.steering import Claim, Motion, Place, Steer
from tests.centre_driver import PEOPLE, act, birth

CODE, CAMERA = "32010200001310000001", "cam-32010200001310000001"
FIXED = "cam-32010200001320000002"
PAN, STOP = Motion(pan=1, speed=6), Motion()
DISPATCHER, LEAD = PEOPLE["dispatcher"], PEOPLE["lead"]


class Way:
    """A way to cameras that keeps what came by it."""

    def __init__(self):
        self.came, self.refuses = [], False

    def knows(self, camera):
        return camera == CODE

    def steer(self, camera, wish):
        if self.refuses:
            raise Refused("refused.camera_silent", device=camera)
        self.came.append(wish)


@pytest.fixture
def way():
    return Way()


@pytest.fixture
def steering(lite, way):
    def enrol(id, code, ptz):
        args = {"scope": "320102", "code": code, "name": "云芷路球机", "ptz": ptz}
        return Step(kind="camera", record=id, verb="enrol", args=args)

    steps = (enrol(CAMERA, CODE, True), enrol(FIXED, FIXED[4:], False))
    lite.centre.load([Act(id="a", steps=steps, by="system", at=lite.centre.clock.now())], system())
    lite.steering.drivers.append(way)
    return lite.steering


def move(steering, who=DISPATCHER, wish=PAN, camera=CAMERA, **more):
    which = {"place": wish} if isinstance(wish, Place) else {"motion": wish}
    return steering.steer(Steer(camera=camera, seat="S1", **which, **more), who)


def claim(steering, do, who):
    return steering.claim(Claim(camera=CAMERA, do=do, seat="S2"), who)


def logged(steering):
    return [(line.user, line.what) for line in reversed(steering.log(LEAD, CAMERA))]


def test_what_is_wished_is_done_and_written_down_with_who(steering, way):
    hold = move(steering)
    assert hold.user == "dispatcher"
    move(steering, wish=STOP)
    move(steering, wish=Place(do="save", number=4))
    assert way.came == [PAN, STOP, Place(do="save", number=4)]
    assert logged(steering) == [
        ("dispatcher", "move pan=1 speed=6"), ("dispatcher", "stop"), ("dispatcher", "save 4"),
    ]  # fmt: skip
    assert steering.log(LEAD, CAMERA)[0].seat == "S1"


def test_who_has_it_is_seen_by_those_who_see_the_camera(steering):
    move(steering)
    assert [h.user for h in steering.holds(PEOPLE["xuanwu"])] == ["dispatcher"]
    assert steering.holds(PEOPLE["qinhuai"]) == []


@pytest.mark.parametrize(("who", "camera", "why"), [
    ("qinhuai", CAMERA, "refused.unknown"), ("cgj", CAMERA, "refused.unknown"),
    ("dispatcher", "cam-none", "refused.unknown"), ("dispatcher", FIXED, "refused.no_ptz"),
    ("water", CAMERA, "refused.steer_role"),
])  # fmt: skip
def test_who_may_not_or_what_cannot_is_refused_with_the_reason(steering, way, who, camera, why):
    with pytest.raises(Refused, match=why):
        move(steering, PEOPLE[who], camera=camera)
    assert way.came == []


def test_nonsense_and_a_camera_without_a_way_are_refused(steering):
    with pytest.raises(Refused, match="steer_wish"):
        move(steering, wish=Motion(pan=9))
    steering.drivers.clear()
    with pytest.raises(Refused, match="steer_way"):
        move(steering)


def test_another_is_told_who_has_it_and_a_higher_rank_takes_it_stopped(steering, way):
    move(steering)
    with pytest.raises(Refused, match=r"refused\.steered\(person=dispatcher"):
        move(steering, PEOPLE["xuanwu"])
    assert claim(steering, "ask", LEAD).user == "lead"
    assert way.came == [PAN, STOP], "what moved under the other's hand stands still"
    with pytest.raises(Refused, match="steered"):
        move(steering)
    assert logged(steering)[-1] == ("lead", "outrank")


def test_one_who_asks_waits_and_the_other_keeps_or_gives(steering):
    move(steering)
    assert claim(steering, "ask", PEOPLE["xuanwu"]).asked_by == "xuanwu"
    assert claim(steering, "keep", DISPATCHER).asked_by == ""
    claim(steering, "ask", PEOPLE["xuanwu"])
    claim(steering, "give", DISPATCHER)
    assert move(steering, PEOPLE["xuanwu"]).user == "xuanwu"
    assert ("xuanwu", "ask") in logged(steering)


def test_an_incident_s_level_gives_precedence(steering, lite):
    born = birth(level="I")
    lite.centre.judge_acts([act("lead", born)], LEAD)
    move(steering)
    asked = Claim(camera=CAMERA, do="ask", incident=born.record)
    assert steering.claim(asked, PEOPLE["xuanwu"]).user == "xuanwu"


def test_a_motion_that_is_not_said_again_is_stopped(steering, way, clock):
    move(steering)
    clock.turn(2_000)
    move(steering)
    assert way.came == [PAN], "said again, not done again"
    clock.turn(2_000)
    steering.tend()
    assert way.came == [PAN]
    clock.turn(2_000)
    steering.tend()
    steering.tend()
    assert way.came == [PAN, STOP]
    assert logged(steering)[-1] == ("dispatcher", "halt")


def test_a_centre_that_ends_leaves_no_camera_turning(steering, way):
    move(steering)
    steering.rest()
    steering.rest()
    assert way.came == [PAN, STOP]
    assert logged(steering)[-1] == ("dispatcher", "halt")


def test_what_is_left_is_over_and_goes_home(steering, way, clock):
    move(steering, wish=Place(do="call", number=7))
    clock.turn(31_000)
    steering.tend()
    assert steering.holds(LEAD) == []
    clock.turn(61_000)
    steering.tend()
    steering.tend()
    assert way.came[-1] == Place(do="call", number=1)
    assert [what for _, what in logged(steering)] == ["call 7", "over", "home"]


def test_one_that_somebody_takes_up_again_stays(steering, way, clock):
    move(steering, wish=Place(do="call", number=7))
    claim(steering, "give", DISPATCHER)
    clock.turn(30_000)
    move(steering, LEAD, Place(do="call", number=8))
    for _ in range(4):
        clock.turn(20_000)
        move(steering, LEAD, Place(do="call", number=8))
        steering.tend()
    assert Place(do="call", number=1) not in way.came


@pytest.mark.logs_trouble
def test_a_camera_that_does_not_answer_is_told_and_the_watch_goes_on(steering, way, clock):
    way.refuses = True
    with pytest.raises(Refused, match="silent"):
        move(steering)
    way.refuses = False
    move(steering)
    assert way.came == [PAN]


@pytest.mark.logs_trouble
def test_a_motion_without_an_answer_may_have_begun_and_is_stopped(steering, way, clock):
    way.refuses = True
    with pytest.raises(Refused, match="silent"):
        move(steering)
    way.refuses = False
    clock.turn(1_000)
    steering.tend()
    assert way.came == [STOP]


@pytest.mark.logs_trouble
def test_what_another_gives_back_moving_is_stopped_in_the_end_and_told_to_both(
    steering, way, clock
):
    move(steering)
    way.refuses = True
    assert claim(steering, "give", DISPATCHER).stop == "again"
    with pytest.raises(Refused, match="silent"):
        move(steering, LEAD, Place(do="call", number=2))
    clock.turn(2_000)
    steering.tend()
    assert [(h.user, h.stop) for h in steering.holds(LEAD)] == [("lead", "unsure")]
    way.refuses = False
    move(steering, LEAD, Place(do="call", number=2))
    assert [(h.user, h.stop) for h in steering.holds(LEAD)] == [("lead", "")]
    clock.turn(2_000)
    steering.tend()
    assert STOP not in way.came, "who steers it now decides"


@pytest.mark.logs_trouble
def test_to_take_a_silent_camera_that_nobody_moved_is_refused_and_not_tried_again(
    steering, way, clock
):
    way.refuses = True
    with pytest.raises(Refused, match="silent"):
        move(steering, wish=STOP)
    assert steering.holds(LEAD)[0].stop == ""


def test_one_camera_that_does_not_answer_holds_up_no_other_s_stop(steering, way, clock):
    jobs = []
    steering.beside = jobs.append
    move(steering)
    clock.turn(4_000)
    steering.tend()
    assert way.came == [PAN]
    jobs.pop()()
    assert way.came == [PAN, STOP]
    assert jobs == []


def test_a_motion_that_goes_on_is_done_anew_before_a_camera_stops_by_itself(steering, way, clock):
    move(steering)
    for _ in range(5):
        clock.turn(1_000)
        move(steering)
    assert way.came == [PAN, PAN]
    assert logged(steering) == [("dispatcher", "move pan=1 speed=6")]


def test_the_log_is_of_all_that_one_may_see_or_of_one_incident(steering, lite):
    born = birth(level="IV")
    lite.centre.judge_acts([act("lead", born)], LEAD)
    move(steering, incident=born.record)
    move(steering, wish=STOP)
    assert [line.what for line in steering.log(LEAD)] == ["stop", "move pan=1 speed=6"]
    assert [line.what for line in steering.log(LEAD, incident=born.record)] == [
        "move pan=1 speed=6"
    ]
    assert len(steering.log(PEOPLE["xuanwu"])) == 2
    assert steering.log(PEOPLE["qinhuai"]) == []
    with pytest.raises(Refused, match="unknown"):
        steering.log(PEOPLE["qinhuai"], CAMERA)
