"""The doctor says in words what is right and what is not, and goes on after what is not."""

import pytest

from console import doctor
from console.app import build
from console.base.errors import Refused
from console.base.settings import Settings
from console.base.text import LANGUAGES, table
from console.base.work import Inline
from console.video.hardware import Hardware
from console.video.libyuv import Library
from tests.desks import MONDAY_TEN


@pytest.mark.parametrize(
    ("version", "python", "standing"),
    [
        ("6.11.3", (3, 11), "ok"), ("6.12.0", (3, 11), "fail"), ("6.12.0", (3, 12), "ok"),
        ("6.7.2", (3, 11), "warn"), ("", (3, 11), "fail"),
    ],
)  # fmt: skip
def test_a_qt_that_frees_none_and_true_is_not_trusted(version, python, standing):
    assert doctor.qt(version, python).standing == standing


@pytest.mark.parametrize(
    ("version", "standing"),
    [("3.51.3", "ok"), ("3.53.4", "ok"), ("3.51.2", "fail"), ("3.9.9", "fail"), ("", "fail")],
)
def test_an_sqlite_with_the_fault_of_its_wal_is_not_trusted(version, standing):
    assert doctor.sqlite(version).standing == standing


def test_a_year_without_its_holidays_is_warned_of():
    assert doctor.calendar(Settings(), MONDAY_TEN).standing == "ok"
    assert doctor.calendar(Settings(), MONDAY_TEN * 2).said == "uncovered"
    assert doctor.calendar(Settings(city="atlantis"), MONDAY_TEN).standing == "fail"


class Found(Hardware):
    def look(self, _stopping=None):
        self.kind = "cuda"


def test_it_is_said_what_decodes_large_pictures():
    assert doctor.hardware(None).said == "off"
    assert doctor.hardware(Found()).words == "大画面由显卡解码（cuda）"
    here = Hardware()
    assert doctor.hardware(here).said == ("found" if here.kind else "none")


def test_the_fonts_and_the_disk_are_looked_at(tmp_path):
    assert doctor.fonts().standing == "ok"
    assert doctor.room(tmp_path / "not" / "yet").said in ("good", "short")


def test_a_screen_is_there_or_not():
    assert doctor.screen({"DISPLAY": ":0"}, "linux").standing == "ok"
    assert doctor.screen({}, "linux").standing == "warn"
    assert doctor.screen({}, "win32").standing == "ok"


def test_what_scales_pictures_is_told_and_its_lack_is_no_fault():
    assert doctor.scaler(None).standing == "warn"
    library = Library("libyuv.so.0", print, print, print, {})
    found = doctor.scaler(library)
    assert (found.standing, "libyuv.so.0" in found.words) == ("ok", True)
    assert "libyuv0" in doctor.scaler(None).words


def test_without_a_centre_everything_else_is_still_checked(tmp_path):
    settings = Settings(data=str(tmp_path), centre="http://127.0.0.1:9")
    found = {f.check: f for f in doctor.examine(settings, lambda: build(settings, Inline()))}
    assert list(found)[-3:] == ["store", "key", "line"]
    assert (found["store"].standing, found["line"].said) == ("ok", "down")
    assert all("⟦" not in f.words for f in found.values())


def test_data_that_does_not_open_is_a_failure_and_no_crash(tmp_path):
    def shut():
        raise Refused("refused.wrong_key")

    settings = Settings(data=str(tmp_path))
    last = list(doctor.examine(settings, shut))[-1]
    assert (last.check, last.standing) == ("store", "fail")


def test_every_finding_has_its_words():
    for language in LANGUAGES:
        assert {f"doctor.standing.{s}" for s in ("ok", "warn", "fail")} <= table(language).keys()
