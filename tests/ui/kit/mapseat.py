"""What the tests of the map share: its ground, and something to see on it."""

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtGui import QImage

from console.base import resources
from console.base.work import Inline
from console.domain.datum import Cgcs2000
from console.maps.mercator import world
from console.maps.source import open_file
from ui.kit import fonts
from ui.kit.mapcamera import looking
from ui.kit.mapcanvas import MapCanvas
from ui.kit.mapscene import Request, Studio
from ui.kit.maptiles import Pictures
from ui.models.mapmarks import Marks, Moving, Shown, Symbol

LON, LAT = 118.789, 32.047
LEVELS = (Symbol("diamond", "severity.I", 16), Symbol("ring", "severity.routine", 12))


def ground():
    return open_file(Path(resources.path("map/nanjing.mbtiles")))


def marks(count=200, spread=0.05, layer="incidents", **more: Any) -> Marks:
    """Give points round the middle of the city: the first is the gravest."""
    dice = np.random.default_rng(7)
    points = Cgcs2000.of(LON + dice.normal(0, spread, count), LAT + dice.normal(0, spread, count))
    x, y = world(points)
    look = np.ones(count, np.int16)
    look[0] = 0
    ids = [f"I{n}" for n in range(count)]
    return Marks(layer, "incident", ids, x, y, look, LEVELS, names=ids, **more)


def one(lon=LON, lat=LAT, **more: Any) -> Marks:
    x, y = world(Cgcs2000.of([lon], [lat]))
    return Marks(
        "incidents",
        "incident",
        ["I1"],
        x,
        y,
        np.zeros(1, np.int16),
        LEVELS,
        names=["路灯不亮"],
        **more,
    )


def unit(lon=LON, lat=LAT, age=0.0, heading=90.0, name="水务1") -> Moving:
    x, y = world(Cgcs2000.of(lon, lat))
    return Moving("u1", name, float(x), float(y), heading, age, "good", "disc")


def request(theme, zoom=12.0, shown=None, width=400, height=300, ratio=1.0, ground=True) -> Request:
    camera = looking(LON, LAT, zoom)
    return Request(1, camera, width, height, ratio, theme, shown or Shown(), ground)


def canvas(outfit, qtbot, zoom=12.0, size=(640, 420)) -> MapCanvas:
    family = fonts.family(fonts.load())
    made = MapCanvas(
        Studio(Pictures(ground()), family), outfit.look, Inline().call, _raise, family,
        looking(LON, LAT, zoom),
    )  # fmt: skip
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    qtbot.waitUntil(lambda: made.scene is not None and made.scene.whole)
    return made


def colours(image: QImage, box: tuple[int, int, int, int]) -> set[str]:
    """Give the colours in a part of a picture: left, top, right, bottom."""
    left, top, right, foot = box
    return {image.pixelColor(x, y).name() for x in range(left, right) for y in range(top, foot)}


def _raise(error: BaseException) -> None:
    raise error
