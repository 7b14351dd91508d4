"""The focus goes round the panels, both ways, and past one that takes none itself."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.kit.round import go_round


@pytest.fixture
def panels(qtbot):
    window = QWidget()
    row = QHBoxLayout(window)
    made = []
    for _ in range(3):
        panel = QWidget()
        QHBoxLayout(panel).addWidget(QLineEdit())
        row.addWidget(panel)
        made.append(panel)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    yield made
    window.close()


def where(panels):
    return [panel.findChild(QLineEdit).hasFocus() for panel in panels].index(True)


def test_the_focus_goes_round_both_ways(panels):
    panels[0].findChild(QLineEdit).setFocus()
    gone = []
    for by in (1, 1, 1, -1):
        go_round(panels, by)
        gone.append(where(panels))
    assert gone == [1, 2, 0, 2]


def test_a_panel_that_takes_the_focus_itself_gets_it(panels):
    edit = panels[1].findChild(QLineEdit)
    panels[0].findChild(QLineEdit).setFocus()
    go_round([panels[0], edit], 1)
    assert edit.hasFocus()
