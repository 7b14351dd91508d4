"""Tiles become pictures: vectors in the look worn, rasters as they come, darker at night."""

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from console.maps.package import About
from console.maps.vector import Shape, Tile, encode
from tests.ui.kit.mapseat import colours, ground
from ui.kit import arrays, theme
from ui.kit.maptiles import Pictures, Wanted, path_of, paths_of

NIGHT, DAY = theme.read("night"), theme.read("day")
WHOLE = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)


class Fixed:
    """A source with one tile."""

    def __init__(self, body, form="pbf", high=12, late=False):
        self.body = body
        self.late = late
        self.asked = 0
        self.about = About("", "", "", form, 5, high, (0, 0, 1, 1))

    def tile(self, id):
        self.asked += 1
        return self.body if id == (12, 1, 1) else None

    def close(self):
        return None


def wanted(id=(12, 1, 1), pixels=64, worn=NIGHT, zoom=13.0):
    return Wanted(id, pixels, zoom, 1.0, worn)


def raster(name="#ffffff"):
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(name)
    body = QByteArray()
    buffer = QBuffer(body)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(body.data())


def water():
    return encode(Tile((Shape("water", "", True, WHOLE, np.zeros(1, np.int64)),)))


@pytest.mark.parametrize("worn", [NIGHT, DAY], ids=["night", "day"])
def test_water_has_the_colour_of_the_look_that_is_worn(qapp, worn):
    image = Pictures(Fixed(water())).draw(wanted(worn=worn))
    assert image.pixelColor(30, 30) == worn.colour("map.water")


def test_what_is_drawn_once_is_kept(qapp):
    source = Fixed(water())
    pictures = Pictures(source)
    one = pictures.draw(wanted())
    assert pictures.draw(wanted()) is one
    assert source.asked == 1


def test_beyond_the_last_zoom_a_part_of_the_last_tile_is_drawn(qapp):
    half = WHOLE * np.array([0.5, 1], np.float32)
    body = encode(Tile((Shape("water", "", True, half, np.zeros(1, np.int64)),)))
    pictures = Pictures(Fixed(body))
    west, east = (pictures.draw(wanted((14, x, 4), zoom=15)) for x in (4, 7))
    assert west.pixelColor(20, 20) == NIGHT.colour("map.water")
    assert east.pixelColor(40, 20) == NIGHT.colour("map.beyond")


def test_a_raster_tile_is_darkened_at_night_alone(qapp):
    source = Fixed(raster(), "png")
    day = Pictures(source).draw(wanted(worn=DAY))
    night = Pictures(source).draw(wanted(worn=NIGHT))
    assert day.pixelColor(30, 30).lightness() > 250
    assert night.pixelColor(30, 30).lightness() < 150


def test_a_spoilt_tile_is_bare_ground(qapp):
    for form in ("pbf", "png"):
        image = Pictures(Fixed(b"spoilt", form)).draw(wanted())
        assert colours(image, (0, 0, 64, 64)) == {NIGHT.css("map.beyond").lower()}


def test_what_may_come_later_is_asked_for_again(qapp):
    source = Fixed(None, late=True)
    pictures = Pictures(source)
    pictures.draw(wanted())
    source.body = water()
    assert pictures.draw(wanted()).pixelColor(30, 30) == NIGHT.colour("map.water")


def test_only_what_is_in_the_room_becomes_a_path(qapp):
    far = np.vstack([WHOLE * 0.1, WHOLE * 0.1 + 0.8]).astype(np.float32)
    shape = Shape("road", "", False, far, np.array([0, 4]))
    assert path_of(shape, (0, 0, 1, 1)).elementCount() == 8
    assert path_of(shape, (0, 0, 0.3, 0.3)).elementCount() == 4
    assert path_of(shape, (0.4, 0.4, 0.5, 0.5)).isEmpty()
    empty = Shape("road", "", False, np.zeros((0, 2), np.float32), np.zeros(0, np.int64))
    assert path_of(empty, (0, 0, 1, 1)).isEmpty()


def test_the_shipped_map_has_names_for_its_tiles(qapp):
    pictures = Pictures(ground())
    names = {label.text for label in pictures.labels((10, 849, 416))[1]}
    assert names


def test_many_lines_are_several_paths_that_are_one_together(qapp):
    lines = 1_000
    xy = np.random.default_rng(1).random((3 * lines, 2)).astype(np.float32)
    shape = Shape("road", "primary", False, xy, np.arange(0, 3 * lines, 3))
    whole, parts = path_of(shape, (0, 0, 1, 1)), list(paths_of(shape, (0, 0, 1, 1)))
    assert len(parts) > 5
    assert max(p.elementCount() for p in parts) <= arrays.STROKED + 3
    places = [(e.x, e.y) for p in parts for e in map(p.elementAt, range(p.elementCount()))]
    assert places == [(e.x, e.y) for e in map(whole.elementAt, range(whole.elementCount()))]
