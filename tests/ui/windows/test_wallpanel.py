"""The wall in a dock: nothing is decoded before it is shown; it follows what is selected."""

import pytest

from console.base.errors import Refused
from console.domain.changes import Changes
from tests.ui.pictures import Pictures
from tests.ui.windows.test_wallroom import BASE, camera, incident
from ui.windows.wallpanel import HERE, WallPanel


@pytest.fixture
def made():
    return []


@pytest.fixture
def panel(seat, outfit, notices, qtbot, made):
    seat.hears(*(camera(name, 40.0 + n * 40.0) for n, name in enumerate("abc")), incident(seat))

    def decode():
        made.append(Pictures())
        return made[-1]

    panel = WallPanel(seat.core, outfit, notices, decode)
    qtbot.addWidget(panel)
    panel.resize(640, 380)
    yield panel
    panel.end()


def spot(panel):
    return [t.camera for t in panel.room.model.tiles if t.role == "spot"]


def test_nothing_is_decoded_before_it_is_shown_nor_while_it_is_hidden(panel, made, qtbot):
    panel.show_record("incident", "n1")
    panel.refresh(Changes(everything=True))
    assert made == []
    panel.show()
    qtbot.waitUntil(lambda: bool(made[0].playing))
    panel.hide()
    assert made[0].playing == []
    panel.show()
    assert len(made) == 1


def test_it_follows_what_is_selected_and_lets_go(panel, qtbot, made):
    panel.show()
    qtbot.waitUntil(lambda: bool(panel.room.model.eyes))
    panel.show_record("incident", "n1")
    assert spot(panel) == ["cam-a"]
    assert BASE.format("a") in made[0].playing
    panel.show_record("unit", "u1")
    assert spot(panel) == ["cam-a"]
    panel.show_record("", "")
    assert spot(panel) == [""]


def test_lines_of_the_wall_are_done_in_it_once_it_is_shown(panel):
    commands = panel.commands()
    assert set(commands) == {f"wall.{name}" for name in (*HERE, "lead")}
    with pytest.raises(Refused):
        commands["wall.figures"]({})
    panel.show()
    commands["wall.figures"]({})
    assert panel.room.view.figures
    panel.retranslate()


def test_cameras_are_put_from_the_first_tile_on_as_many_as_there_are_tiles(panel, qtbot):
    panel.put(["cam-a"])
    assert panel.room is None
    panel.show()
    qtbot.waitUntil(lambda: bool(panel.room.model.eyes))
    panel.put(["cam-b", "cam-a", *["cam-c"] * 60])
    assert [t.camera for t in panel.room.model.tiles][:3] == ["cam-b", "cam-a", "cam-c"]


def test_another_seat_s_wall_follows_what_stays_selected_here(panel, qtbot):
    panel._settled.setInterval(20)
    asked = []
    panel.asked.connect(asked.append)
    panel.show_record("incident", "n1")
    panel.commands()["wall.lead"]({"wall": "w1"})
    panel.show_record("incident", "n0")
    panel.show_record("incident", "n1")
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == ["showing.push w1 --incident=n1"]
    panel.commands()["wall.lead"]({})
    panel.show_record("incident", "n0")
    qtbot.wait(60)
    assert len(asked) == 1
