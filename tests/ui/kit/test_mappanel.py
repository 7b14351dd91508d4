"""A panel over the map stands in its corner and is never higher than the map."""

from PySide6.QtWidgets import QLabel, QWidget

from ui.kit.mappanel import MARGIN, MapPanel


def test_it_stands_on_the_right_above_or_below(qtbot):
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(600, 300)
    high, low = MapPanel(over), MapPanel(over, low=True)
    for each in (high, low):
        each.place()
        assert each.geometry().right() <= 600 - MARGIN
    assert high.y() == MARGIN
    assert low.geometry().bottom() <= 300 - MARGIN


def test_it_is_no_higher_than_the_map(qtbot):
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(300, 120)
    panel = MapPanel(over)
    for _ in range(20):
        panel.body.addWidget(QLabel("x"))
    panel.place()
    assert panel.height() <= 120
