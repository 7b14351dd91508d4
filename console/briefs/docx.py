"""Writes a brief as DOCX with python-docx: words and tables that can be worked on further."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from console.briefs.brief import Brief, Section, Table
from console.briefs.picture import draw

FONT = "Noto Sans SC"
ROOM = Pt(451)
SIZES = {"title": 20, "office": 10, "section": 13, "words": 10.5, "cell": 9, "note": 8}


def write(brief: Brief) -> bytes:
    """Give a brief as DOCX."""
    paper: Any = Document()
    paper.core_properties.title = brief.title
    style = paper.styles["Normal"]
    style.font.name = FONT
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    for words, look in ((brief.title, "title"), (f"{brief.office}　{brief.made}", "office"),
                        (brief.warning, "office")):  # fmt: skip
        _words(paper, words, look).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for section in brief.sections:
        _section(paper, section)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _section(paper: Any, section: Section) -> None:
    heading = paper.add_heading(level=2)
    _run(heading, section.title, "section", bold=True)
    for words in section.words:
        _words(paper, words, "words")
    if section.picture is not None:
        paper.add_picture(BytesIO(draw(section.picture)), width=ROOM)
    if section.table is not None:
        _table(paper, section.table)
    _words(paper, section.note, "note")


def _table(paper: Any, table: Table) -> None:
    headed = any(table.head)
    rows = (table.head, *table.rows) if headed else table.rows
    made = paper.add_table(rows=len(rows), cols=len(table.head))
    made.style = "Light Grid"
    shares = table.shares or tuple(1.0 for _ in table.head)
    for n, row in enumerate(rows):
        # The cells of a row at once: asking for one at a time reads the whole table again.
        for cell, words, part in zip(made.rows[n].cells, row, shares, strict=True):
            cell.width = int(ROOM * part / sum(shares))
            _run(cell.paragraphs[0], words, "cell", bold=headed and n == 0)


def _words(paper: Any, words: str, look: str) -> Any:
    paragraph = paper.add_paragraph()
    _run(paragraph, words, look, bold=look == "title")
    return paragraph


def _run(paragraph: Any, words: str, look: str, *, bold: bool = False) -> None:
    run = paragraph.add_run(words)
    run.bold = bold
    run.font.size = Pt(SIZES[look])
    run.font.name = FONT
    run._element.rPr.rFonts.set(qn("w:eastAsia"), FONT)  # noqa: SLF001 - it has no other door
