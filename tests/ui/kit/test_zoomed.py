"""A view of a desk fills its room on a display, with larger words and less of them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import delete

from ui.kit.zoomed import DESK_PX, Zoomed


def test_it_is_as_large_as_was_asked_and_fills_the_room(qtbot):
    parent, view = QWidget(), QPushButton("x")
    made = Zoomed(view, parent)
    made.fit(2 * DESK_PX)
    parent.resize(900, 500)
    made.setGeometry(0, 0, 800, 400)
    parent.show()
    qtbot.waitExposed(parent)
    assert (view.width(), view.height()) == (400, 200)
    made.fit(4 * DESK_PX)
    assert (view.width(), view.height()) == (200, 100)
    made.fit(1)
    assert (view.width(), view.height()) == (800, 400)
    delete(parent)


def test_a_touch_reaches_what_it_holds(qtbot):
    parent, view = QWidget(), QPushButton("x")
    made = Zoomed(view, parent)
    made.fit(2 * DESK_PX)
    made.resize(800, 400)
    parent.show()
    qtbot.waitExposed(parent)
    with qtbot.waitSignal(view.clicked):
        qtbot.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=made.rect().center())
    delete(parent)
