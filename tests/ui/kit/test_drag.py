"""What a widget stands for is carried by the hand, and the widget goes on as before."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel

from ui.kit.drag import Carried


def moved(kind, x):
    at = QPointF(x, 5)
    return QMouseEvent(kind, at, at, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
                       Qt.KeyboardModifier.NoModifier)  # fmt: skip


def test_it_is_carried_once_the_hand_has_gone_some_way(qtbot, monkeypatch):
    label, carried = QLabel("事件"), []
    qtbot.addWidget(label)
    made = Carried(label, "application/x-test", lambda: "n1")
    monkeypatch.setattr(made, "_carry", lambda: carried.append(bytes(made.data().data(
        "application/x-test").data())))  # fmt: skip
    assert not made.eventFilter(label, moved(QEvent.Type.MouseButtonPress, 5))
    made.eventFilter(label, moved(QEvent.Type.MouseMove, 6))
    assert carried == []
    made.eventFilter(label, moved(QEvent.Type.MouseMove, 60))
    made.eventFilter(label, moved(QEvent.Type.MouseMove, 90))
    assert carried == [b"n1"]


def test_what_stands_for_nothing_is_not_carried(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    made = Carried(label, "application/x-test", str)
    assert made.data() is None
    made._carry()
