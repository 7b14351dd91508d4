"""A tile is painted so that live, frozen, black and lost differ by more than their words."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from console.video.truth import Standing
from ui.kit.shots import shot
from ui.kit.tilepaint import Drawn, TilePainter, inside
from ui.kit.tilewords import BAR, letter
from ui.models.face import Face
from ui.models.hands import Hand

RECT = QRect(0, 0, 320, 180)
BRIGHT = bytes([200, 210, 220, 255]) * (320 * 180)


@pytest.fixture
def paint(outfit):
    def painted(face, *, picture=True, rect=RECT):
        image = QImage(rect.width(), rect.height(), QImage.Format.Format_RGB32)
        painter = QPainter(image)
        shown = None
        if picture:
            shown = shot((memoryview(BRIGHT), 320, 180))
        drawn: dict[int, Drawn] = {}
        for _ in range(2):  # the bar of words as it is drawn, and as it was kept
            made = TilePainter(painter, outfit.look.theme, 1.0, drawn, smooth=False)
            made.tile(rect, face, shown)
        painter.end()
        return image

    return painted


def brightness(image, x=40, y=40):
    return image.pixelColor(x, y).lightness()


def test_a_live_picture_is_shown_as_it_is(paint):
    assert brightness(paint(Face(name="一", standing=Standing.LIVE))) > 190


def test_a_picture_that_is_no_longer_true_is_dimmed_the_more_the_longer(paint):
    live, frozen, lost = (
        brightness(paint(Face(name="一", standing=s)))
        for s in (Standing.LIVE, Standing.FROZEN, Standing.LOST)
    )
    assert live > frozen * 1.8
    assert frozen > lost


def test_no_two_standings_look_alike(paint):
    images = [
        paint(Face(name="一", standing=s, headline="状态", mark="记")).bits().tobytes()
        for s in Standing
    ]
    assert len(set(images)) == len(images)


def test_words_of_an_alarm_the_pin_and_the_choice_are_to_be_seen(paint):
    plain = Face(name="一", standing=Standing.LIVE)
    seen = {paint(plain).bits().tobytes()}
    for more in ({"above": "事件", "why": ("正对现场",), "level": "I"}, {"pinned": True},
                 {"chosen": True}, {"zoom": "2.0×"}, {"figures": "640×360"}):  # fmt: skip
        face = Face(name="一", standing=Standing.LIVE, **more)
        seen.add(paint(face).bits().tobytes())
    assert len(seen) == 6


def test_a_picture_lies_whole_in_the_middle_of_its_tile():
    assert inside(QRect(0, 0, 400, 180), 640, 360) == QRect(40, 0, 320, 180)
    assert inside(QRect(10, 10, 100, 300), 100, 100) == QRect(10, 110, 100, 100)


def test_a_tile_without_a_picture_is_painted_in_any_size(paint):
    for rect in (QRect(0, 0, 40, 22), QRect(0, 0, 1920, 1080)):
        paint(Face(headline="跟随所选事件"), picture=False, rect=rect)


def test_what_is_seen_again_is_marked_across_the_whole_tile(paint):
    live = paint(Face(name="一", standing=Standing.LIVE))
    then = paint(Face(name="一", replay="回放 10:00:00"))
    size = letter(RECT)
    row = RECT.height() - round(2 * size * BAR) + size // 2
    accent = [then.pixelColor(x, row).saturation() for x in (6, 200, 300)]
    assert min(accent) > 100
    assert live.pixelColor(200, row).saturation() < 60
    assert then.pixelColor(160, 0).saturation() > 100, "its edge too"


def test_who_steers_stands_over_the_name_and_one_s_own_hand_is_in_colour(paint, outfit):
    plain = paint(Face(name="一", standing=Standing.LIVE))
    theirs = paint(Face(name="一", standing=Standing.LIVE, hand=Hand("李明")))
    mine = paint(Face(name="一", standing=Standing.LIVE, hand=Hand("您", mine=True)))
    size = letter(RECT)
    y = RECT.bottom() - round(size * BAR) - size // 2
    assert brightness(theirs, 160, y) < brightness(plain, 160, y)
    assert mine.pixelColor(310, y) == outfit.look.theme.colour("accent")
    unsure = paint(Face(name="一", standing=Standing.LIVE, hand=Hand("停止未确认", unsure=True)))
    assert unsure.pixelColor(310, y) == outfit.look.theme.colour("warning")


def test_no_word_lies_over_a_live_picture(outfit):
    image = QImage(RECT.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    shown = shot((memoryview(BRIGHT), 320, 180))
    for more in ({}, {"above": "危险化学品泄漏", "why": ("正对现场 " * 9,), "level": "I"},
                 {"hand": Hand("李明")}):  # fmt: skip
        drawn: dict[int, Drawn] = {}
        made = TilePainter(painter, outfit.look.theme, 1.0, drawn, smooth=False)
        made.tile(RECT, Face(name="一", standing=Standing.LIVE, **more), shown)
        words = QRect(drawn[0].bar_at, RECT.bottomRight())
        assert words.height() >= letter(RECT)
        assert not words.intersects(drawn[0].goal)
        ratio = drawn[0].goal.width() / drawn[0].goal.height()
        assert ratio == pytest.approx(320 / 180, rel=0.02), "and the whole picture is there"
    painter.end()
