"""What moves is painted in every frame; what is old is weaker, with a ring that grows."""

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from console.base.text import text
from console.domain.datum import Cgcs2000
from console.maps.mercator import world
from tests.ui.kit.mapseat import LAT, LON, colours, unit
from ui.kit import fonts, theme
from ui.kit.mapcamera import looking
from ui.kit.mapoverlay import Live, Overlay, View, distance, measured, scale_bar
from ui.kit.maptools import Drawn, Tool

NIGHT = theme.read("night")


@pytest.fixture
def overlay(qapp):
    return Overlay(fonts.family(fonts.load()))


def paint(overlay, live, tool=None, zoom=15.0):
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(NIGHT.colour("map.beyond"))
    painter = QPainter(image)
    view = View(looking(LON, LAT, zoom), 400, 300, 1.0, NIGHT)
    overlay.paint(painter, view, live, tool or Tool())
    overlay.scale(painter, view, 16, 290)
    painter.end()
    return image


def test_a_unit_stands_where_it_is_in_its_colour(overlay):
    live = Live()
    live.move([unit()])
    assert paint(overlay, live).pixelColor(200, 150) == NIGHT.colour("good")


def test_a_unit_whose_fix_is_old_is_weaker(overlay):
    fresh, old = Live(), Live()
    fresh.move([unit()])
    old.move([unit(age=10_000)])
    one, two = (paint(overlay, x).pixelColor(200, 150).lightness() for x in (fresh, old))
    assert two < one


def test_the_ring_of_an_old_fix_grows_with_its_age(overlay):
    def reach(age):
        live = Live()
        live.move([unit(age=age, name="")])
        image = paint(overlay, live)
        ground = NIGHT.colour("map.beyond")
        drawn = [
            np.hypot(x - 200, y - 150)
            for x in range(400) for y in range(262) if image.pixelColor(x, y) != ground
        ]  # fmt: skip
        return max(drawn)

    assert reach(0) < reach(60) < reach(240)


def test_what_is_chosen_has_a_ring(overlay):
    camera = looking(LON, LAT, 15)
    image = paint(overlay, Live(chosen=(camera.x, camera.y)))
    assert NIGHT.css("accent").lower() in colours(image, (180, 130, 220, 170))


def test_a_way_and_what_is_reached_are_drawn(overlay):
    line = np.column_stack(world(Cgcs2000.of([LON - 0.01, LON + 0.01], [LAT, LAT])))
    image = paint(overlay, Live(route=line))
    assert image.pixelColor(150, 150) == NIGHT.colour("accent")
    ring = np.vstack([line, line[:1] + np.array([0, 1e-5])])
    assert paint(overlay, Live(reached=[ring])) != paint(overlay, Live())


def test_a_tool_shows_what_it_measures(overlay):
    camera, tool = looking(LON, LAT, 15), Tool()
    tool.take("measure")
    tool.put((camera.x, camera.y))
    tool.hover = (camera.x + 1e-6, camera.y)
    assert paint(overlay, Live(), tool) != paint(overlay, Live())
    assert paint(overlay, Live(crosshair=True)) != paint(overlay, Live())


@pytest.mark.parametrize("metres", [0.7, 3.1, 41.0, 900.0])
def test_the_bar_of_the_scale_is_a_round_number_of_metres(metres):
    long, whole = scale_bar(metres)
    assert 40 <= long <= 120
    assert str(f"{whole:.0e}")[0] in "125"
    assert long * metres == pytest.approx(whole)


def test_lengths_are_said_in_metres_and_kilometres():
    assert distance(350) == text("map.metres", n="350")
    assert distance(9_230) == text("map.km", n="9.23")
    a, b = (0.83, 0.4), (0.8301, 0.4)
    assert measured(Drawn("measure", (a, b))) == distance(Drawn("measure", (a, b)).metres())
    assert measured(Drawn("circle", (a, b))).startswith(text("map.radius", length="")[:2])
    assert measured(Drawn("point", (a,))) == ""
    assert "平方" in measured(Drawn("box", (a, (0.8301, 0.4001))))


def test_a_map_that_does_not_show_now_is_framed_and_says_so(overlay):
    frame = NIGHT.colour("warning")
    now, then = paint(overlay, Live()), paint(overlay, Live(then="回放"))
    edges = ((0, 150), (399, 150), (200, 0), (200, 299))
    assert all(then.pixelColor(*at) == frame for at in edges)
    assert not any(now.pixelColor(*at) == frame for at in edges)
    assert len(colours(then, (180, 10, 220, 36))) > 2
    assert len(colours(now, (180, 10, 220, 36))) == 1
