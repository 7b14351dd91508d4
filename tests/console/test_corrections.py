"""A seat lets out the corrections that it may see, to whoever may take them up."""

import csv
import json

import pytest

from console.base.errors import Refused
from console.base.work import Inline
from console.corrections import write_corrections
from tests.ui.desk import LIU, desk


@pytest.fixture
def seat(tmp_path):
    made = desk(tmp_path / "seat", Inline())
    yield made
    made.close()


def chosen(seat):
    line = 'correction.record 老槐树底下 "云芷路 12 号" 118.79 32.04 --incident=i1 --offered=槐树巷'
    seat.core.run(f"{line} --place=D12").result()


def test_all_that_its_owners_need_is_in_the_file(seat, tmp_path):
    chosen(seat)
    file, count = write_corrections(seat.core, tmp_path / "out.json")
    (row,) = json.loads(file.read_text("utf-8"))
    assert count == 1
    assert (row["said"], row["chosen"], row["code"]) == ("老槐树底下", "云芷路 12 号", "D12")
    assert (row["incident"], row["by"], row["by_name"]) == (
        seat.incident("i1").no, "chen", "陈立新",
    )  # fmt: skip
    assert row["at"].endswith("+08:00")


def test_without_a_name_it_goes_into_the_seats_folder_as_a_table(seat):
    chosen(seat)
    file, _count = write_corrections(seat.core)
    assert file.parent == seat.core.settings.folder / "corrections"
    with file.open(encoding="utf-8-sig", newline="") as held:
        heads, row = list(csv.reader(held))
    assert heads[:4] == ["更正编号", "事件编号", "原话", "先前建议"]
    assert row[2:5] == ["老槐树底下", "槐树巷", "云芷路 12 号"]


def test_who_may_not_take_corrections_up_may_not_have_them(tmp_path):
    made = desk(tmp_path, Inline(), LIU)
    try:
        with pytest.raises(Refused) as refused:
            write_corrections(made.core, tmp_path / "x.csv")
    finally:
        made.close()
    assert refused.value.key == "refused.role"
