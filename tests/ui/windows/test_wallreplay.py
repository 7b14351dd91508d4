"""The last minute of a tile is seen again in place, by one key there and back."""

import pytest

from console.base.errors import Refused
from console.video.stream import Kept
from tests.ui.pictures import Pictures
from tests.ui.windows.test_wallroom import BASE, camera
from ui.windows.wallroom import WallRoom


@pytest.fixture
def pictures():
    return Pictures()


@pytest.fixture
def room(seat, outfit, notices, qtbot, pictures):
    seat.hears(*(camera(name, 40.0 + n * 40.0) for n, name in enumerate("abcdef")))
    made = WallRoom(seat.core, outfit, notices, pictures)
    for each in (made.view, made.tree, made.log):
        qtbot.addWidget(each)
    made.lay_out("grid9")
    made._ask_cameras()
    qtbot.waitUntil(lambda: len(made.model.eyes) == 6)
    yield made
    made.close()


def test_the_last_minute_is_seen_again_in_place_and_left_by_the_same_key(room, pictures):
    tile = next(t for t in room.model.tiles if t.camera)
    room.view.tiles.choose(tile.number)
    address = BASE.format(tile.camera.removeprefix("cam-"))
    room.view.tiles.choose(next(t.number for t in room.model.tiles if not t.camera))
    with pytest.raises(Refused, match="no_picture"):
        room.does["wall.replay"]({})
    room.view.tiles.choose(tile.number)
    pictures.come(address, kept=Kept.NO_ROOM)
    room.does["wall.replay"]({"seconds": "30"})
    began, ended = tile.playback.span
    assert ended - began == 30_000
    room.does["wall.replay"]({})
    assert tile.playback is None
    room.model.played.emit(tile.number, False)
    for said in ("0", "9999", "soon"):
        with pytest.raises(Refused, match="replay_seconds"):
            room.does["wall.replay"]({"seconds": said})
    with pytest.raises(Refused, match="clip_format"):
        room.does["wall.clip"]({"format": "avi"})
