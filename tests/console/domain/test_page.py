"""A page file is read whole, or says in which line and key it is wrong."""

import tomllib

import pytest

from console.base.errors import BadData
from console.domain.page import read_page, read_pages

GOOD = """
key = "hotline"
name = "热线"
name_en = "Hotline"
scenes = ["X"]

[[tile]]
key = "volume"
name = "来电"
name_en = "Calls"
draw = "bars"
of = { kind = "report", where = "source:hotline", time = "at", window = "24h", step = "1h" }

[[tile]]
key = "rate"
name = "接通率"
name_en = "Answered"
draw = "lines"
rank = 1
of = { indicator = "X.rate" }
"""


def read(words: str, indicators=None):
    return read_page(tomllib.loads(words), "hotline.toml", words, indicators)


def test_a_page_holds_its_tiles_in_their_order():
    page = read(GOOD)
    assert [t.key for t in page.tile] == ["volume", "rate"]
    assert (page.dwell_s, page.tile[0].span, page.tile[1].rank) == (30, 3, 1)
    assert page.tile[0].of.step == "1h"


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('draw = "bars"', 'draw = "pie"', "line 11: tile[0].draw"),
        ('step = "1h"', 'step = "often"', "line 12: tile[0].of.step"),
        ('step = "1h"', 'step = "2wh"', "line 12: tile[0].of.step"),
        (', step = "1h"', "", "line 12: tile[0].of"),
        ("source:hotline", "nonsense:1", "line 12: tile[0].of.where"),
        ('time = "at"', 'time = "type"', "line 12: tile[0].of.time"),
        ('kind = "report"', 'kind = "nothing"', "line 12: tile[0].of.kind"),
        ('draw = "bars"\n', 'draw = "bars"\nspan = 13\n', "line 12: tile[0].span"),
        ('key = "rate"', 'key = "volume"', "line 15: tile[1].key"),
        ('"X.rate" }', '"X.rate", vital = "score" }', "line 20: tile[1].of"),
        ('scenes = ["X"]', "dwell_s = 1", "line 5: dwell_s"),
        ("rank = 1", 'better = "up"', "line 20: tile[1].of"),
        ("source:hotline", "state:nosuch", "line 12: tile[0].of.where"),
        (
            '"lines"\nrank = 1\nof = { indicator = "X.rate" }',
            '"beyond"\nrank = 1\nof = { vital = "domains" }',
            "line 20: tile[1].of.vital",
        ),
        (
            '"lines"\nrank = 1\nof = { indicator = "X.rate" }',
            '"number"\nrank = 1\nof = { vital = "nosuch" }',
            "line 20: tile[1].of.vital",
        ),
        (
            '"lines"\nrank = 1\nof = { indicator = "X.rate" }',
            '"plans"\nrank = 1\nof = { kind = "task" }',
            "line 20: tile[1].of.kind",
        ),
        ('name_en = "Hotline"', "", ""),
    ],
)
def test_what_is_wrong_is_named_with_its_line(old, new, where):
    assert old in GOOD
    with pytest.raises(BadData) as told:
        read(GOOD.replace(old, new, 1))
    assert told.value.where == where
    assert told.value.why


def test_an_indicator_that_there_is_not_is_named():
    with pytest.raises(BadData, match=r"X\.rate") as told:
        read(GOOD, {})
    assert told.value.where == "line 20: tile[1].of.indicator"


def test_a_scene_that_there_is_not_is_named():
    from tests.gauges import STAGE  # noqa: PLC0415 - wanted here alone

    known = {"X.rate": STAGE}
    with pytest.raises(BadData, match="no such scene") as told:
        read(GOOD, known)
    assert told.value.where == "line 5: scenes"


def test_pages_come_in_their_order_and_two_of_a_name_are_refused(tmp_path):
    for name, order in (("b", 1), ("a", 2)):
        words = GOOD.replace('"hotline"', f'"{name}"').replace("scenes", f"order = {order}\nscenes")
        (tmp_path / f"{name}.toml").write_text(words)
    assert list(read_pages(tmp_path)) == ["b", "a"]
    (tmp_path / "c.toml").write_text(GOOD.replace('"hotline"', '"a"'))
    with pytest.raises(BadData, match="'a'"):
        read_pages(tmp_path)


def test_a_folder_without_pages_and_a_file_that_is_no_toml_are_named(tmp_path):
    with pytest.raises(BadData, match="no page"):
        read_pages(tmp_path)
    (tmp_path / "x.toml").write_text("key =")
    with pytest.raises(BadData, match=r"x\.toml"):
        read_pages(tmp_path)
