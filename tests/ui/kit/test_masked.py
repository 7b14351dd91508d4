"""A caller is hidden until a reason is given and the step has taken effect; then not for long."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from ui.kit.masked import SHOWN_S, Masked
from ui.kit.outfit import Outfit
from ui.models.card import ReportFacts

TOLD = ReportFacts(
    "r1", "12345热线", "已归入", "王建国", "13851234567", "水没过车轮，回电13851234567", "", 0
)


@pytest.fixture
def masked(qtbot: Any, outfit: Outfit) -> Masked:
    made = Masked(outfit)
    qtbot.addWidget(made)
    made.show()
    made.show_report(TOLD)
    made.lines = []
    made.asked.connect(made.lines.append)
    return made


def ask(qtbot: Any, masked: Masked, reason: str) -> None:
    qtbot.mouseClick(masked._reveal, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(masked._reason, reason)
    qtbot.keyClick(masked._reason, Qt.Key.Key_Return)


def test_it_is_hidden_at_first(masked: Masked) -> None:
    assert masked.person == "王**  138****4567"
    assert "13851234567" not in masked._words.text()


def test_without_a_reason_nothing_is_asked(qtbot: Any, masked: Masked) -> None:
    ask(qtbot, masked, "   ")
    assert masked.lines == []


def test_a_reason_asks_for_a_logged_step_and_shows_what_it_allows(
    qtbot: Any, masked: Masked
) -> None:
    ask(qtbot, masked, "need to call")
    assert masked.lines == ['report.reveal r1 --reason "need to call"']
    assert not masked.plain
    masked.show_report(replace(TOLD, revealed=1))
    assert masked.person == "王建国  13851234567"
    for _ in range(SHOWN_S):
        masked._tick()
    assert masked.person == "王**  138****4567"


def test_another_persons_reveal_opens_nothing_here(masked: Masked) -> None:
    masked.show_report(replace(TOLD, revealed=1))
    assert not masked.plain


def test_another_report_in_its_place_is_hidden(qtbot: Any, masked: Masked) -> None:
    ask(qtbot, masked, "call")
    masked.show_report(replace(TOLD, revealed=1))
    masked.show_report(replace(TOLD, id="r2", caller="李明"))
    assert masked.person.startswith("李**")


def test_escape_steps_out_of_the_reason(qtbot: Any, masked: Masked) -> None:
    qtbot.mouseClick(masked._reveal, Qt.MouseButton.LeftButton)
    qtbot.keyClick(masked._reason, Qt.Key.Key_Escape)
    assert masked._reason.isHidden()
