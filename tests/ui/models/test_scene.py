"""A scene's page reads: what is not known is "—", a plan at work stands beside those on paper."""

from typing import Any

import pytest

from console.base.text import speak
from console.domain.query import parse_query
from console.scenes.lists import read_lists
from tests.ui.desk import Desk
from ui.models.scene import SceneFacts, grouped, read, read_lore, scale_of


@pytest.fixture
def told(seat: Desk):
    def of(scene: str) -> SceneFacts:
        found = read(seat.core, read_lore(seat.core), scene)
        assert found is not None
        return found

    return of


def test_every_scene_can_be_read_in_both_languages(seat: Desk, told: Any) -> None:
    for language in ("zh_CN", "en"):
        speak(language)
        for scene in seat.core.scenes.values():
            facts = told(scene.id)
            assert len(facts.gauges) == len(scene.indicators)
            assert facts.types
            assert facts.sealed is (scene.lifecycle == "dormant")
            assert bool(facts.plans) is not facts.sealed
            assert "⟦" not in repr(facts)


def test_what_was_never_measured_is_unknown_and_not_nought(told: Any) -> None:
    assert {(g.value, g.state, g.glyph) for g in told("EMCR").gauges} == {("—", "未知", "ring")}


def test_a_value_given_by_hand_shows_with_its_unit_and_state(seat: Desk, told: Any) -> None:
    seat.core.gauges.give("EMCR.risk_index", 66).result()
    gauge = next(g for g in told("EMCR").gauges if g.id == "EMCR.risk_index")
    assert (gauge.value, gauge.unit, gauge.freshness) == ("66", "分", "live")


def test_a_plan_on_paper_says_that_nothing_is_written(told: Any) -> None:
    plan = told("EMCR").plans[0]
    assert (plan.id, plan.plan, plan.done) == ("", "EMCR-P1", 0)
    assert "什么也没有写入" in plan.told
    assert [s.at for s in plan.steps][:4] == [0, 2, 5, 10]


def test_a_plan_at_work_shows_its_steps_as_its_tasks_stand(seat: Desk, told: Any) -> None:
    seat.core.run("incident.activate i1 EMCR-P1").result()
    plan = told("EMCR").plans[0]
    assert plan.id
    assert [s.stands for s in plan.steps] == ["waits"] * 11
    task = next(
        r
        for r in seat.core.find(parse_query("task", f"plan:{plan.id}"))
        if getattr(seat.core.get("task", str(r[0])), "step", 0) == 1
    )
    seat.core.run(f"task.sign {task[0]}").result()
    assert next(s.stands for s in told("EMCR").plans[0].steps) == "work"


def test_scenes_stand_in_their_groups(seat: Desk) -> None:
    groups = dict(grouped(seat.core, read_lists()))
    assert len(groups) == 7
    assert sum(len(scenes) for scenes in groups.values()) == 28
    assert [s.id for s in groups["应急管理"]] == ["EMCR", "EMFV", "EMFW", "EMGD"]


def test_no_such_scene_is_none(seat: Desk) -> None:
    assert read(seat.core, read_lore(seat.core), "NONE") is None


def test_a_scale_runs_from_the_good_end_past_the_alarm(seat: Desk) -> None:
    known = seat.core.gauges.known
    up = scale_of(known["EMCR.ch4_lel"], 35)
    assert up[0] == up[-1]
    assert 0 < up[1] < up[2] < 1
    down = scale_of(known["EMFW.pool_level"], 100)
    assert down[0] == 0
    band = scale_of(known["EMFW.hydrant_static"], 0.42)
    assert len(band) == 5
    assert band[2] < band[0] < band[3]


def test_what_is_counted_has_no_parts(seat: Desk, told: Any) -> None:
    seat.core.gauges.give("EMFV.unack_alarms", 3).result()
    gauge = next(g for g in told("EMFV").gauges if g.id == "EMFV.unack_alarms")
    assert gauge.value == "3"
    assert gauge.limits
    assert gauge.fresh
