"""The head of a scene: its gauges, its feed, its seal; every scene is in its menu."""

from typing import Any

import pytest

from console.domain.changes import Changes
from tests.ui.desk import Desk
from ui.kit.outfit import Outfit
from ui.views.scene import SceneView


@pytest.fixture
def head(qtbot: Any, seat: Desk, outfit: Outfit) -> SceneView:
    made = SceneView(seat.core, outfit)
    qtbot.addWidget(made)
    made.resize(1_200, 300)
    made.lines, made.read = [], []
    made.asked.connect(made.lines.append)
    made.facts.connect(made.read.append)
    return made


def test_a_scene_shows_a_tile_for_each_indicator(qtbot: Any, head: SceneView) -> None:
    assert head.isHidden()
    head.open("EMCR")
    qtbot.waitUntil(lambda: bool(head.read))
    assert next(t._name.words for t in head._pool.all if not t.isHidden()) == "城市综合风险指数"
    assert len([t for t in head._pool.all if not t.isHidden()]) == 11
    assert "EMCR" in head._name.text()
    assert "人工填报" in head._feed.words


def test_a_sealed_scene_says_so_and_what_opens_it(qtbot: Any, head: SceneView) -> None:
    head.open("EPIN")
    qtbot.waitUntil(lambda: bool(head.read))
    assert head._sealed.text() == "已封存"
    assert "已封存" in head._hint.words
    assert head._tiles.isHidden()


def test_the_menu_opens_any_of_the_scenes(head: SceneView) -> None:
    menu = head.menu()
    inner = [each for group in menu.actions() for each in group.menu().actions()]
    assert len(inner) == 28
    inner[0].trigger()
    assert head.lines == ["scene.open EMCR"]


def test_news_of_plans_are_read_and_leaving_ends_it(qtbot: Any, head: SceneView) -> None:
    head.open("EMFV")
    qtbot.waitUntil(lambda: bool(head.read))
    head.read.clear()
    head.refresh(Changes(frozenset({("plan", "p1")})))
    qtbot.waitUntil(lambda: bool(head.read))
    head._close.click()
    assert head.lines == ["scene.close"]
    head.leave()
    assert head.isHidden()
    assert not head._beat.isActive()
