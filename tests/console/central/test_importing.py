"""Files of cases go in once each, in their real state; every bad row is kept with its reason."""

import csv
from collections import Counter

import openpyxl
import pytest

from console.base.clock import ManualClock
from console.central.build import build
from console.central.importing import bring_in, main
from console.central.profile import read_profile
from console.domain.access import system
from console.domain.record import Incident
from console.wire import record_of
from tests.drivers import shared_data

HEAD = ["编号", "时间", "来电人", "电话", "地址", "内容", "类型", "区", "街道", "状态"]
ROWS = [
    ["1", "2025-12-01 09:00", "甲先生", "10000000001", "1号", "井盖破损", "", "玄武区", "", ""],
    ["2", "2025-12-02 09:00", "", "", "2号", "路灯不亮", "", "秦淮区", "", "已办结"],
    ["3", "2025-12-03 09:00", "", "", "", "占道经营", "", "鼓楼区", "", "超期办结"],
    ["4", "不详", "", "", "", "=HYPERLINK(1)", "", "鼓楼区", "", ""],
    ["1", "2025-12-01 09:00", "", "", "", "另一件事", "", "玄武区", "", ""],
]  # fmt: skip


def write(file, rows=ROWS, encoding="utf-8"):
    with file.open("w", encoding=encoding, newline="") as out:
        csv.writer(out).writerows([HEAD, *rows])
    return file


@pytest.fixture
def bring(lite, tmp_path):
    clock = ManualClock()

    def bring(file, profile="generic_report"):
        return bring_in(lite.centre, file, read_profile(profile), clock, tmp_path)

    return bring


def incidents(centre):
    puts = centre.snapshot(system())[1]
    return [record_of(p.kind, p.body) for p in puts if p.kind == Incident.kind]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_good_rows_go_in_and_bad_ones_are_kept_with_their_line_and_reason(
    bring, lite, tmp_path, encoding
):
    tally = bring(write(tmp_path / "件.csv", encoding=encoding))
    assert (tally.rows, tally.new, tally.known, len(tally.aside)) == (5, 3, 0, 2)
    assert Counter(i.state for i in incidents(lite.centre)) == {"archived": 2, "reported": 1}
    with tally.file.open(encoding="utf-8-sig", newline="") as kept:
        lines = list(csv.reader(kept))
    assert [line[0] for line in lines[1:]] == ["5", "6"]
    assert lines[1][1] == "时间"
    assert "不详" in lines[1][2]
    assert "'=HYPERLINK(1)" in lines[1]


def test_a_case_that_was_finished_too_late_missed_its_time(bring, lite, tmp_path):
    bring(write(tmp_path / "x.csv"))
    late = next(i for i in incidents(lite.centre) if i.title == "占道经营")
    in_time = next(i for i in incidents(lite.centre) if i.title == "路灯不亮")
    assert late.deadlines["handle"].stopped > late.deadlines["handle"].due
    assert in_time.deadlines["handle"].stopped <= in_time.deadlines["handle"].due


def test_a_second_time_nothing_is_doubled(bring, lite, tmp_path):
    file = write(tmp_path / "x.csv")
    bring(file)
    before = lite.centre.digest(system())
    tally = bring(file)
    assert (tally.new, tally.known) == (0, 3)
    assert lite.centre.digest(system()).sums == before.sums


def test_a_workbook_goes_in_like_a_text(bring, tmp_path):
    book = openpyxl.Workbook()
    for row in [HEAD, *ROWS]:
        book.active.append(row)
    book.save(tmp_path / "x.xlsx")
    tally = bring(tmp_path / "x.xlsx")
    assert (tally.new, len(tally.aside)) == (3, 2)


def test_the_command_says_what_it_did_and_how_it_ended(tmp_path):
    said: list[str] = []
    data = ["--profile", "generic_report", "--data", str(tmp_path / "d")]
    assert main([str(write(tmp_path / "x.csv")), *data], said.append) == 0
    assert "3" in said[0]
    bad = write(tmp_path / "bad.csv", [ROWS[3]])
    assert main([str(bad), *data], said.append) == 1
    assert main([str(tmp_path / "none.csv"), *data], said.append) == 1
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    assert main([str(tmp_path / "other.csv"), *data], said.append) == 1
    assert "编号" in said[-1]


@pytest.mark.timeout(900)
def test_the_real_cases_of_another_city_go_in_whole(tmp_path):
    file = shared_data("cases") / "hotline_cases_2018.csv"
    clock = ManualClock()
    part = tmp_path / "part.csv"
    part.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:1201]))
    built = build(tmp_path / "d", clock)
    try:
        tally = bring_in(built.centre, part, read_profile("pingshan_12345"), clock, tmp_path)
        assert (tally.rows, tally.new, len(tally.aside)) == (1200, 1197, 3)
        assert {a.column for a in tally.aside} == {"DISTRICT_ID"}
        assert Counter(i.state for i in incidents(built.centre)).keys() <= {"archived", "reported"}
        city = built.centre.place.city
        assert city.districts["440310"].name == "坪山区"
        assert len(city.districts["440310"].streets) == 6
        again = bring_in(built.centre, part, read_profile("pingshan_12345"), clock, tmp_path)
        assert (again.new, again.known, again.names) == (0, 1197, 0)
    finally:
        built.close()
