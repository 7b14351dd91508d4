"""The card of a warning follows the one that is chosen, tells time, and gives way to others."""

from typing import Any

import pytest
from msgspec.structs import replace

from console.base import text
from console.domain.changes import Changes
from console.domain.record import Forewarning
from console.domain.warning import incident_of
from tests.ui.desk import HOUR, Desk
from ui.kit.outfit import Outfit
from ui.views.warning import WarningView


@pytest.fixture
def card(qtbot: Any, seat: Desk, outfit: Outfit) -> WarningView:
    now = seat.core.clock.now()
    for name, level in (("w1", "II"), ("w2", "I")):
        seat.hears(
            Forewarning(
                id=name, state="in_force", level=level, event="暴雨", headline=f"暴雨{level}",
                sent_at=now, effective_at=now, expires_at=now + 3 * HOUR, version=3,
            )
        )  # fmt: skip
    made = WarningView(seat.core, outfit)
    qtbot.addWidget(made)
    made.resize(440, 700)
    made.show()
    return made


def show(qtbot: Any, card: WarningView, id: str) -> None:
    card.show_record("warning", id)
    qtbot.waitUntil(lambda: card.card is not None and card.card.id == id)


def test_it_shows_the_colour_in_words_and_by_a_shape(qtbot: Any, card: WarningView) -> None:
    show(qtbot, card, "w2")
    assert card._head._level.text() == "红色预警"
    assert card._head._level_glyph._shown == ("diamond", "severity.I")
    assert card.words.startswith("生效中，还有")


def test_it_gives_way_when_something_else_is_chosen(qtbot: Any, card: WarningView) -> None:
    told: list[bool] = []
    card.chosen.connect(told.append)
    show(qtbot, card, "w1")
    card.show_record("incident", "i1")
    assert told == [True, False]
    assert card.card is None


def test_a_cancelled_one_says_so_as_soon_as_it_is_heard(
    qtbot: Any, seat: Desk, card: WarningView
) -> None:
    show(qtbot, card, "w1")
    now = seat.core.clock.now()
    changes = seat.hears(
        Forewarning(id="w1", state="cancelled", event="暴雨", sent_at=now, version=9)
    )
    card.refresh(changes)
    qtbot.waitUntil(lambda: "解除" in card.words)
    assert card._glyph.isHidden()


def test_what_came_of_it_is_one_press_away(qtbot: Any, seat: Desk, card: WarningView) -> None:
    opened = incident_of("w1")
    show(qtbot, card, "w1")
    assert card._sections["incidents"].isHidden()
    card.refresh(seat.hears(replace(seat.incident("i1"), id=opened)))
    qtbot.waitUntil(lambda: not card._sections["incidents"].isHidden())
    lines: list[str] = []
    card.asked.connect(lines.append)
    card._rows["incidents"].all[0]._open.click()
    assert lines == [f"card.open {opened}"]


def test_a_note_is_asked_for_in_a_form_and_told_with_its_words(
    qtbot: Any, seat: Desk, card: WarningView
) -> None:
    show(qtbot, card, "w1")
    (act,) = card._acts.ready
    assert card._acts.line_of(act) == "form.open warning.note"
    card.refresh(seat.core.run("warning.note w1 --note 已通知各区").result().changes)
    qtbot.waitUntil(lambda: len(card.card.timeline.moments) == 1)
    assert card.card.timeline.moments[0].said[0][1] == "已通知各区"
    assert card.card.head.marks[0] == 1


def test_unknown_ones_and_english_are_said(qtbot: Any, card: WarningView) -> None:
    card.show_record("warning", "gone")
    qtbot.waitUntil(lambda: "不在本席位" in card._hint.words)
    show(qtbot, card, "w1")
    text.speak("en")
    card.retranslate()
    qtbot.waitUntil(lambda: card._head._level.text() == "Orange warning")
    card.refresh(Changes(frozenset({("task", "t1")})))
    card.go_to("timeline")
