"""A whole wall in one's hands: layouts saved and shared, a round of them, the lock, pushes."""

import pytest
from PySide6.QtWidgets import QWidget

from console.base.errors import Refused
from console.domain.record import Showing
from tests.ui.pictures import Pictures
from tests.ui.windows.test_wallroom import camera, incident
from ui.windows.wallhands import to_screen
from ui.windows.wallroom import WallRoom


@pytest.fixture
def room(seat, outfit, notices, qtbot):
    seat.hears(*(camera(name, 40.0 + n * 40.0) for n, name in enumerate("abcdef")))
    made = WallRoom(seat.core, outfit, notices, Pictures())
    qtbot.addWidget(made.view)
    qtbot.addWidget(made.tree)
    qtbot.addWidget(made.log)
    made.lay_out("grid9")
    made._ask_cameras()
    qtbot.waitUntil(lambda: len(made.model.eyes) == 6)
    yield made
    made.close()


def push(**facts):
    return Showing(**({"id": "p", "by": "liu", "asked_at": 1, "wall": "w"} | facts))


def plain(room):
    return next(t for t in room.model.tiles if t.role == "plain")


def test_a_layout_is_saved_under_its_number_and_recalled_with_its_cameras(room):
    tile = plain(room)
    room.model.put(tile.number, "cam-f")
    room.does["wall.save"]({"number": "8", "name": "早班"})
    room.lay_out("1")
    room.lay_out("8")
    assert room.layout_.name == "早班"
    assert room.model.tiles[tile.number].home == "cam-f"


def test_a_shared_layout_goes_to_the_centre(room, seat):
    lines = []
    seat.core.run = lines.append
    room.does["wall.save"]({"number": "9", "name": "共用", "shared": "1"})
    assert lines[0].startswith("layout.share 9 「共用」")
    assert seat.core.plan(lines[0]).changes[0].key == ("layout", "layout-9")


def test_layouts_go_round_until_somebody_chooses_one_or_looks_closer(room, seat):
    room.does["wall.rotate"]({"layouts": "1,2", "seconds": "5"})
    room.hands.beat()
    assert room.layout_.number == 1
    room.hands.beat()
    assert room.layout_.number == 1, "not before its time"
    room.hands._turned -= 6
    room.model.enlarged = 0
    room.hands.beat()
    assert room.layout_.number == 1, "somebody looks at one picture"
    room.model.enlarged = None
    room.hands.beat()
    assert room.layout_.number == 2
    room.lay_out("3")
    room.hands._turned -= 6
    room.hands.beat()
    assert room.layout_.number == 3
    with pytest.raises(Refused):
        room.does["wall.rotate"]({"layouts": "1,none"})
    room.does["wall.rotate"]({})


def test_a_pushed_camera_is_shown_with_who_pushed_it(room):
    assert room.hands.show(push(camera="cam-e", tile=plain(room).number + 1)) == ""
    tile = plain(room)
    assert (tile.home, tile.home_why[0].key) == ("cam-e", "wall.why.pushed")
    assert room.hands.show(push(camera="cam-d")) == ""
    assert any(t.home == "cam-d" for t in room.model.tiles if t.role == "plain")


def test_a_pushed_layout_or_incident_is_followed(room, seat):
    assert room.hands.show(push(layout="1")) == ""
    assert room.layout_.number == 1
    seat.hears(incident(seat))
    assert room.hands.show(push(incident="n1")) == ""
    assert any(t.role == "spot" and t.camera for t in room.model.tiles)


def test_what_cannot_be_shown_is_refused_with_the_reason(room, seat):
    assert "没有" in room.hands.show(push(camera="none"))
    assert "没有" in room.hands.show(push(layout="none"))
    room.model.pin(plain(room).number, on=True)
    assert "固定" in room.hands.show(push(camera="cam-e", tile=plain(room).number + 1))
    room.does["wall.lock"]({})
    assert "锁定" in room.hands.show(push(camera="cam-e"))
    assert room.hands.show(push(camera="cam-e", by=seat.core.person.user)) == ""
    room.does["wall.lock"]({})
    assert room.hands.locked == ""


def test_no_alarm_takes_a_tile_of_a_locked_wall(room, seat, qtbot):
    room.does["wall.lock"]({})
    seat.hears(incident(seat))
    room._stale = True
    room._ask_alarms()
    qtbot.waitUntil(lambda: "n1" in room._alarms)
    assert not room.model.events.placed
    room.does["wall.lock"]({})
    assert room.model.events.placed


def test_a_screen_that_is_not_there_is_refused(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    with pytest.raises(Refused, match="no_screen"):
        to_screen(window, "7")
    to_screen(window, "1")
    assert window.isFullScreen()
