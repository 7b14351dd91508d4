"""Words are laid out at sizes that are worked out, and each knows its place, size and colours."""

import pytest
from PySide6.QtGui import QImage, QPainter

from console.domain.display import displays
from ui.kit import fonts, theme
from ui.kit.ink import Ink, Type, fitting, wrapped


@pytest.fixture(autouse=True)
def dressed(qapp):
    fonts.dress(qapp)


@pytest.mark.parametrize("display", displays(), ids=lambda d: d.name_en)
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_the_least_letters_fill_their_arc(display, ratio):
    type_ = Type.of(display, ratio)
    measure = fonts.measure(type_.body)
    heights = [
        measure.tightBoundingRect(each).height() * ratio for each in (fonts.LATIN, fonts.HAN)
    ]
    assert heights[0] >= display.latin_px - 1
    assert heights[1] >= display.han_px - 1
    assert type_.head > type_.title > type_.body


def test_words_stand_left_right_and_are_shortened_to_their_room():
    ink = Ink()
    wide = ink.put("南京市", 10, 0, 20)
    ink.put("南京市", 10, 0, 20, width=200, align="right")
    ink.put("南京市城市运行管理中心", 10, 0, 20, width=100)
    first, second, third = ink.marks
    assert first.x == 10
    assert second.x == pytest.approx(210 - wide)
    assert third.words.endswith("…")
    assert third.width <= 100


def test_what_is_laid_out_is_painted_in_the_colour_of_its_role():
    night = theme.read("night")
    ink = Ink()
    ink.put("■■■", 4, 4, 40, "danger", bold=True)
    ink.shape("diamond", 4, 60, 20, "warning")
    ink.fill(60, 60, 20, 20, "good")
    picture = QImage(200, 100, QImage.Format.Format_RGB32)
    picture.fill(night.colour("panel"))
    painter = QPainter(picture)
    ink.paint(painter, night)
    painter.end()
    seen = {picture.pixelColor(x, y).name().upper() for x in range(200) for y in range(100)}
    assert {night.css("danger"), night.css("warning"), night.css("good")} <= seen


def test_phrases_are_kept_whole_and_to_so_many_lines():
    assert wrapped(["一二三", "四五六", "七八九"], 20, 150, 2) == ["一二三  四五六", "七八九"]
    assert wrapped(["一二三", "四五六", "七八九"], 20, 70, 2) == ["一二三", "四五六"]


def test_a_number_is_as_large_as_its_room_within_bounds():
    assert fitting("1,234", 10_000, 20, 80) == 80
    assert fitting("1,234", 10, 20, 80) == 20
    px = fitting("1,234", 120, 20, 80)
    assert fonts.measure(px, bold=True).horizontalAdvance("1,234") <= 121
