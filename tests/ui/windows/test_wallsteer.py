"""Steering from the wall: taken by a key, moved by keys, lost with a word, never without a line."""

from concurrent.futures import Future
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QWidget

from console.base.clock import SystemClock
from console.base.errors import Refused
from console.domain.steering import Hold, Motion, Place
from tests.ui.pictures import eye
from ui.windows.wallsteer import WallSteer


class Centre:
    """What the core's steering answers, and what was wished of it."""

    def __init__(self):
        self.wishes, self.claims, self.held, self.error = [], [], [], None
        self.clock = SystemClock()

    def hold(self, user="me", **facts):
        until = self.clock.now() + 30_000
        return Hold(camera="cam", user=user, name=user, until=until, **facts)

    def steer(self, camera, wish, incident=""):
        self.wishes.append((camera, wish, incident))
        return self._told(self.hold())

    def claim(self, camera, do, incident=""):
        self.claims.append((camera, do))
        return self._told(self.hold("li", asked_by="me") if do == "ask" else self.hold())

    def holds(self):
        return self._told(list(self.held))

    def _told(self, value):
        future = Future()
        if self.error:
            future.set_exception(self.error)
        else:
            future.set_result(value)
        return future


class Words:
    def __init__(self):
        self.said, self.failures = [], []

    def say(self, key, *_level, **args):
        self.said.append(key)
        self.args = args

    def failed(self, error):
        self.failures.append(error)


@pytest.fixture
def made(qtbot):
    widget, centre, words = QWidget(), Centre(), Words()
    qtbot.addWidget(widget)
    state = SimpleNamespace(state="up")
    core = SimpleNamespace(steering=centre, person=SimpleNamespace(user="me"),
                           clock=centre.clock, link=lambda: state)  # fmt: skip
    shown = SimpleNamespace(eye=eye("cam", ptz=True), incident="n1")
    steer = WallSteer(
        core,
        words,
        widget,
        lambda: shown.eye,
        lambda: shown.incident,
        {"cam": "东门球机"}.__getitem__,
    )
    yield SimpleNamespace(steer=steer, centre=centre, words=words, state=state, shown=shown)
    steer.stop()


def take(made, qtbot):
    made.steer.does["wall.steer"]({})
    qtbot.waitUntil(lambda: made.steer.camera == "cam")


def test_a_camera_is_taken_moved_and_given_back(made, qtbot):
    take(made, qtbot)
    assert made.steer.keys.on
    assert made.steer.hands["cam"].mine
    made.steer._wish(Motion(pan=1))
    made.steer._wish(Place(do="save", number=3))
    assert [w for _, w, _ in made.centre.wishes] == [
        Motion(), Motion(pan=1), Place(do="save", number=3),
    ]  # fmt: skip
    assert made.centre.wishes[0][2] == "n1"
    assert made.words.said == ["steer.save"]
    made.steer.does["wall.steer"]({})
    assert made.steer.camera == ""
    assert made.centre.claims == [("cam", "give")]


def test_a_motion_is_said_again_while_keys_are_down(made, qtbot):
    take(made, qtbot)
    made.steer._say_again()
    assert len(made.centre.wishes) == 1
    made.steer.keys._down[1] = Motion(tilt=1)
    made.steer._say_again()
    assert made.centre.wishes[-1][1] == Motion(tilt=1)


@pytest.mark.parametrize(("facts", "why"), [
    ({"eye": None}, "no_camera_here"), ({"eye": eye("cam", ptz=False)}, "no_ptz"),
])  # fmt: skip
def test_what_cannot_be_steered_says_so(made, facts, why):
    vars(made.shown).update(facts)
    with pytest.raises(Refused, match=why):
        made.steer.does["wall.steer"]({})


def test_without_the_line_it_is_not_possible_and_nobody_is_said_to_steer(made, qtbot):
    made.centre.held = [made.centre.hold("li")]
    made.steer.look()
    qtbot.waitUntil(lambda: "cam" in made.steer.hands)
    made.state.state = "down"
    with pytest.raises(Refused, match="steer_offline"):
        made.steer.does["wall.steer"]({})
    made.steer.look()
    assert made.steer.hands == {}


def test_one_that_another_has_is_told_and_can_be_asked_for(made, qtbot):
    made.centre.error = Refused("refused.steered", person="li", seconds=9)
    made.steer.does["wall.steer"]({})
    qtbot.waitUntil(lambda: bool(made.words.failures))
    assert made.steer.camera == ""
    made.centre.error = None
    made.steer.does["wall.steer_ask"]({})
    qtbot.waitUntil(lambda: "steer.asking" in made.words.said)
    assert not made.steer.keys.on


def test_whoever_is_asked_is_told_once_and_may_keep_it(made, qtbot):
    take(made, qtbot)
    made.centre.held = [
        made.centre.hold(asked_by="li", asked_until=made.centre.clock.now() + 9_000)
    ]
    for _ in range(2):
        made.steer.look()
        qtbot.waitUntil(lambda: made.steer.hands["cam"].asked)
    assert made.words.said == ["steer.is_asked"]
    made.steer.does["wall.steer_keep"]({})
    assert made.centre.claims == [("cam", "keep")]


def test_a_camera_that_went_over_is_let_go_with_a_word(made, qtbot):
    take(made, qtbot)
    made.centre.held = [made.centre.hold("lead")]
    made.steer.look()
    qtbot.waitUntil(lambda: made.steer.camera == "")
    assert made.words.said == ["steer.lost_to"]
    assert not made.steer.keys.on


def test_a_stop_that_is_not_confirmed_is_said_once_to_whoever_moved_the_camera(made, qtbot):
    made.centre.held = [Hold(camera="cam", user="me", stop="unsure")]
    for _ in range(2):
        made.steer._holds = []
        made.steer.look()
        qtbot.waitUntil(lambda: bool(made.steer._holds))
    assert made.words.said == ["steer.unstopped"]
    assert made.words.args == {"camera": "东门球机"}
    assert made.steer.hand("cam").unsure
    assert not made.steer.hand("cam").mine
    made.centre.held = [Hold(camera="cam", user="li", stop="unsure")]
    made.steer._holds = []
    made.steer.look()
    qtbot.waitUntil(lambda: bool(made.steer._holds))
    assert made.words.said == ["steer.unstopped"]
