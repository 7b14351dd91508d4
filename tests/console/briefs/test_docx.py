"""The DOCX of a brief can be read back: its words, its tables, its pictures."""

from io import BytesIO

from docx import Document

from console.briefs.daily import daily
from console.briefs.docx import write
from console.briefs.special import special
from tests.console.briefs.worlds import facts_of


def test_a_brief_is_read_back_from_its_docx(bench):
    paper = Document(BytesIO(write(daily(facts_of(bench), "2026-01-05"))))
    words = "\n".join(p.text for p in paper.paragraphs)
    assert "南京市城市运行日报" in words
    assert "截至 2026-01-05 11:12" in words
    cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    assert {"下穿通道积水", "查清全市井盖", "市水务局"} <= cells
    assert len(paper.inline_shapes) == 2


def test_a_table_without_a_head_has_none(bench):
    paper = Document(BytesIO(write(special(facts_of(bench), "I1"))))
    assert paper.tables[0].rows[0].cells[0].text == "等级"
