"""What seats see of cameras is kept, and open incidents hear of those that die around them."""

import pytest

from console.base.errors import Refused
from console.domain.access import system
from console.domain.health import OUT_MS, Seen
from console.domain.record import Act, Step
from tests.centre_driver import PEOPLE, act, birth

CODE = "32010200001310000001"
CAMERA = f"cam-{CODE}"
PLACE = {"lon": 118.80, "lat": 32.06}
LEAD, QINHUAI = PEOPLE["lead"], PEOPLE["qinhuai"]


@pytest.fixture
def health(lite):
    args = {"scope": "320102", "code": CODE, "name": "云芷路球机", **PLACE}
    step = Step(kind="camera", record=CAMERA, verb="enrol", args=args)
    lite.centre.load(
        [Act(id="a", steps=(step,), by="system", at=lite.centre.clock.now())], system()
    )
    return lite.health


def opened(lite, **facts):
    born = birth(**{**PLACE, **facts})
    lite.centre.judge_acts([act("lead", born)], LEAD)
    return born.record


def notes(lite, incident):
    return [note.text for note in lite.centre.get("incident", incident).notes]


def sees(health, clock, standing, seconds=0, who=LEAD, by="s1"):
    clock.turn(seconds * 1000)
    health.saw([Seen(camera=CAMERA, standing=standing)], who, by)
    health.tend()


def test_it_is_a_reading_that_everybody_hears(lite, health, clock):
    sees(health, clock, "frozen")
    lite.centre.beat()
    page = lite.centre.readings.page(0, "", LEAD)
    assert b'"camera"' in b"".join(bytes(raw) for raw in page.readings)


def test_an_open_incident_hears_of_a_camera_that_dies_there_and_of_its_return(lite, health, clock):
    near = opened(lite)
    far = opened(lite, lat=32.10)
    sees(health, clock, "lost")
    assert notes(lite, near) == [], "a blip is no news"
    sees(health, clock, "lost", OUT_MS // 1000)
    assert len(notes(lite, near)) == 1
    assert "云芷路球机" in notes(lite, near)[0]
    assert "信号中断" in notes(lite, near)[0]
    assert notes(lite, far) == []
    sees(health, clock, "lost", 30)
    assert len(notes(lite, near)) == 1, "told once"
    sees(health, clock, "live", 5)
    sees(health, clock, "live", 15)
    assert "恢复" in notes(lite, near)[1]


def test_a_closed_incident_is_left_alone(lite, health, clock):
    near = opened(lite)
    held = lite.centre.get("incident", near)
    voided = Step(kind="incident", record=near, verb="void", base=held.version,
                  args={"reason": "误报"})  # fmt: skip
    lite.centre.judge_acts([act("lead", voided)], LEAD)
    before = notes(lite, near)
    sees(health, clock, "lost")
    sees(health, clock, "lost", 25)
    assert notes(lite, near) == before


def test_a_seat_says_nothing_of_cameras_it_may_not_see_and_no_nonsense(lite, health, clock):
    near = opened(lite)
    sees(health, clock, "lost", who=QINHUAI)
    sees(health, clock, "lost", 25, who=QINHUAI)
    assert notes(lite, near) == []
    with pytest.raises(Refused, match="health"):
        sees(health, clock, "splendid")


def test_a_platform_tells_of_its_own_and_takes_it_back(lite, health, clock):
    near = opened(lite)
    health.passes([CAMERA, "cam-none"], "gb28181", lost=True)
    health.tend()
    clock.turn(OUT_MS)
    health.tend()
    assert len(notes(lite, near)) == 1
    health.passes([CAMERA], "gb28181", lost=False)
    clock.turn(60_000)
    health.tend()
    assert len(notes(lite, near)) == 1, "nobody has seen it well yet"
