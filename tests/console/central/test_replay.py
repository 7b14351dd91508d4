"""A file is fed at its own pace as new arrivals, once each unless a person asks for it again."""

import argparse

import pytest

from console.base.clock import ManualClock
from console.central.intake.taking import KNOWN, NEW, WRONG, Intake
from console.central.profile import read_profile
from console.central.replay import Feed, Inside, Pace, main
from console.domain.access import Access, system
from console.domain.record import Incident
from console.wire import record_of
from tests.centre_driver import PASSWORD
from tests.console.central.test_importing import ROWS, write
from tests.drivers import shared_data


@pytest.fixture
def feed(lite, clock):
    door = Inside(lite.centre, Intake(lite.centre, lite.limits))
    profile = read_profile("generic_report")
    said: list[str] = []

    def fed(file, pace):
        def wait(seconds):
            clock.turn(max(1, int(seconds * 1000)))

        made = Feed(door, lite.centre.place, profile, clock, said.append)
        return made.run(argparse.Namespace(file=file), pace, wait)

    return fed


def arrived(centre):
    puts = centre.snapshot(system())[1]
    return [record_of(p.kind, p.body) for p in puts if p.kind == Incident.kind]


def test_rows_arrive_now_at_their_own_pace(feed, lite, clock: ManualClock, tmp_path):
    begun = clock.now()
    told = feed(write(tmp_path / "x.csv"), Pace(speed=60))
    assert (told[NEW], told[WRONG]) == (3, 2)
    times = sorted(i.reported_at for i in arrived(lite.centre))
    assert {i.state for i in arrived(lite.centre)} == {"reported"}
    day = 86_400_000 / 60
    assert [(at - begun) / day for at in times] == pytest.approx([0, 1, 2], abs=0.01)


def test_a_second_time_is_known_and_again_is_new(feed, lite, tmp_path):
    file = write(tmp_path / "x.csv")
    feed(file, Pace(speed=1e6))
    assert feed(file, Pace(speed=1e6))[KNOWN] == 3
    assert feed(file, Pace(speed=1e6, run="2"))[NEW] == 3
    assert feed(file, Pace(speed=1e6, limit=1))[KNOWN] == 1


def test_real_cases_bring_their_names_and_arrive_over_the_line(running, tmp_path, lite):
    file = shared_data("cases") / "hotline_cases_2018.csv"
    part = tmp_path / "part.csv"
    part.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:61]))
    running.built.people.put(Access(user="feed", roles=("source", "admin"), scopes=("",)), PASSWORD)
    (tmp_path / "word").write_text(PASSWORD)
    said: list[str] = []
    line = [str(part), "--profile", "pingshan_12345", "--speed", "1e9", "--centre", running.url]
    line += ["--user", "feed", "--password-file", str(tmp_path / "word")]
    assert main(line, said.append) == 0
    assert "60" in said[-1]
    centre = running.built.centre
    assert centre.place.city.districts["440310"].name == "坪山区"
    assert any(i.type.startswith("PS-") for i in arrived(centre))


def test_without_an_account_or_a_centre_it_says_why(tmp_path):
    said: list[str] = []
    file = str(write(tmp_path / "x.csv", ROWS[:1]))
    line = [file, "--profile", "generic_report", "--centre", "http://127.0.0.1:9"]
    assert main(line, said.append) == 1
    (tmp_path / "word").write_text("x")
    line += ["--user", "u", "--password-file", str(tmp_path / "word")]
    assert main(line, said.append) == 1
    assert len(said) == 2
