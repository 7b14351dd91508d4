"""Messages from CSV files."""

import pytest

from console.advise.rows import read_rows
from console.base.errors import BadData


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_read_in_either_encoding(tmp_path, encoding):
    file = tmp_path / "a.csv"
    file.write_bytes('留言,类别\n"停水，\n三天",水务\n'.encode(encoding))
    assert read_rows(file, ("留言", "类别")) == [{"留言": "停水，\n三天", "类别": "水务"}]


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("text,label\na,b\n", "utf-8")
    with pytest.raises(BadData, match=r"no such column: body \(there are: text, label\)"):
        read_rows(file, ("text", "body"))


def test_a_broken_line_is_named(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text('text\n"a\n"b"c\n', "utf-8")
    with pytest.raises(BadData, match="line 3"):
        read_rows(file, ("text",))


@pytest.mark.parametrize(
    ("data", "why"), [(b"text\n", "no rows"), (b"\xff\xff\xff", "neither of utf-8")]
)
def test_a_file_that_cannot_be_used_says_why(tmp_path, data, why):
    file = tmp_path / "a.csv"
    file.write_bytes(data)
    with pytest.raises(BadData, match=why):
        read_rows(file, ("text",))


def test_a_file_that_is_not_there_is_bad_data(tmp_path):
    with pytest.raises(BadData, match="No such file"):
        read_rows(tmp_path / "none.csv", ("text",))
