"""A correction is told in full, in the city's time, and what is not known stays empty."""

from zoneinfo import ZoneInfo

from console.domain.corrected import CRS, FIELDS, corrected, headings
from console.domain.record import Correction, Incident
from console.domain.root import Note

ZONE = ZoneInfo("Asia/Shanghai")
NAMES = {("district", "320102"): "玄武区", ("person", "wang"): "王敏"}
TEN = 1_767_578_400_000


def told(**facts):
    record = Correction(
        id="K1", incident="I1", said="老槐树底下", name="云芷路12号", lon=118.79, lat=32.04,
        **facts,
    )  # fmt: skip
    find = {"I1": Incident(id="I1", no="320102-1")}.get
    return corrected([record], find, lambda kind, code: NAMES.get((kind, code), ""), ZONE)[0]


def test_who_when_what_was_said_offered_and_chosen_are_told():
    found = told(scope="320102", by="wang", at=TEN, place="D12", offered="槐树巷")
    assert tuple(found) == FIELDS
    assert (found["at"], found["by"], found["by_name"]) == (
        "2026-01-05T10:00:00+08:00", "wang", "王敏",
    )  # fmt: skip
    assert (found["said"], found["offered"], found["chosen"], found["code"]) == (
        "老槐树底下", "槐树巷", "云芷路12号", "D12",
    )  # fmt: skip
    assert (found["lon"], found["lat"], found["crs"], found["district"]) == (
        118.79, 32.04, CRS, "玄武区",
    )  # fmt: skip
    assert found["incident"] == "320102-1"
    assert found["decided_at"] == found["decided_by"] == found["street"] == ""


def test_what_its_owners_said_is_told_and_an_older_one_has_the_time_it_was_changed():
    notes = (Note(TEN, "wang", "查无此处"),)
    found = told(scope="*", updated_at=TEN, decided_by="wang", decided_at=TEN, notes=notes)
    assert (found["decided_by"], found["note"], found["at"]) == (
        "王敏", "查无此处", "2026-01-05T10:00:00+08:00",
    )  # fmt: skip


def test_the_oldest_comes_first_and_one_of_no_known_incident_has_no_number():
    new, old = Correction(id="K1", at=TEN), Correction(id="K2", updated_at=TEN - 1, incident="I9")
    found = corrected([new, old], lambda _id: None, lambda _kind, _code: "", ZONE)
    assert [(each["id"], each["incident"]) for each in found] == [("K2", ""), ("K1", "")]
    assert tuple(headings()) == FIELDS
