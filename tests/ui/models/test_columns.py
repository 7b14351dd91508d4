"""Columns: the file leads somewhere with every name, and says where it does not."""

from pathlib import Path

import pytest

from console.base import resources, text
from console.base.errors import BadData
from console.domain.rows import SHAPES
from ui.kit.delegates import SHAPES as DRAWN
from ui.models import columns
from ui.models.formats import FORMATS


def test_every_column_can_be_written_and_has_a_heading() -> None:
    sheet = columns.read()
    for kind, found in sheet.columns.items():
        for key, column in found.items():
            assert column.key == key
            assert column.format in FORMATS
            assert {column.field, column.order or column.field} <= set(SHAPES[kind].names)
            assert text.TEXTS.has(f"column.{key}")


def test_every_standing_has_a_shape_that_is_drawn_and_its_own() -> None:
    for scale in columns.read().scale.values():
        shapes = [standing.glyph for standing in scale.values() if standing.glyph]
        assert set(shapes) <= set(DRAWN)
        assert len(set(shapes)) == len(shapes)


def test_the_most_important_columns_come_first_and_never_go() -> None:
    found = columns.read().columns_of()
    assert [column.key for column in found[:3]] == ["level", "mark", "clock"]
    assert all(column.drop == 0 for column in found[:3])


def test_a_queue_that_is_not_named_shows_what_is_usual() -> None:
    sheet = columns.read()
    assert sheet.columns_of("strange") == sheet.columns_of("default")
    assert sheet.order_of("default")[-1] == ("reported_at", False)
    assert sheet.shape_of("tasks") is SHAPES["task"]


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("[queue.default]", "[queue.odd]", "'default' is missing"),
        ('field = "due"', 'field = "dew"', "no field 'dew'"),
        ('columns = ["level"', 'columns = ["lever"', "no column 'lever'"),
        ('order = ["due"]', 'order = ["-dew"]', "no field 'dew'"),
        ("[columns.unit]", "[columns.beast]", "no such kind"),
        ("width = 76", 'width = "wide"', "Expected `int`"),
    ],
)
def test_a_file_that_is_wrong_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str, why: str
) -> None:
    words = resources.path(columns.FILE).read_text("utf-8")
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / columns.FILE).write_text(words.replace(before, after), "utf-8")
    monkeypatch.setattr(resources, "ROOT", tmp_path)
    with pytest.raises(BadData, match=why):
        columns.read()
