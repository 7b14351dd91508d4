"""Rows for others to take: whole, harmless, and read again as they were."""

import csv
import json

import pytest

from console.base.errors import BadData
from console.base.tablefile import harmless, write_table

COLUMNS = {"said": "原话", "lon": "经度"}
ROWS = [{"said": "老槐树，底下", "lon": 118.79}, {"said": "=1+1", "lon": 0.0}]


def test_a_spreadsheet_reads_the_headings_in_words_and_no_cell_is_a_formula(tmp_path):
    file = tmp_path / "new" / "a.CSV"
    write_table(file, COLUMNS, ROWS)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as held:
        assert list(csv.reader(held)) == [
            ["原话", "经度"],
            ["老槐树，底下", "118.79"],
            ["'=1+1", "0.0"],
        ]


def test_json_has_the_names_of_the_fields_and_their_types(tmp_path):
    write_table(tmp_path / "a.json", COLUMNS, ROWS)
    assert json.loads((tmp_path / "a.json").read_text("utf-8")) == ROWS


def test_another_ending_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(BadData, match=r"neither \.csv nor \.json"):
        write_table(tmp_path / "a.xls", COLUMNS, ROWS)
    assert list(tmp_path.iterdir()) == []


def test_what_lay_there_stays_when_a_row_cannot_be_written(tmp_path):
    file = tmp_path / "a.csv"
    write_table(file, COLUMNS, ROWS)
    before = file.read_bytes()
    with pytest.raises(KeyError):
        write_table(file, COLUMNS, [{"said": "x"}])
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1", "'=1"),
        ("@x", "'@x"),
        ("-", "-"),
        ("-1+2", "'-1+2"),
        ("＝1", "'＝1"),
        ("井盖", "井盖"),
    ],
)
def test_no_cell_becomes_a_formula(cell, safe):
    assert harmless(cell) == safe
