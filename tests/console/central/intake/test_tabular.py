"""Tables by a profile: each row a report, each wrong row with its line; no bombs."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from console.central.intake import tabular
from console.central.intake.frame import Ground, Unreadable
from console.central.intake.tabular import read_table, reader_of
from console.central.profile import read_profile
from tests.drivers import ROOT

PROFILE = read_profile("generic_report")
EXAMPLE = (ROOT / "resources/docs/examples/table.csv").read_bytes()
BAD = "编号,时间,来电人,电话,地址,内容,类型,区,街道\nX,昨天,,,,坏了,,玄武区,\n".encode()


@pytest.fixture
def ground(lite):
    return Ground(lite.centre.place, lite.centre.clock.now() + 365 * 86_400_000)


def book(*rows) -> bytes:
    made, out = Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(out)
    return out.getvalue()


def test_each_row_is_a_report(ground):
    found = reader_of(PROFILE)(EXAMPLE, ground)
    assert [(m.number, m.wrong) for m in found] == [("B-001", ()), ("B-002", ())]
    assert found[0].report.district == "320102"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_in_any_of_its_encodings(ground, encoding):
    body = EXAMPLE.decode("utf-8").encode(encoding)
    assert len(read_table(body, PROFILE, ground)) == 2


def test_a_workbook_says_the_same(ground):
    rows = [line.split(",") for line in EXAMPLE.decode("utf-8").splitlines()]
    assert [m.number for m in read_table(book(*rows), PROFILE, ground)] == [
        "B-001", "B-002",
    ]  # fmt: skip


def test_the_same_number_of_another_account_is_another_report(lite, ground):
    other = Ground(ground.place, ground.now, "fire")
    one, two = (read_table(EXAMPLE, PROFILE, each)[0].report for each in (ground, other))
    assert one.number != two.number


def test_a_wrong_row_names_its_line_and_column(ground):
    found = read_table(BAD, PROFILE, ground)[0].wrong[0]
    assert (found.rule, found.where, found.line) == ("import.time", "时间", 2)


@pytest.mark.parametrize(
    "body", [b"", b"a,b\n1,2\n", b"PK\x03\x04 no", b"\xff\xfe\xff", b"a,a\n1,2"]
)
def test_what_is_no_such_table_is_unreadable(ground, body):
    with pytest.raises(Unreadable):
        read_table(body, PROFILE, ground)


def test_a_zip_bomb_is_not_unpacked(ground):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * (30 << 20))
    with pytest.raises(Unreadable) as told:
        read_table(out.getvalue(), PROFILE, ground)
    assert told.value.found.rule == "table.bomb"


def test_too_many_rows_are_unreadable(ground, monkeypatch):
    monkeypatch.setattr(tabular, "MOST_ROWS", 1)
    with pytest.raises(Unreadable):
        read_table(EXAMPLE, PROFILE, ground)
