"""A scene's plans: chosen from the left, their steps in the middle, the types at the right."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.ui.desk import Desk
from ui.kit.outfit import Outfit
from ui.models.rehearsal import walk
from ui.models.scene import read, read_lore
from ui.views.plans import PlansView


@pytest.fixture
def plans(qtbot: Any, outfit: Outfit) -> Any:
    made: Any = PlansView(outfit)
    qtbot.addWidget(made)
    made.resize(1_200, 260)
    lines: list[str] = []
    made.lines = lines
    made.asked.connect(lines.append)
    made.show()
    return made


def shown(pool: Any) -> list[Any]:
    return [each for each in pool.all if not each.isHidden()]


def test_without_a_scene_it_says_how_to_open_one(plans: Any) -> None:
    assert plans._hint.words == "还没有打开场景"
    assert plans._steps.isHidden()


def test_a_plan_on_paper_can_be_started_from_here(seat: Desk, plans: Any) -> None:
    plans.show_scene(read(seat.core, read_lore(seat.core), "EMCR"))
    assert [e._name.words for e in shown(plans._plan_pool)] == ["燃气泄漏应急处置", "暴雨内涝联动"]
    assert len(shown(plans._step_pool)) == 11
    assert len(shown(plans._type_pool)) == 10
    shown(plans._plan_pool)[1].click()
    assert len(shown(plans._step_pool)) == 8
    plans._do.click()
    assert plans.lines == ["incident.activate --plan EMCR-P2"]


def test_a_plan_at_work_can_be_ended_from_here(seat: Desk, plans: Any) -> None:
    seat.core.run("incident.activate i1 EMCR-P1").result()
    plans.show_scene(read(seat.core, read_lore(seat.core), "EMCR"))
    assert shown(plans._plan_pool)[0]._count.text() == "0/11"
    plans._do.click()
    assert plans.lines[0].startswith("plan.end ")


def test_in_little_room_the_types_stand_aside(seat: Desk, plans: Any) -> None:
    plans.show_scene(read(seat.core, read_lore(seat.core), "EMCR"))
    assert not plans._types.isHidden()
    plans.resize(700, 260)
    plans._fit()
    assert plans._types.isHidden()


def test_a_sealed_scene_shows_no_plan(seat: Desk, plans: Any) -> None:
    plans.show_scene(read(seat.core, read_lore(seat.core), "EPIN"))
    assert "已封存" in plans._hint.words
    assert plans._steps.isHidden()


def test_a_rehearsal_stands_first_and_starts_from_there(seat: Desk, plans: Any) -> None:
    plans.show_scene(read(seat.core, read_lore(seat.core), "EMCR"))
    _scene, walked = walk(seat.core, "EMCR-P1", ("incident", "i1"))
    plans.show_rehearsal(walked)
    assert "推演" in shown(plans._plan_pool)[0]._count.text()
    assert plans._chosen == "~EMCR-P1"
    plans._do.click()
    assert plans.lines == ["incident.activate --plan EMCR-P1"]


def test_keys_go_through_the_plans_and_walk_one_through(qtbot: Any, seat: Desk, plans: Any) -> None:
    plans.show_scene(read(seat.core, read_lore(seat.core), "EMCR"))
    plans.setFocus()
    qtbot.keyClick(plans, Qt.Key.Key_Down)
    assert plans._chosen == "EMCR-P2"
    qtbot.keyClick(plans, Qt.Key.Key_Up)
    qtbot.keyClicks(plans, "r")
    assert plans.lines == ["plan.rehearse EMCR-P1"]


def test_the_incident_of_a_plan_at_work_opens(qtbot: Any, seat: Desk, plans: Any) -> None:
    seat.core.run("incident.activate i1 EMCR-P1").result()
    plans.show_scene(read(seat.core, read_lore(seat.core), "EMCR"))
    plans._open.click()
    qtbot.keyClicks(plans, "o")
    assert plans.lines == ["card.open i1", "card.open i1"]
