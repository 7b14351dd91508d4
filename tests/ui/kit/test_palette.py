"""The popup is a child of its window, takes no focus, and shows what there is."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from console.domain.plan import Candidate
from ui.kit.outfit import Outfit
from ui.kit.palette import Palette
from ui.models.palette import SHOWN, Preview, Said

WAYS = [Candidate(f"行{n}", f"候选{n}", "说明", f"c.{n}") for n in range(14)]


@pytest.fixture
def popup(qtbot: Any, outfit: Outfit) -> Palette:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(700, 500)
    edit = QLineEdit(window)
    edit.setGeometry(40, 20, 400, 28)
    made = Palette(edit, outfit, {"c.1": "F3"})
    window.show()
    edit.setFocus()
    made.window_ = window
    return made


def rows(popup: Palette) -> list[Any]:
    return [row for row in popup._rows.all if not row.isHidden()]


def test_it_stands_in_its_window_under_its_line(popup: Palette) -> None:
    popup.show_ways(WAYS[:3])
    popup.open()
    assert popup.parentWidget() is popup.window_
    assert not popup.isWindow()
    assert popup.geometry().top() > 48
    assert popup.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert len(rows(popup)) == 3
    assert rows(popup)[1]._key.text() == "F3"


def test_many_ways_are_walked_within_a_few_rows(popup: Palette) -> None:
    popup.show_ways(WAYS)
    popup.open()
    for _ in range(12):
        popup.move_by(1)
    assert len(rows(popup)) == SHOWN
    chosen = [row for row in rows(popup) if row.property("chosen")]
    assert [row._name.text() for row in chosen] == ["候选11"]


def test_a_preview_shows_the_refusal_first(popup: Palette) -> None:
    popup.show_preview(Preview("行", (Said("前 → 后"),), "不行"))
    popup.open()
    shown = [line.text() for line in popup._lines.all if not line.isHidden()]
    assert shown == ["不行", "前 → 后"]
    popup.show_ways([])
    popup.open()
    assert [line.text() for line in popup._lines.all if not line.isHidden()] == shown


def test_with_nothing_to_show_it_stays_away(popup: Palette) -> None:
    popup.show_ways([])
    popup.show_said([])
    popup.open()
    assert not popup.isVisible()


def test_a_press_tells_which(qtbot: Any, popup: Palette) -> None:
    popup.show_ways(WAYS[:3])
    popup.open()
    pressed: list[int] = []
    popup.pressed.connect(pressed.append)
    qtbot.mouseClick(rows(popup)[2], Qt.MouseButton.LeftButton)
    assert pressed == [2]
