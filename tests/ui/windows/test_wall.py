"""The wall's window: real pictures by real RTSP; keys, layouts, kiosk and lock."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shiboken6 import delete

from console.app import SignedIn
from console.base.clock import SystemClock
from console.central.cameras.views import View
from console.domain.record import Camera
from console.video.pool import Inside
from console.video.truth import Standing
from tests.cameras import CameraTown
from ui.kit.sound import Sounds
from ui.models.news import News
from ui.windows.frame import Frame
from ui.windows.station import Given, Options
from ui.windows.wall import Wall


@pytest.fixture(scope="module")
def town():
    made = CameraTown({0: View("云芷路口", 0), 1: View("暗处", 0, "black")})
    yield made
    made.close()


@pytest.fixture
def opened(seat, outfit, notices, qtbot, town):
    made = []

    def camera(n):
        return Camera(
            id=f"cam-{n}", code=f"3201020000131000000{n}", name=f"{n}号", scope="320102",
            state="in_service", sub=town.url(n), main=town.url(n, "main"), version=1,
        )  # fmt: skip

    seat.hears(camera(0), camera(1))

    def begin(**options):
        news = News(beat_ms=1)
        seat.core.subscribe(news.take)
        given = Given(seat.core, outfit, news, notices, Sounds(on=False), Options(**options))
        frame = Frame(seat.core, outfit, notices, Wall(given, Inside(SystemClock())))
        made.append(frame)
        frame.resize(1280, 720)
        frame.show()
        frame.activateWindow()
        qtbot.waitUntil(frame.isActiveWindow)
        frame.sit(SignedIn(seat.core.person))
        return frame.station

    yield begin
    for frame in made:
        frame.end()
        frame.close()
        delete(frame)


def test_cameras_of_the_store_are_seen_alive_and_a_black_one_says_so(opened, qtbot):
    wall = opened(layout="grid4")
    tiles = wall.room.model.tiles

    def stands(name, standing):
        return any(t.camera == name and t.standing is standing for t in tiles)

    qtbot.waitUntil(lambda: stands("cam-0", Standing.LIVE), timeout=20_000)
    qtbot.waitUntil(lambda: stands("cam-1", Standing.BLACK), timeout=20_000)
    number = next(t.number for t in tiles if t.camera == "cam-0")
    rect = wall.room.view.tiles.rect_of(number)
    image = wall.room.view.tiles.grab().toImage()
    colours = {
        image.pixel(rect.x() + n, rect.center().y()) for n in range(20, rect.width() - 20, 9)
    }
    assert len(colours) > 5, "something is to be seen"


def test_keys_of_the_wall_change_its_layout_and_lines_say_why_not(opened, qtbot, notices):
    wall = opened(layout="grid4")
    QTest.keyClick(wall, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: wall.room.layout_.name == "grid9")
    with qtbot.waitSignal(notices.told) as told:
        wall.run("wall.layout none")
    assert "⟦" not in told.args[0].words
    with qtbot.waitSignal(notices.told):
        wall.run("queue.open pending")


def test_the_layout_is_the_one_that_was_asked_for_else_the_last(opened):
    assert opened(layout="3").room.layout_.name == "focus"
    assert opened().room.layout_.name == "focus"
    assert opened(layout="nothing").room.layout_.name == "focus"


def test_a_large_display_shows_pictures_alone(opened):
    wall = opened(kiosk=True)
    assert not wall.room.tree.isVisible()
    assert not wall.top.isVisible()
    assert not wall.room.view._strip.isVisible()


def test_nothing_plays_behind_the_locked_screen(opened, qtbot):
    wall = opened(layout="grid4")
    qtbot.waitUntil(lambda: any(t.channel for t in wall.room.model.tiles))
    wall.parent().lock()
    assert not any(t.channel for t in wall.room.model.tiles)
    wall.parent().unlock()
    assert any(t.channel for t in wall.room.model.tiles)


def test_language_and_look_change_at_once(opened):
    wall = opened(layout="grid4")
    wall.run("language.set en")
    assert wall.windowTitle() == "Video wall"
    assert "command" in wall.line.edit.placeholderText()
    wall.run("theme.set day")
    wall.run("theme.set")
    wall.run("language.set zh_CN")
