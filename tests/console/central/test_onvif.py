"""ONVIF cameras are steered like all others: by one hand, and stopped when it is gone."""

import pytest

from console.base import resources
from console.base.clock import SystemClock
from console.base.errors import BadData, Refused
from console.central.onvif import read_driver
from console.domain.access import system
from console.domain.record import Act, Step
from console.domain.steering import Claim, Motion, Place, Steer
from tests.centre_driver import PEOPLE
from tests.onvif_device import PASSWORD, USER, camera

CODE = "32010200001310000077"
CAMERA = f"cam-{CODE}"
PAN = Motion(pan=1, speed=8)


@pytest.fixture
def peer():
    with camera() as made:
        made.ahead_s = -7_200
        yield made


def written(tmp_path, words, passwords=""):
    file, held = tmp_path / "onvif.toml", tmp_path / "passwords.toml"
    file.write_text(words, "utf-8")
    held.write_text(passwords, "utf-8")
    held.chmod(0o600)
    return file, held


def said(address, more=f'user = "{USER}"', code=CODE):
    return f'[[camera]]\ncode = "{code}"\naddress = "{address}"\n{more}\n'


@pytest.fixture
def steering(lite, peer, tmp_path):
    args = {"scope": "320102", "code": CODE, "name": "东门球机", "ptz": True}
    step = Step(kind="camera", record=CAMERA, verb="enrol", args=args)
    lite.centre.load([Act(id="a", steps=(step,), by="system", at=1)], system())
    files = written(tmp_path, said(peer.address), f'{CODE} = "{PASSWORD}"')
    driver = read_driver(*files, SystemClock())
    lite.steering.drivers.append(driver)
    yield lite.steering
    driver.close()


def move(steering, who="dispatcher", wish=PAN):
    which = {"place": wish} if isinstance(wish, Place) else {"motion": wish}
    return steering.steer(Steer(camera=CAMERA, seat="S1", **which), PEOPLE[who])


def test_a_hand_moves_it_and_it_is_written_down(steering, peer):
    move(steering)
    assert peer.motion == (1.0, 0.0, 0.0)
    move(steering, wish=Place(do="call", number=7))
    assert peer.at == 70
    told = [line.what for line in steering.log(PEOPLE["lead"], CAMERA)]
    assert told == ["call 7", "move pan=1 speed=8"]


def test_another_seat_has_to_ask_and_a_higher_rank_takes_it_stopped(steering, peer):
    move(steering)
    with pytest.raises(Refused, match=r"refused\.steered"):
        move(steering, "xuanwu")
    assert peer.motion
    steering.claim(Claim(camera=CAMERA, do="ask", seat="S2"), PEOPLE["lead"])
    assert peer.motion is None


def test_a_hand_that_falls_silent_leaves_no_camera_turning(steering, peer, clock):
    move(steering)
    clock.turn(2_000)
    move(steering)
    assert peer.told().count("ContinuousMove") == 1
    clock.turn(2_500)
    move(steering)
    assert peer.told().count("ContinuousMove") == 2, "it would stop by itself"
    clock.turn(3_500)
    steering.tend()
    assert peer.motion is None


def rounds(steering, clock, count):
    for _ in range(count):
        clock.turn(1_000)
        steering.tend()


@pytest.mark.logs_trouble
def test_a_stop_that_gets_no_answer_twice_is_tried_again_until_the_camera_stands(
    steering, peer, clock
):
    move(steering)
    peer.dumb["Stop"] = 2
    assert move(steering, wish=Motion()).stop == "again"
    assert peer.motion
    rounds(steering, clock, 3)
    assert peer.motion is None
    assert peer.told().count("Stop") == 3
    assert [hold.stop for hold in steering.holds(PEOPLE["dispatcher"])] == [""]
    told = [line.what for line in steering.log(PEOPLE["lead"], CAMERA)]
    assert told == ["stopped", "stop", "move pan=1 speed=8"]


@pytest.mark.logs_trouble
def test_a_camera_that_stays_silent_is_said_to_be_unconfirmed_and_stopped_when_it_is_back(
    steering, peer, clock
):
    move(steering)
    peer.dumb["Stop"] = 1_000
    clock.turn(4_000)
    steering.tend()
    rounds(steering, clock, 4)
    assert steering.holds(PEOPLE["dispatcher"])[0].stop == "unsure"
    rounds(steering, clock, 40)
    alone = steering.holds(PEOPLE["dispatcher"])[0]
    assert (alone.user, alone.until, alone.stop) == ("dispatcher", 0, "unsure")
    assert peer.told().count("Stop") < 10, "not at every round"
    peer.dumb["Stop"] = 0
    rounds(steering, clock, 61)
    assert peer.motion is None
    assert steering.holds(PEOPLE["dispatcher"]) == []
    told = [line.what for line in steering.log(PEOPLE["lead"], CAMERA)]
    assert [told.count(what) for what in ("unstopped", "stopped", "halt")] == [1, 1, 0]


@pytest.mark.logs_trouble
def test_a_camera_that_is_away_or_says_no_is_told(steering, peer):
    peer.says["ContinuousMove"] = b"nonsense"
    with pytest.raises(Refused, match="onvif_says"):
        move(steering)
    peer.shutdown()
    peer.server_close()
    with pytest.raises(Refused, match="camera_silent"):
        move(steering)


@pytest.mark.parametrize(("words", "why"), [
    (said("http://10.0.0.1", code="12"), "20 digits"), (said("ftp://10.0.0.1"), "http"),
    (said("http://a:b@10.0.0.1"), "names a user"), (said("http://10.0.0.1"), "no password"),
    (said("http://10.0.0.1", "") * 2, "twice"), (said("http://10.0.0.1", "odd = 1"), "odd"),
])  # fmt: skip
def test_what_is_wrong_in_the_file_is_named(tmp_path, words, why):
    file, held = written(tmp_path, words)
    with pytest.raises(BadData, match=why):
        read_driver(file, held, SystemClock())


def test_a_camera_that_asks_nobody_needs_no_file_of_passwords(tmp_path):
    file, _ = written(tmp_path, said("http://10.0.0.1", ""))
    driver = read_driver(file, None, SystemClock())
    assert driver.knows(CODE)
    assert not driver.knows("32010200001310000078")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_the_guide_shows_can_be_read(tmp_path, language):
    guide = resources.path(f"docs/{language}/onvif.md").read_text("utf-8")
    cameras, passwords = (part.partition("```")[0] for part in guide.split("```toml\n")[1:])
    files = written(tmp_path, cameras, passwords)
    assert read_driver(*files, SystemClock()).knows(CODE)
