"""Names on the map never lie on each other; the more important is written first."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from console.maps.vector import Label
from ui.kit import fonts, theme
from ui.kit.mapwords import Room, Words, haloed, placed

NIGHT = theme.read("night")


@pytest.fixture
def words(qapp):
    return Words(fonts.family(fonts.load()), lambda: None)


def write(words, labels, zoom=12.0):
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    count = words.write(painter, NIGHT, zoom, 1.0, labels, Room())
    painter.end()
    return count, image


def test_a_box_that_is_taken_is_not_free():
    room = Room()
    assert room.take(QRectF(0, 0, 50, 20))
    assert not room.take(QRectF(40, 10, 50, 20))
    assert room.take(QRectF(60, 30, 50, 20))


def test_two_names_on_one_place_are_one_the_more_important(words):
    district = Label("玄武区", "district", "", 0, 0, rank=0)
    lake = Label("玄武湖", "water", "", 0, 0, rank=1)
    assert write(words, [(200, 150, lake), (205, 152, district)])[0] == 1
    assert write(words, [(200, 150, lake), (200, 50, district)])[0] == 2


def test_one_name_does_not_stand_twice_side_by_side(words):
    road = Label("中山路", "road", "primary", 0, 0, rank=5)
    assert write(words, [(100, 100, road), (200, 110, road)])[0] == 1


def test_a_name_is_written_only_within_its_zooms(words):
    district = Label("玄武区", "district", "", 0, 0)
    assert write(words, [(200, 150, district)], zoom=15)[0] == 0
    assert write(words, [(200, 150, Label("?", "unknown", "", 0, 0))])[0] == 0


def test_a_picture_of_a_name_is_made_once(words):
    from ui.kit import mapstyle  # noqa: PLC0415

    rule = mapstyle.word("district")
    assert rule is not None
    one = words.picture(NIGHT, "秦淮区", rule, 11, 1.0)
    assert words.picture(NIGHT, "秦淮区", rule, 11, 1.0) is one
    assert words.picture(NIGHT, "秦淮区", rule, 11, 2.0).width() > one.width() * 1.8


def test_words_are_in_their_colour_with_a_halo_round_them(qapp):
    image = haloed(NIGHT, "江", fonts.font(fonts.family(fonts.load()), 40), "text", 1.0)
    inked = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert NIGHT.css("text").lower() in inked
    assert image.pixelColor(0, 0).alpha() == 0


def test_labels_are_placed_from_their_tile():
    label = Label("湖", "water", "", 0.5, 0.25)
    ((x, y, _),) = placed([((1, 1, 0), label)], 1_000, 100, 50)
    assert (x, y) == (650, 75)


def test_the_foremost_name_stands_a_little_aside_where_its_place_is_taken(words):
    room = Room()
    room.take(QRectF(150, 130, 120, 40))
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    district = Label("玄武区", "district", "", 0, 0, rank=0)
    lake = Label("玄武湖", "water", "", 0, 0, rank=1)
    assert words.write(painter, NIGHT, 11.0, 1.0, [(200, 150, lake)], room) == 0
    assert words.write(painter, NIGHT, 11.0, 1.0, [(200, 150, district)], room) == 1
    painter.end()
