"""A scene is the still part of the map: seamless at any zoom, points or clusters, warmth, areas."""

import time
from dataclasses import replace

import numpy as np
import pytest

from tests.ui.kit.mapseat import LAT, LON, colours, ground, marks, one, request
from ui.kit import fonts, theme
from ui.kit.mapcamera import looking
from ui.kit.mapscene import MARGIN, SPRITES, Studio
from ui.kit.maptiles import Pictures
from ui.models.mapmarks import Patch, Shown

NIGHT, DAY = theme.read("night"), theme.read("day")
MIDDLE = (300, 300, 420, 420)


@pytest.fixture(scope="module")
def studio(qapp):
    return Studio(Pictures(ground()), fonts.family(fonts.load()))


def draw(studio, **more):
    return studio.draw(request(NIGHT, **more), ended=60)


@pytest.mark.parametrize("zoom", [9.0, 12.37, 15.5])
def test_the_middle_of_the_picture_is_where_the_camera_looks(studio, zoom):
    scene = draw(studio, zoom=zoom, ground=False)
    camera = looking(LON, LAT, zoom)
    x = camera.x * scene.scale - scene.left
    assert x == pytest.approx(scene.image.width() / 2, abs=1)
    assert scene.image.width() == 400 + 2 * MARGIN


def test_a_picture_for_a_sharp_screen_has_twice_the_pixels(studio):
    scene = draw(studio, ratio=2.0, ground=False)
    assert scene.image.width() == 2 * (400 + 2 * MARGIN)
    assert scene.image.devicePixelRatio() == 2


def test_the_ground_is_drawn_and_whole(studio):
    scene = draw(studio)
    assert scene.whole
    assert len(colours(scene.image, (0, 0, 120, 120))) > 5


def test_what_takes_too_long_is_shown_as_far_as_it_is(qapp):
    studio = Studio(Pictures(ground()), fonts.family(fonts.load()))
    scene = studio.draw(request(NIGHT, zoom=14), ended=0.0)
    assert not scene.whole
    began = time.perf_counter()
    assert studio.draw(request(NIGHT, zoom=14), ended=60).whole
    assert time.perf_counter() > began


def test_one_point_is_drawn_with_its_symbol(studio):
    scene = draw(studio, shown=Shown((one(),)), ground=False)
    at = scene.image.width() // 2, scene.image.height() // 2
    assert scene.image.pixelColor(*at) == NIGHT.colour("severity.I")


def test_many_points_are_clusters_from_far_and_points_from_near(studio):
    some = marks(300, 0.01, cluster=13.0)
    far = draw(studio, zoom=11.0, shown=Shown((some,)), ground=False)
    near = draw(studio, zoom=16.0, shown=Shown((some,)), ground=False)
    assert sum(c.count for c in far.clusters) > 250
    assert near.clusters == ()


def test_more_points_than_can_be_drawn_one_by_one_are_dots(studio):
    some = marks(SPRITES * 4, 0.02)
    scene = draw(studio, zoom=13.0, shown=Shown((some,)), ground=False)
    middle = scene.image.width() // 2, scene.image.height() // 2
    box = (middle[0] - 60, middle[1] - 60, middle[0] + 60, middle[1] + 60)
    assert NIGHT.css("severity.routine").lower() in colours(scene.image, box)


def test_a_layer_that_is_for_near_is_not_drawn_from_far(studio):
    shown = Shown((one(least=15.0),))
    far, near = (draw(studio, zoom=z, shown=shown, ground=False) for z in (12.0, 16.0))
    at = far.image.width() // 2, far.image.height() // 2
    assert far.image.pixelColor(*at) == NIGHT.colour("map.beyond")
    assert near.image.pixelColor(*at) == NIGHT.colour("severity.I")


def test_warmth_lies_where_points_are(studio):
    scene = draw(studio, zoom=12, shown=Shown(heat=marks(500, 0.004)), ground=False)
    at = scene.image.width() // 2, scene.image.height() // 2
    assert scene.image.pixelColor(*at) != NIGHT.colour("map.beyond")
    assert scene.image.pixelColor(3, 3) == NIGHT.colour("map.beyond")


def test_an_area_is_filled_in_its_colour(studio):
    camera = looking(LON, LAT, 12)
    ring = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]) * 1e-4 + (camera.x, camera.y)
    patch = Patch("warning", "w", "雨", (ring,), "severity.II", 1.0)
    scene = draw(studio, shown=Shown(patches=(patch,)), ground=False)
    at = scene.image.width() // 2, scene.image.height() // 2
    assert scene.image.pixelColor(*at) == NIGHT.colour("severity.II")


def test_what_a_camera_sees_is_drawn_from_near(studio):
    eye = one(turn=np.array([90.0]), angle=np.array([60.0]), reach=np.array([120.0]))
    scene = draw(studio, zoom=17, shown=Shown((eye,)), ground=False)
    x, y = scene.image.width() // 2, scene.image.height() // 2
    assert scene.image.pixelColor(x + 60, y) != NIGHT.colour("map.beyond")
    assert scene.image.pixelColor(x - 60, y) == NIGHT.colour("map.beyond")


def test_what_is_not_drawn_yet_shows_what_was_there_before(qapp):
    studio = Studio(Pictures(ground()), fonts.family(fonts.load()))
    before = studio.draw(request(NIGHT, zoom=12), ended=60)
    bare = studio.draw(request(NIGHT, zoom=14), ended=0.0)
    half = studio.draw(request(NIGHT, zoom=14), ended=0.0, under=before)
    middle = half.image.width() // 2, half.image.height() // 2
    box = (middle[0] - 40, middle[1] - 40, middle[0] + 40, middle[1] + 40)
    assert len(colours(half.image, box)) > len(colours(bare.image, box))


def test_what_was_there_before_in_another_look_does_not_show(qapp):
    family = fonts.family(fonts.load())
    under = Studio(Pictures(ground()), family).draw(request(DAY), ended=60)
    scene = Studio(Pictures(ground()), family).draw(request(NIGHT), ended=0.0, under=under)
    assert not scene.whole
    assert colours(scene.image, MIDDLE).isdisjoint(colours(under.image, MIDDLE))


def test_a_view_that_keeps_still_is_drawn_on_as_long_as_the_last_took(qapp):
    pictures = Pictures(ground())
    studio = Studio(pictures, fonts.family(fonts.load()))
    asked, moved = request(NIGHT, zoom=14), request(NIGHT, zoom=14.1)
    first = replace(studio.draw(asked, ended=0.0), seconds=60.0)
    for view, more in ((moved, False), (asked, True)):
        studio.draw(view, ended=0.0, under=first)
        assert bool(pictures._drawn) is more
    assert not first.whole


def test_a_line_is_drawn_as_wide_as_it_says_and_not_before_its_zoom(studio):
    camera = looking(LON, LAT, 13)
    ring = np.array([(-1, 0), (1, 0)]) * 1e-4 + (camera.x, camera.y)

    def high(zoom=13.0, **more):
        patch = Patch("shape", "d/0", "", (ring,), "danger", 0.0, **more)
        image = studio.draw(request(NIGHT, zoom, Shown(patches=(patch,)), ground=False)).image
        middle = image.width() // 2
        wanted = NIGHT.colour("danger")
        return sum(image.pixelColor(middle, y) == wanted for y in range(image.height()))

    assert high(width=7.0) >= high(width=3.0) + 3
    assert high(width=3.0, least=14.0) == 0
