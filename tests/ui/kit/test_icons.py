"""Drawings: one line weight on one grid, coloured when used, and afresh when the look changes."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from console.base import resources
from ui.kit import icons, theme
from ui.kit.theme import Look


@pytest.mark.parametrize("name", icons.names())
def test_each_has_the_same_grid_and_weight_and_no_colour_of_its_own(name: str) -> None:
    words = resources.path(f"icons/{name}.svg").read_text("utf-8")
    root = ET.fromstring(words)  # noqa: S314 - our own file
    assert root.attrib["viewBox"] == "0 0 20 20"
    assert (root.attrib["stroke-width"], root.attrib["stroke"]) == ("1.5", icons.INK)
    assert "#" not in words


def ink(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QColor:
    """Give the colour of the pixel that has the most of it."""
    picture = icon.pixmap(QSize(16, 16), 1.0, mode).toImage()
    colours = [picture.pixelColor(x, y) for x in range(16) for y in range(16)]
    return max(colours, key=lambda colour: colour.alpha())


def alike(one: QColor, other: QColor) -> bool:
    pairs = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)
    return all(abs(a - b) <= 3 for a, b in pairs)


def test_an_icon_takes_the_colours_of_the_look(qapp: Any) -> None:
    night, day = theme.read("night"), theme.read("day")
    look = Look(qapp, icons.draw, night)
    kept = icons.Icons(look)
    assert alike(ink(kept.icon("menu", "danger")), night.colour("danger"))
    greyed = ink(kept.icon("menu"), QIcon.Mode.Disabled)
    assert alike(greyed, night.colour("text.disabled"))
    assert kept.icon("menu") is kept.icon("menu")
    look.wear(day)
    assert alike(ink(kept.icon("menu", "danger")), day.colour("danger"))
    qapp.setStyleSheet("")
