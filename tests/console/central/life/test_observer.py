"""Things and datastreams are made once; readings arrive as their indicator, station and place."""

import msgspec
import pytest

from console.central.centre_line import CentreLine
from console.central.life.observer import ROOT, Observer, stamp
from console.central.life.simulate import account
from console.domain.access import system
from console.domain.reading import Reading
from console.scenes.scene import indicators_of
from tests.centre_driver import running_centre

HOME = (118.79, 32.06)


@pytest.fixture
def running(tmp_path):
    with running_centre(tmp_path / "centre") as served:
        yield served


def observer_at(running) -> tuple[Observer, CentreLine]:
    line = CentreLine(running.url, *account(running.built))
    line.sign_in()
    known = indicators_of(running.built.centre.place.scenes)
    return Observer(line, known.__getitem__, HOME), line


def readings(at: int) -> list[Reading]:
    return [
        Reading(topic="indicator", of="EMFW.pool_level", source="甲路1号", at=at, value=97.5,
                scope="320102", lon=118.8, lat=32.06),
        Reading(topic="indicator", of="EMFW.pump_auto", at=at, value=99.8, scope="*"),
        Reading(topic="indicator", of="EMFW.iot_online", at=at, value=-1.0, scope="*",
                quality="bad"),
    ]  # fmt: skip


def test_readings_arrive_with_their_station_place_and_quality(running):
    observer, _line = observer_at(running)
    centre = running.built.centre
    at = centre.clock.now() // 1000 * 1000
    assert observer.observe(readings(at)) == 0
    centre.beat()
    page = centre.readings.page(0, "", system())
    held = [msgspec.json.decode(raw)["reading"] for raw in page.readings]
    found = {r["of"]: (r.get("source", ""), r["scope"], r["at"]) for r in held}
    assert found == {
        "EMFW.pool_level": ("甲路1号", "320102", at),
        "EMFW.pump_auto": ("", "*", at),
        "EMFW.iot_online": ("", "*", at),
    }


def test_a_second_start_makes_no_thing_twice(running):
    observer, line = observer_at(running)
    now = running.built.centre.clock.now()
    observer.observe(readings(now))
    count = line.read(f"{ROOT}/Things", dict)["@iot.count"]
    again, line = observer_at(running)
    assert again.observe(readings(now + 60_000)) == 0
    assert line.read(f"{ROOT}/Things", dict)["@iot.count"] == count == 2


def test_an_instant_is_written_to_the_millisecond():
    assert stamp(1_767_578_400_123) == "2026-01-05T02:00:00.123+00:00"
