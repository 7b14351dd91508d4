"""A panel is floated, closed and brought back by its own heading, and named in the language."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from console.base.text import speak
from ui.windows.dock import Dock


def test_a_panel_is_floated_closed_and_brought_back(outfit, qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    dock = Dock("card", QWidget(), outfit)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.show()
    dock._float.click()
    assert dock.isFloating()
    dock._float.click()
    assert not dock.isFloating()
    dock._close.click()
    assert dock.isHidden()
    dock.bring()
    assert dock.isVisible()


def test_its_heading_follows_the_language(outfit, qtbot):
    dock = Dock("units", QWidget(), outfit)
    qtbot.addWidget(dock)
    before = dock.windowTitle()
    speak("en")
    dock.retranslate()
    assert before != dock.windowTitle()
    assert "⟦" not in before + dock.windowTitle()
