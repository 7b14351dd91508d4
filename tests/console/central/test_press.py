"""The centre writes yesterday's brief by itself, once, at its hour, and keeps so many."""

import threading

import pytest

from console.base.clock import ManualClock
from console.central import press
from console.central.build import build
from console.central.press import Hours, facts_of, keep_hours, write
from console.domain.access import system
from tests.centre_driver import act, birth
from tests.desks import MONDAY_TEN

DAY = 86_400_000


@pytest.fixture
def built(tmp_path):
    clock = ManualClock(MONDAY_TEN)
    made = build(tmp_path / "centre", clock)
    made.centre.judge_acts([act("system", birth(level="II", reported_at=MONDAY_TEN))], system())
    clock.turn(DAY)
    yield made
    made.close()


def test_yesterday_is_written_in_both_forms_and_not_again(built, tmp_path):
    hours = Hours("07:30", tmp_path / "briefs")
    made = write(built.centre, hours)
    assert [file.name for file in made] == ["日报-20260105.pdf", "日报-20260105.docx"]
    assert write(built.centre, hours) == []


def test_it_is_counted_on_the_ledger(built):
    facts = facts_of(built.centre)
    assert facts.count("incident", "level:II") == 1
    assert facts.rows("incident", "sort:-reported_at", "title") == [("井盖破损",)]
    assert facts.name("district", "320102") == "玄武区"
    assert facts.name("district", "320100") == "南京市"
    incident = facts.rows("incident", "", "id")[0][0]
    assert [line.verb for line in facts.held.history("incident", incident)] == ["create"]
    assert facts.held.get("incident", incident).level == "II"


def test_it_is_written_at_its_hour_and_not_before(built, tmp_path, monkeypatch):
    monkeypatch.setattr(press, "LOOK_S", 0.01)
    wrote = threading.Event()
    monkeypatch.setattr(press, "write", lambda _centre, _hours: wrote.set() or [])
    stopping = threading.Event()
    for hour, expected in (("10:01", False), ("10:00", True)):
        follow = keep_hours(built.centre, Hours(hour, tmp_path))
        thread = threading.Thread(target=follow, args=(stopping,))
        thread.start()
        assert wrote.wait(0.5 if not expected else 5) is expected
        stopping.set()
        thread.join(5)
        stopping.clear()


def test_only_so_many_stay(built, tmp_path, monkeypatch):
    monkeypatch.setattr(press, "KEPT", 2)
    hours = Hours("07:30", tmp_path / "briefs")
    for _ in range(3):
        write(built.centre, hours)
        built.centre.clock.turn(DAY)
    assert len(list(hours.folder.iterdir())) == 2
