"""plan.rehearse at the desk opens the scene and shows the plan on paper; nothing is written."""

from typing import Any

from tests.ui.desk import Desk


def test_a_plan_is_walked_through_for_the_selected_incident(
    station: Any, seat: Desk, qtbot: Any
) -> None:
    station.select("incident", "i1")
    station.run("plan.rehearse EMCR-P1")
    plans = station.panels.plans
    qtbot.waitUntil(lambda: plans._rehearsed is not None)
    assert station.panels.scene.scene == "EMCR"
    qtbot.waitUntil(lambda: not plans._steps.isHidden())
    assert plans._chosen == "~EMCR-P1"
    assert not seat.core.outbox()


def test_what_cannot_be_walked_through_is_told(station: Any, qtbot: Any) -> None:
    station.run("plan.rehearse NONE-P1")
    qtbot.waitUntil(lambda: not station.bar.isHidden())
    assert "⟦" not in station.bar.words


def test_scenes_go_round_by_keys_and_the_score_is_explained(
    station: Any, seat: Desk, qtbot: Any
) -> None:
    station.run("scene.next")
    first = station.panels.scene.scene
    station.run("scene.previous")
    assert station.panels.scene.scene == list(seat.core.scenes)[-1]
    station.run("scene.next")
    assert station.panels.scene.scene == first
    station.run("vitals.explain")
    gauges = station.panels.gauges
    qtbot.waitUntil(lambda: "权重" in gauges.why.toPlainText())
    station.run("vitals.explain")
    assert gauges.why.isHidden()
