"""The banner tells what came, takes no focus, and stays for levels I and II until acknowledged."""

import pytest
from PySide6.QtCore import Qt

from console.domain.rows import SHAPES
from tests.ui.rows import NOON
from ui.views.banner import Banner

NAMES = SHAPES["incident"].names


def row(id: str, level: str = "routine"):
    facts = {
        "id": id,
        "title": f"事件{id}",
        "level": level,
        "address": "龙蟠中路",
        "reported_at": NOON,
    }
    return tuple(facts.get(name, "") for name in NAMES)


@pytest.fixture
def banner(outfit, qtbot) -> Banner:
    made = Banner(outfit, shown_ms=30)
    qtbot.addWidget(made)
    return made


def test_a_routine_arrival_goes_by_itself(banner, qtbot):
    banner.show_rows([row("a")])
    assert "事件a" in banner.words
    qtbot.waitUntil(banner.isHidden)


def test_a_severe_arrival_stays_until_it_is_acknowledged(banner, qtbot):
    banner.show_rows([row("a", "I")])
    qtbot.wait(80)
    assert not banner.isHidden()
    banner._seen.click()
    assert banner.isHidden()


def test_several_arrivals_are_one_banner_with_the_highest(banner):
    banner.show_rows([row("a"), row("b", "II")])
    banner.show_rows([row("b", "II"), row("c", "III")])
    assert len(banner.rows) == 3
    assert "3" in banner.words
    assert "事件b" in banner.words


def test_it_never_takes_the_focus(banner):
    assert banner.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert banner._open.focusPolicy() == banner._seen.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_opening_asks_for_the_card_of_the_last(banner, qtbot):
    banner.show_rows([row("a"), row("b")])
    with qtbot.waitSignal(banner.asked) as said:
        banner._open.click()
    assert said.args == ["card.open b"]
