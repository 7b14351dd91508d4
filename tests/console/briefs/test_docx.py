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


def test_the_paper_is_a4_with_a_foot_heads_said_again_and_pictures_told(bench):
    brief = daily(facts_of(bench), "2026-01-05")
    paper = Document(BytesIO(write(brief)))
    sheet = paper.sections[0]
    assert (round(sheet.page_width.mm), round(sheet.page_height.mm)) == (210, 297)
    foot = sheet.footer.paragraphs[0]
    assert brief.title in foot.text
    assert 'w:instr="PAGE"' in foot._p.xml
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in paper.tables)
    told = [shape._inline.docPr.get("descr") for shape in paper.inline_shapes]
    assert all(words.startswith("逐小时") for words in told)
    widths = [sum(cell.width for cell in table.rows[0].cells) for table in paper.tables]
    room = sheet.page_width - sheet.left_margin - sheet.right_margin
    assert all(width <= room + 9 for width in widths)
