"""A timeline shows its newest moments, the older ones when asked, and what waits as what it is."""

from typing import Any

from ui.kit.moments import FIRST, Moments
from ui.kit.outfit import Outfit
from ui.models.timeline import Moment, Timeline


def moment(n: int, **facts: Any) -> Moment:
    return Moment(f"k{n}", n, "12:03:22", "", "派单", "陈立新", **facts)


def test_the_older_ones_come_when_asked(qtbot: Any, outfit: Outfit) -> None:
    shown = Moments(outfit)
    qtbot.addWidget(shown)
    shown.show_timeline(Timeline(tuple(moment(n) for n in range(30))))
    assert shown.count == FIRST
    assert "18" in shown._older.text()
    shown._older.click()
    assert shown.count == 30
    shown.show_timeline(Timeline(tuple(moment(n) for n in range(30))), fresh=True)
    assert shown.count == FIRST


def test_a_refused_step_says_so_with_its_reason(qtbot: Any, outfit: Outfit) -> None:
    shown = Moments(outfit)
    qtbot.addWidget(shown)
    shown.show_timeline(Timeline((moment(1, standing="refused", mark="cross", reason="已在途"),)))
    assert shown._rows.all[0]._why.text() == "被中心退回  已在途"


def test_a_log_that_is_not_held_here_is_wanted(qtbot: Any, outfit: Outfit) -> None:
    shown = Moments(outfit)
    qtbot.addWidget(shown)
    wanted: list[int] = []
    shown.wanted.connect(lambda: wanted.append(1))
    shown.show_timeline(Timeline((), whole=False))
    assert wanted == [1]
    assert "部分" in shown._note.text()
