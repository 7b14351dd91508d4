"""Keys move a camera while they are down, together, and are nobody else's meanwhile."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.steering import Motion, Place
from ui.kit.steerkeys import SteerKeys

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PRESS, RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease


class At(QWidget):
    def __init__(self):
        super().__init__()
        self.others = []

    def keyPressEvent(self, event):
        self.others.append(event.key())


class Hands:
    def __init__(self, widget):
        self.widget, self.wishes, self.left = widget, [], []
        self.keys = SteerKeys(widget, self.wishes.append, lambda: self.left.append(1))
        self.keys.on = True

    def __call__(self, kind, key, held=NONE, *, repeats=False):
        event = QKeyEvent(kind, key, held, "", repeats)
        QApplication.sendEvent(self.widget, event)


@pytest.fixture
def hands(qtbot):
    widget = At()
    qtbot.addWidget(widget)
    return Hands(widget)


def test_a_key_moves_while_it_is_down_and_stops_when_it_is_let_go(hands):
    hands(PRESS, Qt.Key.Key_Left)
    hands(PRESS, Qt.Key.Key_Left, repeats=True)
    hands(RELEASE, Qt.Key.Key_Left, repeats=True)
    hands(RELEASE, Qt.Key.Key_Left)
    assert hands.wishes == [Motion(pan=-1, speed=4), Motion()]


def test_two_keys_move_together_and_speed_is_held_with_them(hands):
    hands(PRESS, Qt.Key.Key_Up, SHIFT)
    hands(PRESS, Qt.Key.Key_Right, SHIFT)
    assert hands.wishes[-1] == Motion(pan=1, tilt=1, speed=8)
    assert hands.keys.motion == hands.wishes[-1]
    hands(RELEASE, Qt.Key.Key_Up)
    assert hands.wishes[-1] == Motion(pan=1, speed=8)
    hands(PRESS, Qt.Key.Key_PageUp, ALT)
    assert hands.wishes[-1] == Motion(pan=1, zoom=1, speed=1)


def test_digits_are_places(hands):
    hands(PRESS, Qt.Key.Key_4)
    hands(PRESS, Qt.Key.Key_4, CTRL)
    hands(PRESS, Qt.Key.Key_0)
    hands(PRESS, Qt.Key.Key_0, CTRL)
    assert hands.wishes == [
        Place(do="call", number=4), Place(do="save", number=4), Place(do="call", number=1),
    ]  # fmt: skip


def test_escape_leaves_with_everything_stopped(hands):
    hands(PRESS, Qt.Key.Key_Down)
    hands(PRESS, Qt.Key.Key_Escape)
    assert hands.wishes[-1] == Motion()
    assert hands.left == [1]


def test_whoever_looks_away_stops_the_camera(hands):
    hands(PRESS, Qt.Key.Key_Down)
    QApplication.sendEvent(hands.widget, QEvent(QEvent.Type.FocusOut))
    assert hands.wishes[-1] == Motion()


def test_other_keys_and_all_keys_when_it_is_off_are_the_widget_s(hands):
    hands(PRESS, Qt.Key.Key_S)
    hands.keys.on = False
    hands(PRESS, Qt.Key.Key_Left)
    assert hands.wishes == []
    assert hands.widget.others == [int(Qt.Key.Key_S), int(Qt.Key.Key_Left)]


def test_a_shortcut_on_such_a_key_waits(hands):
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_1, NONE)
    QApplication.sendEvent(hands.widget, event)
    assert event.isAccepted()
