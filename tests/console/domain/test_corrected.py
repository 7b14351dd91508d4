"""A correction is told in full, in the city's time, and what is not known stays empty."""

from zoneinfo import ZoneInfo

from console.domain.corrected import CRS, FIELDS, corrected
from console.domain.record import Correction
from console.domain.root import Note

ZONE = ZoneInfo("Asia/Shanghai")
NAMES = {("district", "320102"): "玄武区", ("person", "wang"): "王敏"}
TEN = 1_767_578_400_000


def told(**facts):
    record = Correction(
        id="K1", said="老槐树底下", name="云芷路12号", lon=118.79, lat=32.04, **facts
    )
    return corrected(record, "320102-1", lambda kind, code: NAMES.get((kind, code), ""), ZONE)


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
