"""Tables are read whatever their form and encoding, with the line numbers an editor shows."""

import openpyxl
import pytest

from console.base.errors import BadData
from console.central.sheet import read_sheet

ENCODINGS = ("utf-8-sig", "gb18030")
WORDS = '编号,内容\r\nA1,"井盖&#40;破损&#41;\r\n在路口"\r\n\r\nA2,积水\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_every_encoding_says_the_same(tmp_path, encoding):
    file = tmp_path / "x.csv"
    file.write_bytes(WORDS.encode(encoding))
    sheet = read_sheet(file, ENCODINGS)
    assert sheet.columns == ("编号", "内容")
    rows = list(sheet.rows)
    assert [(r.line, r.cells["编号"]) for r in rows] == [(2, "A1"), (5, "A2")]
    assert rows[0].cells["内容"].startswith("井盖(破损)")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_sign_between_cells_is_found(tmp_path, sign):
    file = tmp_path / "x.csv"
    file.write_text(f"a{sign}b\n1{sign}2\n", "utf-8")
    assert next(read_sheet(file, ENCODINGS).rows).cells == {"a": "1", "b": "2"}


def test_a_row_with_other_columns_than_the_head_is_odd(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("a,b,c\n1,2,3,4\n1,2,3\n1,2\n1,2,3,\n", "utf-8")
    assert [r.odd for r in read_sheet(file, ENCODINGS).rows] == [True, False, True, False]


def test_a_workbook_is_read_like_a_text(tmp_path):
    file = tmp_path / "x.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["编号", "内容"])
    book.active.append([12.0, "积水"])
    book.save(file)
    assert next(read_sheet(file, ENCODINGS).rows).cells == {"编号": "12", "内容": "积水"}


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"PK\x03\x04 no book", b"a,a\n1,2\n", b"\xff\xfe\x00\x81\x30"]
)
def test_what_is_no_table_is_said_to_be_none(tmp_path, data):
    file = tmp_path / "x.csv"
    file.write_bytes(data)
    with pytest.raises(BadData):
        list(read_sheet(file, ENCODINGS).rows)


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(BadData):
        read_sheet(tmp_path / "nothing.csv", ENCODINGS)
