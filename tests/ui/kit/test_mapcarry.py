"""A camera or an incident is taken off the map by the hand; let go at once it is chosen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from console.video.layout import read_layouts
from tests.ui.kit.mapseat import canvas, one, unit
from ui.kit.mapcarry import MapCarried
from ui.kit.tiles import MIME, MIME_INCIDENT, Tiles
from ui.models.face import Face
from ui.models.mapmarks import Shown

LEFT = Qt.MouseButton.LeftButton
KINDS = {"camera": MIME, "incident": MIME_INCIDENT}


@pytest.fixture
def shown(outfit, qtbot):
    return canvas(outfit, qtbot, zoom=15.0)


@pytest.fixture
def tiles(outfit, qtbot):
    made = Tiles(outfit.look, lambda _: None, lambda _: Face(), str, str)
    qtbot.addWidget(made)
    made.resize(960, 540)
    made.lay_out(read_layouts()["grid9"].cells)
    return made


@pytest.fixture
def carried(shown):
    made, found = MapCarried(shown), []
    made.carry = lambda data, said: found.append((data, said))
    return found


def middle(shown):
    return QPoint(shown.width() // 2, shown.height() // 2)


def stand(shown, kind):
    shown.show_shown(Shown((replace(one(), kind=kind, ids=["c7"]),)))


def pull(shown, *steps, key=Qt.KeyboardModifier.NoModifier):
    at = middle(shown)
    QTest.mousePress(shown, LEFT, key, at)
    for step in steps:
        QTest.mouseMove(shown, at + QPoint(step, 0))
    return at


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_pulled_away_is_carried_as_what_it_is_and_the_map_stays(shown, carried, kind):
    stand(shown, kind)
    before = shown.camera
    pull(shown, 4, 60, 90)
    ((data, said),) = carried
    assert data.formats() == [KINDS[kind]]
    assert bytes(data.data(KINDS[kind]).data()) == b"c7"
    assert said == "路灯不亮"
    assert shown.camera == before
    # The hand that comes back without a button pans nothing.
    QTest.mouseMove(shown, middle(shown) + QPoint(150, 40))
    assert shown.camera == before


def test_let_go_at_once_it_is_chosen(shown, carried, qtbot):
    stand(shown, "camera")
    with qtbot.waitSignal(shown.picked) as picked:
        at = pull(shown, 2)
        QTest.mouseRelease(shown, LEFT, Qt.KeyboardModifier.NoModifier, at)
    assert picked.args == ["camera", "c7"]
    assert carried == []


def test_bare_ground_and_units_are_panned_and_not_carried(shown, carried):
    shown.live.move([unit()])
    before = shown.camera
    at = pull(shown, 40, 90)
    QTest.mouseRelease(shown, LEFT, Qt.KeyboardModifier.NoModifier, at + QPoint(90, 0))
    assert carried == []
    assert shown.camera != before


def test_a_tool_in_hand_draws_over_a_camera(shown, carried):
    stand(shown, "camera")
    shown.take("box")
    at = pull(shown, 40, 90)
    QTest.mouseRelease(shown, LEFT, Qt.KeyboardModifier.NoModifier, at + QPoint(90, 50))
    assert carried == []


def test_a_tile_of_the_wall_takes_what_the_map_gave(shown, carried, tiles, qtbot):
    stand(shown, "camera")
    pull(shown, 4, 60)
    data = carried[0][0]
    with qtbot.waitSignal(tiles.dropped) as dropped:
        tiles.dropEvent(QDropEvent(
            QPointF(tiles.rect_of(2).center()), Qt.DropAction.CopyAction, data, LEFT,
            Qt.KeyboardModifier.NoModifier,
        ))  # fmt: skip
    assert dropped.args[:2] == [2, "c7"]
