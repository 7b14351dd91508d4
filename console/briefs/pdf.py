"""Writes a brief as PDF with reportlab, in the font that comes with the program."""

from functools import cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab import platypus
from reportlab.lib import colors, pagesizes, styles
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from console.base import resources
from console.briefs.brief import Brief, Section, Table
from console.briefs.picture import HEIGHT, WIDTH, draw

_platypus: Any = platypus
_styles: Any = styles
_colors: Any = colors
_metrics: Any = pdfmetrics
PAPER: tuple[float, float] = pagesizes.A4
MARGIN = 56.0
ROOM = PAPER[0] - 2 * MARGIN
LEAST = 60.0
"""A table begins on the next page where there is less room than this for its first rows."""
REGULAR, BOLD = "NotoSansSC", "NotoSansSC-Bold"


def write(brief: Brief) -> bytes:
    """Give a brief as PDF."""
    _fonts()
    looks = _looks()
    flow: list[Any] = [
        _words(brief.title, looks["title"]),
        _words(f"{brief.office}　{brief.made}", looks["office"]),
        _words(brief.warning, looks["warning"]),
        _platypus.HRFlowable(width="100%", thickness=0.8, color=_colors.HexColor("#1B2430")),
    ]
    for section in brief.sections:
        flow += _section(section, looks)
    out = BytesIO()
    paper = _platypus.SimpleDocTemplate(
        out, pagesize=PAPER, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN,
        bottomMargin=MARGIN, title=brief.title, author=brief.office, lang=brief.language,
    )  # fmt: skip
    paper.build(flow, onFirstPage=_foot(brief), onLaterPages=_foot(brief))
    return out.getvalue()


@cache
def _fonts() -> None:
    for name, file in ((REGULAR, "NotoSansSC-Regular.ttf"), (BOLD, "NotoSansSC-Bold.ttf")):
        _metrics.registerFont(TTFont(name, str(resources.path(f"fonts/{file}"))))


def _looks() -> dict[str, Any]:
    def look(name: str, size: float, lead: float, font: str = REGULAR, **more: Any) -> Any:
        facts = {"wordWrap": "CJK", "textColor": "#1B2430"} | more
        return _styles.ParagraphStyle(name, fontName=font, fontSize=size, leading=lead, **facts)

    return {
        "title": look("title", 20, 28, BOLD, alignment=1),
        "office": look("office", 10, 16, alignment=1, textColor="#45505E"),
        "warning": look("warning", 8.5, 14, alignment=1, textColor="#8A3B1E"),
        "section": look("section", 13, 20, BOLD, spaceBefore=14, spaceAfter=2, keepWithNext=1),
        "words": look("words", 10.5, 17),
        "cell": look("cell", 8.5, 12),
        # Between words, where all are Latin; Chinese breaks anywhere.
        "latin": look("latin", 8.5, 12, wordWrap=None),
        "head": look("head", 8.5, 12, BOLD),
        "note": look("note", 8, 12, textColor="#5B6675", spaceBefore=3),
    }


def _section(section: Section, looks: dict[str, Any]) -> list[Any]:
    head: list[Any] = [_words(section.title, looks["section"])]
    head += [_words(words, looks["words"]) for words in section.words]
    if section.picture is not None:
        height = ROOM * HEIGHT / WIDTH
        head.append(_platypus.Image(BytesIO(draw(section.picture)), width=ROOM, height=height))
    # A title never stands alone at the foot of a page.
    flow: list[Any] = [_platypus.KeepTogether(head), _platypus.CondPageBreak(LEAST)]
    if section.table is not None:
        flow.append(_table(section.table, looks))
    return [*flow, _words(section.note, looks["note"])]


def _table(table: Table, looks: dict[str, Any]) -> Any:
    headed = any(table.head)
    rows = [[_words(c, looks["head"]) for c in table.head]] if headed else []
    rows += [
        [_words(cell, looks["latin" if cell.isascii() else "cell"]) for cell in row]
        for row in table.rows
    ]
    shares = table.shares or tuple(1.0 for _ in table.head)
    widths = [ROOM * each / sum(shares) for each in shares]
    made = _platypus.Table(rows, colWidths=widths, repeatRows=1 if headed else 0)
    made.setStyle(_platypus.TableStyle([
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, _colors.HexColor("#C9D0D9")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]))  # fmt: skip
    return made


def _words(words: str, look: Any) -> Any:
    return _platypus.Paragraph(escape(words), look)


def _foot(brief: Brief) -> Any:
    def foot(canvas: Any, paper: Any) -> None:
        canvas.saveState()
        canvas.setFont(REGULAR, 8)
        canvas.setFillColor(_colors.HexColor("#5B6675"))
        canvas.drawString(MARGIN, MARGIN / 2, f"{brief.title}　{brief.made}")
        canvas.drawRightString(PAPER[0] - MARGIN, MARGIN / 2, str(paper.page))
        canvas.restoreState()

    return foot
