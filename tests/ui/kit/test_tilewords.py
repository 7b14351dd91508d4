"""Words of a tile have room whatever its size: less is said, more shortly, and nothing is cut."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter

from console.video.truth import GOOD, Standing
from ui.kit.fonts import FAMILIES, load
from ui.kit.tilewords import (
    BAR,
    LOOKS,
    MOST,
    WordPainter,
    letter,
    levels,
    lines_of,
    room_of,
    sized,
)
from ui.models.face import Face

FONT = QFont(FAMILIES[0])
WALL = QRect(0, 0, 320, 180)
WAYS = (
    "looks at the place · 48 m away · of this trade",
    "faces it · 48 m · this trade",
    "faces it",
)


@pytest.fixture(autouse=True)
def _ours(qapp):
    load()  # the face that comes with the program: others are of other widths


def width(words, size):
    return QFontMetrics(sized(FONT, size)).horizontalAdvance(words)


def test_letters_grow_with_the_tile_and_never_shrink_below_what_can_be_read():
    assert letter(QRect(0, 0, 100, 50)) == 11
    assert letter(QRect(0, 0, 480, 270)) > 14
    assert letter(QRect(0, 0, 3840, 2160)) == 24


def test_every_standing_but_a_live_one_has_a_shape_and_a_colour(outfit):
    assert LOOKS.keys() == set(Standing) - {Standing.LIVE}
    for shape, role in LOOKS.values():
        assert shape
        assert role in outfit.look.theme.hexes
    assert {Standing.LIVE, Standing.LATE} == GOOD


def test_a_level_has_the_shape_and_the_colour_that_it_has_in_tables(outfit):
    scale = outfit.setting.scales["level"]
    assert levels() == {name: scale[name] for name in ("I", "II", "III", "IV")}


def test_a_reason_stands_beside_the_name_where_it_fits_there_and_below_the_alarm_where_not(qapp):
    short = lines_of(Face(name="一", above="积水", why=("近",)), WALL, FONT)
    assert (short.over, short.beside, short.why) == ("积水", "近", "")
    long = lines_of(Face(name="长" * 90, above="积水", why=WAYS), WALL, FONT)
    assert (long.beside, long.why) == ("", WAYS[0])
    assert long.high > short.high > lines_of(Face(name="一"), WALL, FONT).high


@pytest.mark.parametrize("wide", range(60, 680, 20))
@pytest.mark.parametrize("name", ["一", "青砚大道与澄霁东路交叉口"])
@pytest.mark.parametrize("above", ["", "花朝苑8栋4单元楼道燃气异味"])
def test_a_reason_is_said_in_words_that_fit_or_at_last_in_none(qapp, wide, name, above):
    tile = QRect(0, 0, wide, wide * 9 // 16)
    lines = lines_of(Face(name=name, above=above, why=WAYS, level="II"), tile, FONT)
    said = lines.why or lines.beside
    assert said in (*WAYS, "")
    assert width(lines.beside and name + lines.beside, lines.size) < wide
    if wide >= 200:
        assert said
        assert width(said, lines.size) < wide, "it is not cut"
    if lines.high > round(BAR * lines.size):
        assert lines.high <= tile.height() * MOST + 1, "most of a tile is its picture"


def test_a_tile_that_says_nothing_is_all_picture(qapp):
    assert room_of(Face(), WALL, FONT) == WALL.size()
    assert room_of(Face(name="一"), WALL, FONT).height() < WALL.height()


@pytest.fixture
def middle(outfit):
    """Give the part of a tile that its middle covers."""

    def painted(face, tile):
        image = QImage(tile.size(), QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        WordPainter(painter, outfit.look.theme, FONT).middle(tile, face, letter(tile))
        painter.end()
        there = [
            (x, y) for y in range(0, tile.height(), 2) for x in range(0, tile.width(), 2)
            if image.pixelColor(x, y).lightness() < 250
        ]  # fmt: skip
        (left, right), (top, bottom) = ((min(a), max(a)) for a in zip(*there, strict=True))
        return QRect(left, top, right - left, bottom - top)

    return painted


def test_a_picture_that_is_not_true_is_told_in_large_letters_and_a_wish_in_calm_ones(middle):
    lost = middle(Face(headline="信号中断", standing=Standing.LOST), WALL)
    calm = middle(Face(headline="信号中断", standing=Standing.WAITING), WALL)
    assert lost.height() > calm.height() * 1.2


def test_long_words_in_the_middle_take_more_lines_and_stay_within_the_tile(middle):
    long = "Not playing: beyond this machine’s budget"
    for wide in (180, 273, 640):
        tile = QRect(0, 0, wide, wide * 9 // 16)
        box = middle(Face(headline=long, detail="Take a smaller layout"), tile)
        assert tile.adjusted(1, 0, -1, 0).contains(box)
    one = middle(Face(headline=long), QRect(0, 0, 900, 180))
    assert middle(Face(headline=long), QRect(0, 0, 200, 180)).height() > one.height()


def test_a_picture_that_does_not_change_is_marked_on_a_plate_of_its_colour(outfit):
    theme, tile = outfit.look.theme, WALL
    image = QImage(tile.size(), QImage.Format.Format_RGB32)
    found = {}
    for standing in (Standing.CONSTANT, Standing.LATE):
        image.fill(0)
        face = Face(name="一", standing=standing, mark="记")
        painter = QPainter(image)
        lines = lines_of(face, tile, FONT)
        WordPainter(painter, theme, FONT).bar(QRect(0, 0, tile.width(), lines.high), face, lines)
        painter.end()
        across = range(tile.width())
        found[standing] = sum(
            image.pixelColor(x, 4) == theme.colour("warning") for x in across
        )  # fmt: skip
    assert found[Standing.CONSTANT] > lines.size
    assert found[Standing.LATE] == 0
