"""Writes a brief as DOCX with python-docx: words and tables that can be worked on further."""

from io import BytesIO
from typing import Any

from docx import Document, oxml
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from console.briefs.brief import Brief, Picture, Section, Table
from console.briefs.picture import draw

_oxml: Any = oxml
_element = _oxml.OxmlElement
FONT = "Noto Sans SC"
ROOM = Mm(160)
PAPER, MARGIN = (Mm(210), Mm(297)), Mm(25)
INK = RGBColor(0x1B, 0x24, 0x30)
SIZES = {"title": 20, "office": 10, "section": 13, "words": 10.5, "cell": 9, "note": 8}


def write(brief: Brief) -> bytes:
    """Give a brief as DOCX."""
    paper: Any = Document()
    paper.core_properties.title = brief.title
    paper.core_properties.language = brief.language
    _sheet(paper, brief)
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


def _sheet(paper: Any, brief: Brief) -> None:
    """Set the paper: A4, and at the foot what it is, when it was made, and the page."""
    sheet = paper.sections[0]
    sheet.page_width, sheet.page_height = PAPER
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet, f"{side}_margin", MARGIN)
    foot = sheet.footer.paragraphs[0]
    _run(foot, f"{brief.title}　{brief.made}　", "note")
    page: Any = _element("w:fldSimple")
    page.set(qn("w:instr"), "PAGE")
    foot._p.append(page)  # noqa: SLF001 - it has no other door


def _section(paper: Any, section: Section) -> None:
    heading = paper.add_heading(level=2)
    _run(heading, section.title, "section", bold=True)
    for words in section.words:
        _words(paper, words, "words")
    if section.picture is not None:
        shown = paper.add_picture(BytesIO(draw(section.picture)), width=ROOM)
        # For whoever hears the brief read out.
        shown._inline.docPr.set("descr", _told(section.picture))  # noqa: SLF001
    if section.table is not None:
        _table(paper, section.table)
    _words(paper, section.note, "note")


def _table(paper: Any, table: Table) -> None:
    headed = any(table.head)
    rows = (table.head, *table.rows) if headed else table.rows
    made = paper.add_table(rows=len(rows), cols=len(table.head))
    made.style = "Light Grid"
    if headed:
        # Said again at the top of each page that the table goes on to.
        repeated: Any = _element("w:tblHeader")
        made.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001
    shares = table.shares or tuple(1.0 for _ in table.head)
    for n, row in enumerate(rows):
        # The cells of a row at once: asking for one at a time reads the whole table again.
        for cell, words, part in zip(made.rows[n].cells, row, shares, strict=True):
            cell.width = int(ROOM * part / sum(shares))
            _run(cell.paragraphs[0], words, "cell", bold=headed and n == 0)


def _told(picture: Picture) -> str:
    known = (f"{label} {value:g}" for label, value in picture.bars if value is not None)
    return f"{picture.caption}: {', '.join(known)} {picture.unit}".strip()


def _words(paper: Any, words: str, look: str) -> Any:
    paragraph = paper.add_paragraph()
    _run(paragraph, words, look, bold=look == "title")
    return paragraph


def _run(paragraph: Any, words: str, look: str, *, bold: bool = False) -> None:
    run = paragraph.add_run(words)
    run.bold = bold
    run.font.size = Pt(SIZES[look])
    run.font.name = FONT
    run.font.color.rgb = INK
    run._element.rPr.rFonts.set(qn("w:eastAsia"), FONT)  # noqa: SLF001 - it has no other door
