"""Many points, sprites and lines are drawn where each one would be."""

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from ui.kit.arrays import AT_ONCE, Sprites, draw_points, filled, parts_of, path_of


def image(draw):
    made = QImage(60, 60, QImage.Format.Format_RGB32)
    made.fill("#000000")
    painter = QPainter(made)
    draw(painter)
    painter.end()
    return made


def test_points_are_drawn_with_the_pen(qapp):
    def draw(painter):
        painter.setPen(QPen(QColor("#ff0000"), 5))
        draw_points(painter, np.array([[10.0, 10.0], [40.0, 50.0]]), lambda: None)

    made = image(draw)
    assert made.pixelColor(10, 10).red() == made.pixelColor(40, 50).red() == 255
    assert made.pixelColor(25, 25).red() == 0


def test_a_worker_may_rest_between_parts_of_many_points(qapp):
    rests = []
    image(lambda p: draw_points(p, np.zeros((3 * AT_ONCE, 2)), lambda: rests.append(1)))
    assert len(rests) == 3


def test_a_picture_is_filled_in_one_opaque_colour(qapp):
    made = filled(7, 5, QColor("#123456").rgb())
    assert (made.width(), made.height()) == (7, 5)
    assert made.pixelColor(0, 0) == made.pixelColor(6, 4) == QColor("#123456")


def test_lines_are_parted_at_their_ends_and_none_is_left_out(qapp):
    sizes = np.array([3, 3, 9, 2, 2, 2])
    parts = list(parts_of(sizes, most=6))
    assert np.concatenate([sizes[part] for part in parts]).tolist() == sizes.tolist()
    assert len(parts) > 2
    assert list(parts_of(np.zeros(0, int))) == []


def test_sprites_are_drawn_round_their_places(qapp):
    picture = QPixmap(8, 8)
    picture.fill(QColor("#00ff00"))
    places = np.array([[20.0, 20.0], [40.0, 40.0]])
    made = image(lambda p: Sprites().draw(p, picture, places, np.zeros(2), 1.0, 1.0))
    assert made.pixelColor(20, 20).green() == made.pixelColor(40, 40).green() == 255
    assert made.pixelColor(30, 30).green() == 0


def test_a_path_breaks_where_points_are_not_joined(qapp):
    xy = np.array([[0, 0], [10, 0], [20, 20], [30, 20]], float)
    path = path_of(xy, np.array([1, 0, 1, 0], np.int32))
    assert path.elementCount() == 4
    assert [path.elementAt(n).isMoveTo() for n in range(4)] == [True, False, True, False]
    assert path_of(np.zeros((0, 2)), np.zeros(0, np.int32)).isEmpty()
