"""Small parts: words are never markup, a change is seen, rows are made once and used again."""

from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.kit.outfit import Outfit
from ui.kit.parts import TONES, Elided, Glyph, Hint, Pool, Section, Value, label, stand_over, tone


def test_words_are_never_read_as_markup(qtbot: Any, outfit: Outfit) -> None:
    for made in (label(), Value(outfit), Elided()):
        qtbot.addWidget(made)
        made.setText("<b>雨</b>")
        assert made.textFormat().name == "PlainText"


def test_a_change_is_seen_and_a_first_showing_is_none(qtbot: Any, outfit: Outfit) -> None:
    value = Value(outfit)
    qtbot.addWidget(value)
    value.show_words("已受理")
    assert not value.fading
    value.show_words("已派单")
    assert value.fading
    value.show_words("已签收", told=False)
    qtbot.waitUntil(lambda: not value.fading, timeout=3_000)


def test_rows_are_made_once(qtbot: Any) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    pool: Pool[QLabel] = Pool(QVBoxLayout(home), label)
    first = pool.show(3)
    pool.show(1)
    assert pool.show(3) == first
    assert [each.isHidden() for each in pool.all] == [False, False, False]
    pool.show(0)
    assert all(each.isHidden() for each in pool.all)
    assert all(each.parent() is home for each in pool.all)


def test_every_tone_is_in_every_theme_or_the_plain_one(qtbot: Any, outfit: Outfit) -> None:
    made = label()
    qtbot.addWidget(made)
    for role in TONES:
        assert outfit.look.theme.css(role)
        tone(made, role)
        assert made.property("role") == TONES[role]


def test_long_words_are_shortened_and_whole_on_hover(qtbot: Any) -> None:
    made = Elided()
    qtbot.addWidget(made)
    made.show()
    made.resize(80, 20)
    made.show_words("龙蟠中路下穿通道积水约三十厘米")
    assert made.text() != made.words
    assert made.toolTip() == made.words
    made.resize(600, 20)
    assert made.text() == made.words
    assert made.toolTip() == ""


def test_a_hint_a_glyph_and_a_section_follow_the_look(qtbot: Any, outfit: Outfit) -> None:
    hint, glyph, section = Hint(outfit), Glyph(outfit), Section()
    for each in (hint, glyph, section):
        qtbot.addWidget(each)
    hint.say("info", "没有", "下一步")
    glyph.show_shape("diamond", "severity.I")
    section.show_heading("派单", 2)
    before = glyph.pixmap().cacheKey()
    outfit.look.changed.emit()
    assert glyph.pixmap().cacheKey() != before
    assert hint.words == "没有"
    assert section.heading.text() == "派单  2"


def test_what_stands_over_a_window_stays_within_it(qtbot: Any) -> None:
    window, over = QWidget(), QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    stand_over(over, window, 900, 200)
    assert window.rect().contains(over.geometry())
