"""The sheet lists the rows behind a number, and gives the line that opens them on a desk."""

import pytest
from shiboken6 import delete

from console.domain.figure import Behind
from tests.ui.kit.tiles import NOON
from ui.models.writing import Writing
from ui.views.sheet import SheetView


@pytest.fixture
def sheet(seat, outfit, qapp):
    writing = Writing("Asia/Shanghai", lambda _kind, code: code, lambda: NOON)
    made = SheetView(seat.core, outfit, writing, pytest.fail)
    yield made
    made.close_feed()
    delete(made)


@pytest.mark.parametrize(
    ("behind", "rows"),
    [
        (Behind("incident", "level:II,III"), 2), (Behind("incident", ""), 4),
        (Behind("task", ""), 2),
        (Behind("report", "state:attached"), 4), (Behind("unit", "state:ready"), 6),
        (Behind("instruction", ""), 0),
    ],
)  # fmt: skip
def test_the_rows_behind_a_number_are_listed(sheet, qtbot, behind, rows):
    sheet.open(behind, "在办", "queue.open all")
    qtbot.waitUntil(lambda: sheet.grid.table.rowCount() == rows)
    assert "queue.open all" in sheet.line.text()


def test_another_number_takes_the_place_of_the_first(sheet, qtbot):
    sheet.open(Behind("incident", ""), "全部", "x")
    first = sheet.grid
    sheet.open(Behind("incident", "level:II"), "重大", "y")
    assert sheet.grid is not first
    qtbot.waitUntil(lambda: sheet.grid.table.rowCount() == 1)


def test_the_readings_of_an_indicator_are_listed_and_none_is_said(sheet, seat):
    of = next(iter(seat.core.gauges.known))
    sheet.open(Behind(indicator=of), "指标", "x")
    assert "暂无读数" in sheet.readings.text()
    seat.core.gauges.give(of, 7.0).result()
    sheet.open(Behind(indicator=of), "指标", "x")
    assert "：7" in sheet.readings.text()
    assert "chen" in sheet.readings.text()
    sheet.open(Behind(indicator="domains"), "体征", "x")
    assert len(sheet.readings.text().splitlines()) > 20
    sheet.open(Behind("incident", ""), "全部", "x")
    assert not sheet.readings.isVisible()


def test_an_instruction_on_a_number_knows_its_name_and_its_district(sheet, qtbot):
    sheet.open(Behind("incident", "state:reported district:320102"), "在办 4 件", "x")
    with qtbot.waitSignal(sheet.instruct_asked) as asked:
        sheet.instruct.click()
    assert asked.args == ["在办 4 件", "320102"]


def test_all_that_is_out_of_band_is_listed_and_each_of_several(sheet, seat):
    of = list(seat.core.gauges.known)[:2]
    sheet.open(Behind(indicator=",".join(of)), "几项", "x")
    assert len(sheet.readings.text().splitlines()) == 2
    sheet.open(Behind(indicator="beyond"), "越限", "x")
    assert sheet.readings.text() == ""
