"""The canvas under a hand: it pans, zooms, picks, opens clusters, draws, and stays put."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.ui.kit.mapseat import LAT, LON, canvas, marks, one, unit
from ui.kit import theme
from ui.kit.mapcamera import looking
from ui.models.mapmarks import Shown

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shown(outfit, qtbot):
    return canvas(outfit, qtbot)


def middle(shown):
    return QPoint(shown.width() // 2, shown.height() // 2)


def drag(shown, start, end):
    for kind, at, held in (
        (QEvent.Type.MouseButtonPress, start, LEFT),
        (QEvent.Type.MouseMove, (start + end) / 2, LEFT),
        (QEvent.Type.MouseMove, end, LEFT),
        (QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.NoButton),
    ):
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
        QApplication.sendEvent(
            shown,
            QMouseEvent(
                kind, QPointF(at), shown.mapToGlobal(QPointF(at)), button, held,
                Qt.KeyboardModifier.NoModifier,
            ),
        )  # fmt: skip


def test_the_ground_is_drawn_by_a_worker_and_placed(shown):
    image = shown.grab().toImage()
    found = {image.pixelColor(x, y).name() for x in range(0, 600, 7) for y in range(0, 400, 7)}
    assert len(found) > 10


def test_dragging_moves_the_map_with_the_hand_and_holds_it(shown):
    before = shown.camera
    drag(shown, QPoint(300, 200), QPoint(200, 150))
    assert (shown.camera.x - before.x) * before.scale == pytest.approx(100, abs=1)
    assert (shown.camera.y - before.y) * before.scale == pytest.approx(50, abs=1)
    assert shown.held


def test_a_map_that_a_hand_holds_is_not_moved_by_anything_else(shown):
    drag(shown, QPoint(300, 200), QPoint(200, 150))
    here = shown.camera
    shown.look_at(looking(118.6, 32.1, 10))
    assert shown.camera == here
    shown.release()
    shown.look_at(looking(118.6, 32.1, 10))
    assert shown.camera != here


def test_the_wheel_zooms_about_the_pointer(shown, qtbot):
    at = QPointF(100, 80)
    before = shown.camera.share(100, 80, shown.width(), shown.height())
    QApplication.sendEvent(
        shown,
        QWheelEvent(
            at, shown.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip
    after = shown.camera.share(100, 80, shown.width(), shown.height())
    assert before == pytest.approx(after, abs=1e-12)
    qtbot.waitUntil(lambda: shown.scene.request.camera.zoom == shown.camera.zoom)


def test_keys_pan_and_zoom(shown, qtbot):
    before = shown.camera
    qtbot.keyClick(shown, Qt.Key.Key_Right)
    assert shown.camera.x > before.x
    assert shown.live.crosshair
    qtbot.keyClick(shown, Qt.Key.Key_Plus)
    assert shown.camera.zoom > before.zoom


def test_a_click_picks_the_point_under_it(shown, qtbot):
    shown.show_shown(Shown((one(),)))
    with qtbot.waitSignal(shown.picked) as picked:
        qtbot.mouseClick(shown, LEFT, pos=middle(shown))
    assert picked.args == ["incident", "I1"]
    with qtbot.waitSignal(shown.picked) as picked:
        qtbot.mouseClick(shown, LEFT, pos=QPoint(30, 30))
    assert picked.args == ["", ""]


def test_a_unit_lies_over_an_incident_and_can_be_opened(shown, qtbot):
    shown.show_shown(Shown((one(),), units=(unit(),)))
    with qtbot.waitSignal(shown.opened) as opened:
        qtbot.mouseDClick(shown, LEFT, pos=middle(shown))
    assert opened.args == ["unit", "u1"]


def test_space_picks_what_is_in_the_middle(shown, qtbot):
    shown.show_shown(Shown((one(),)))
    with qtbot.waitSignal(shown.picked) as picked:
        qtbot.keyClick(shown, Qt.Key.Key_Space)
    assert picked.args == ["incident", "I1"]


def test_a_cluster_opens_under_a_click(shown, qtbot):
    shown.show_shown(Shown((marks(50, 0.0004, cluster=13.0),)))
    qtbot.waitUntil(lambda: bool(shown.scene.clusters))
    group = shown.scene.clusters[0]
    x, y = shown.camera.shown(np.array(group.x), np.array(group.y), shown.width(), shown.height())
    zoom = shown.camera.zoom
    qtbot.mouseClick(shown, LEFT, pos=QPoint(round(float(x)), round(float(y))))
    assert shown.camera.zoom >= zoom + 1


def test_hovering_says_the_name(shown, qtbot):
    shown.show_shown(Shown((one(),)))
    qtbot.mouseMove(shown, QPoint(5, 5))
    qtbot.mouseMove(shown, middle(shown))
    qtbot.waitUntil(lambda: shown.live.hovered is not None)
    assert shown.live.hovered[2] == "路灯不亮"


def test_a_box_is_dragged(shown, qtbot):
    shown.take("box")
    with qtbot.waitSignal(shown.drew) as drew:
        drag(shown, QPoint(100, 100), QPoint(300, 260))
    assert drew.args[0].tool == "box"
    assert len(drew.args[0].places) == 2


def test_an_area_is_drawn_by_keyboard_alone(shown, qtbot):
    shown.take("area")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        qtbot.keyClick(shown, Qt.Key.Key_Space)
        qtbot.keyClick(shown, key)
    qtbot.keyClick(shown, Qt.Key.Key_Space)
    qtbot.keyClick(shown, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(shown.drew) as drew:
        qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert len(drew.args[0].places) == 3
    assert drew.args[0].square_metres() > 0


def test_escape_puts_the_tool_away(shown, qtbot):
    shown.take("measure")
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.tool.name == "pan"


def test_units_move_without_a_new_scene(shown):
    number = shown.scene.request.number
    shown.move_units((unit(LON + 0.01, LAT),))
    assert shown.live.x[0] != unit().x
    assert shown.scene.request.number == number


def test_another_look_is_drawn_anew(shown, outfit, qtbot):
    outfit.look.wear(theme.read("day"))
    qtbot.waitUntil(lambda: shown.scene.request.theme.name == "day")


def test_what_comes_late_is_drawn(shown, qtbot):
    number = shown.scene.request.number
    shown.came()
    qtbot.waitUntil(lambda: shown.scene.request.number > number)


def test_panning_past_the_margin_has_a_new_scene_drawn(shown, qtbot):
    number = shown.scene.request.number
    drag(shown, QPoint(600, 200), QPoint(40, 200))
    qtbot.waitUntil(lambda: shown.scene.request.number > number)


def test_a_place_that_is_asked_for_is_shown_even_in_a_held_view(shown):
    shown.held = True
    shown.show_place((118.9, 32.1), 15)
    assert shown.camera.middle.one == pytest.approx((118.9, 32.1), abs=1e-6)
    assert shown.camera.zoom == 15
