"""When it is not certain which place was meant, a short list asks; the likeliest is first."""

import pytest
from PySide6.QtWidgets import QWidget

from ui.kit.mapfound import FoundPanel, Spot

SPOTS = [Spot("汉府街12号", 118.8, 32.05), Spot("汉府街", 118.81, 32.06, 400.0)]


@pytest.fixture
def panel(outfit, qtbot):
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(600, 500)
    over.show()
    made = FoundPanel(outfit, over)
    yield made
    over.hide()


def test_places_are_listed_and_a_vague_one_says_how_vague(panel):
    panel.show_spots("汉府街12", SPOTS)
    assert "汉府街12" in panel.title.text()
    assert panel._list.item(0).text() == "汉府街12号"
    assert "400" in panel._list.item(1).text()
    assert panel._list.currentRow() == 0


def test_one_is_gone_to_and_the_list_goes(panel, qtbot):
    panel.show_spots("汉府街", SPOTS)
    with qtbot.waitSignal(panel.chosen) as chosen:
        panel._list.itemActivated.emit(panel._list.item(1))
    assert chosen.args == [SPOTS[1]]
    assert panel.isHidden()


def test_it_can_be_put_away(panel):
    panel.show_spots("汉府街", SPOTS)
    panel._close.click()
    assert panel.isHidden()
