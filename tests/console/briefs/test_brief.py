"""A brief is frozen words, tables and pictures; what is not said is empty."""

from console.briefs.brief import Brief, Picture, Section, Table


def test_a_section_may_have_words_alone():
    section = Section(title="一", words=("话",))
    assert (section.table, section.picture, section.note) == (None, None, "")


def test_a_whole_brief_is_one_value():
    table = Table(("a",), (("1",),))
    picture = Picture(bars=(("00", None),))
    made = [
        Brief(name="n", title="t", office="o", made="m", language="en",
              sections=(Section(title="s", table=table, picture=picture),))
        for _ in range(2)
    ]  # fmt: skip
    assert made[0] == made[1]
