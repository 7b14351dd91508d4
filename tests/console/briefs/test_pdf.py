"""The PDF of a brief holds its words in the font of the program, whatever they are."""

import re
import zlib

from console.briefs.brief import Brief, Picture, Section, Table
from console.briefs.daily import daily
from console.briefs.pdf import write
from tests.console.briefs.worlds import facts_of


def test_a_brief_becomes_a_pdf_with_our_font_and_its_picture(bench):
    data = write(daily(facts_of(bench), "2026-01-05"))
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert b"NotoSansSC" in data
    assert data.count(b"/Subtype /Image") >= 2


def test_markup_in_words_is_words_and_long_tables_go_over_pages():
    table = Table(("列", "二"), tuple((f"<b>第{n}行</b> & 余", "囧镕") for n in range(120)), (3, 1))
    brief = Brief(
        name="n", title="题 <x>", office="室", made="时", language="zh_CN",
        sections=(Section(title="一", table=table, picture=Picture(bars=(("a", 1.0),))),),
    )  # fmt: skip
    data = write(brief)
    assert len(re.findall(rb"/Type /Page\b", data)) >= 3
    assert all(zlib.MAX_WBITS and page for page in data.split(b"endobj"))
