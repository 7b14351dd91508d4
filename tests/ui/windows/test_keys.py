"""The list of keys names each with what it does; Escape puts it away."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel


def test_every_key_is_listed_and_escape_closes(station, qtbot):
    station.run("help.keys")
    window = station._keys
    words = [each.text() for each in window.findChildren(QLabel)]
    assert len(words) == 2 * len(station.actions_.keys) + 1  # and of the slash
    assert not [each for each in words if "⟦" in each]
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
