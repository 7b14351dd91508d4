"""Cells: shapes that differ in outline, words cut where it hurts least, all of them on asking."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip

from tests.ui.rows import row, sheet, told
from ui.kit import delegates, icons, theme
from ui.kit.rows import RowsView
from ui.kit.theme import Look
from ui.models.table import RowTable


@pytest.fixture
def view(qtbot: Any, qapp: Any) -> Any:
    found = sheet()
    table = RowTable(found.shape_of(), found.columns_of(), told())
    table.show(
        [row(1, title="事" * 300, address="南京市" + "路" * 90 + "1号", pending=2, level="I")]
    )
    shown = RowsView(table, Look(qapp, icons.draw, theme.read("night")))
    qtbot.addWidget(shown)
    shown.resize(1_366, 200)
    shown.show()
    yield shown
    qapp.setStyleSheet("")


def at(view: RowsView, key: str) -> Any:
    keys = [column.key for column in view.table.columns]
    return view.table.index(0, keys.index(key))


def test_every_shape_has_an_outline_of_its_own() -> None:
    outlines = [
        tuple(
            (round(path.elementAt(n).x, 1), round(path.elementAt(n).y, 1))
            for n in range(path.elementCount())
        )
        for path in map(delegates.shape, delegates.SHAPES)
    ]
    assert len(set(outlines)) == len(delegates.SHAPES)
    assert all(delegates.shape(name).boundingRect().width() <= 11 for name in delegates.SHAPES)


def test_a_level_is_painted_in_its_colour(view: RowsView) -> None:
    picture = view.viewport().grab(view.visualRect(at(view, "level"))).toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(30)}
    assert theme.read("night").css("severity.I").lower() in colours


def test_an_address_is_cut_in_the_middle_and_a_description_at_its_end(view: RowsView) -> None:
    painter = view._painter
    assert painter.fit("路" * 90 + "1号", 200, "middle")[0].endswith("1号")
    assert painter.fit("事" * 300, 200, "right")[0].endswith("…")
    words, width = painter.fit("短", 200, "right")
    assert (words, width) == ("短", view.fontMetrics().horizontalAdvance("短"))


def ask(view: RowsView, key: str, monkeypatch: pytest.MonkeyPatch) -> str:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda at, words, widget: said.append(words))
    place = view.visualRect(at(view, key)).center()
    assert view.viewportEvent(QHelpEvent(QEvent.Type.ToolTip, place, QPoint(1, 1)))
    return said[0]


def test_the_whole_is_said_of_what_is_cut_or_only_a_shape(
    view: RowsView, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask(view, "title", monkeypatch) == "事" * 300
    assert ask(view, "level", monkeypatch) == "特别重大"
    assert "等待送达" in ask(view, "mark", monkeypatch)
    assert ask(view, "district", monkeypatch) == ""


def test_colours_are_those_of_the_look_also_after_it_changes(view: RowsView, qapp: Any) -> None:
    view._look.wear(theme.read("day"))
    picture = view.viewport().grab(view.visualRect(at(view, "level"))).toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(30)}
    assert theme.read("day").css("severity.I.shape").lower() in colours
