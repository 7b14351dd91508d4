"""A brief by one key or line at the desk; where it lies is told."""

import pytest


@pytest.fixture
def told(station):
    heard = []
    station._notices.told.connect(heard.append)
    return heard


def files(seat) -> list[str]:
    folder = seat.core.settings.folder / "briefs"
    return sorted(f.suffix for f in folder.iterdir()) if folder.is_dir() else []


def test_the_daily_brief_is_one_line(station, seat, told, qtbot):
    station.run("日报")
    qtbot.waitUntil(lambda: bool(told))
    assert files(seat) == [".pdf"]
    assert ".pdf" in told[-1].words


def test_the_special_report_is_of_what_is_selected(station, seat, told, qtbot, tmp_path):
    station.select("incident", "i1")
    station.run(f"专报 --out {tmp_path / 'x.docx'}")
    qtbot.waitUntil((tmp_path / "x.docx").exists)
    station.select("task", "t1")
    station.run(f"brief.special --out {tmp_path / 'y.docx'}")
    qtbot.waitUntil((tmp_path / "y.docx").exists)


def test_place_corrections_are_let_out_by_one_line(station, seat, told, qtbot, tmp_path):
    seat.core.run("correction.record 老槐树底下 云芷路 118.79 32.04").result()
    station.run(f"导出地点更正 {tmp_path / 'out.csv'}")
    qtbot.waitUntil((tmp_path / "out.csv").exists)
    qtbot.waitUntil(lambda: bool(told))
    assert told[-1].words == f"1 条地点更正：{tmp_path / 'out.csv'}"


def test_without_an_incident_it_is_refused(station, seat, told, qtbot):
    station.unselect()
    station.run("brief.special")
    qtbot.waitUntil(lambda: bool(told))
    assert files(seat) == []
