"""The card follows the chosen incident, in place, and says why when there is nothing to show."""

from typing import Any

import pytest

from console.base import text
from console.domain.changes import Changes
from tests.ui.desk import Desk
from ui.kit.outfit import Outfit
from ui.views.card import CardView


@pytest.fixture
def card(qtbot: Any, seat: Desk, outfit: Outfit) -> CardView:
    made = CardView(seat.core, outfit)
    qtbot.addWidget(made)
    made.resize(440, 500)
    made.show()
    made.lines = []
    made.asked.connect(made.lines.append)
    return made


def show(qtbot: Any, card: CardView, id: str) -> None:
    card.show_record("incident", id)
    qtbot.waitUntil(lambda: card.card is not None and card.card.id == id)


def test_nothing_chosen_and_nothing_known_are_said(qtbot: Any, card: CardView) -> None:
    assert card._hint.words == "未选中事件"
    card.show_record("incident", "gone")
    qtbot.waitUntil(lambda: "不在本席位" in card._hint.words)


def test_it_keeps_its_place_while_facts_change(qtbot: Any, seat: Desk, card: CardView) -> None:
    show(qtbot, card, "i1")
    before = card._facts.value_of("urged")
    qtbot.wait(20)
    bar = card._scroll.verticalScrollBar()
    bar.setValue(120)
    seat.core.run("incident.take i1").result()
    card.refresh(Changes(frozenset({("incident", "i1")})))
    qtbot.waitUntil(lambda: card.card.marks[0] == 1)
    assert bar.value() == 120
    assert card._facts.value_of("urged") is before
    show(qtbot, card, "i2")
    assert bar.value() == 0


def test_news_of_others_are_not_read(qtbot: Any, seat: Desk, card: CardView) -> None:
    show(qtbot, card, "i1")
    before = card.card
    card.refresh(Changes(frozenset({("incident", "i4")})))
    qtbot.wait(20)
    assert card.card is before


def test_a_reveal_is_a_step_and_shows_the_caller(qtbot: Any, seat: Desk, card: CardView) -> None:
    show(qtbot, card, "i2")
    shown = card._reports.all[0]
    shown._ask_why()
    shown._reason.setText("回拨核实位置")
    shown._ask()
    assert card.lines == ["report.reveal r2 --reason 回拨核实位置"]
    outcome = seat.core.run(card.lines[0]).result()
    card.refresh(outcome.changes)
    qtbot.waitUntil(lambda: shown.plain)
    assert "李晓梅" in shown.person
    show(qtbot, card, "i1")
    assert not shown.plain


def test_duplicates_are_merged_from_here(qtbot: Any, seat: Desk, card: CardView) -> None:
    show(qtbot, card, "i2")
    card._twins.all[0]._act.click()
    assert card.lines == ["incident.merge i2 --parent i1"]
    card.refresh(seat.core.run(card.lines[0]).result().changes)
    qtbot.waitUntil(lambda: card.card.parent is not None)
    card._linked.all[0]._act.click()
    assert card.lines[-1] == "incident.unmerge i2"


def test_off_line_says_so_and_english_is_whole(qtbot: Any, card: CardView) -> None:
    show(qtbot, card, "i1")
    assert card._stale.text().startswith("离线")
    text.speak("en")
    card.retranslate()
    qtbot.waitUntil(lambda: "Tasks" in card._sections["tasks"].heading.text())
    card._tick()
    card.go_to("timeline")
    card.go_to("facts")


def test_a_task_shows_its_incident(qtbot: Any, card: CardView) -> None:
    card.show_record("task", "t2")
    qtbot.waitUntil(lambda: card.card is not None)
    assert card.card.id == "i1"
