"""Every shape can be had as a picture, filled or lined, and none is an empty picture."""

import pytest

from ui.kit.delegates import SHAPES
from ui.kit.shapes import shape_pixmap


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_leaves_ink(name, outfit):
    picture = shape_pixmap(outfit.look, name, "severity.I").toImage()
    ink = [picture.pixelColor(x, y).alpha() for x in range(12) for y in range(12)]
    assert max(ink) > 100


def test_no_shape_is_an_empty_picture_of_the_same_size(outfit):
    assert (
        shape_pixmap(outfit.look, "", "text").size()
        == shape_pixmap(outfit.look, "disc", "text").size()
    )
