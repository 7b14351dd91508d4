"""The wall at work: cameras of the store, alarms up and down, the spot, snapshots."""

import pytest

from console.base.errors import Refused
from console.domain.changes import Changes
from console.domain.record import Camera, Incident, StartedPlan
from console.video.choose import Budget
from console.video.stream import Kept
from console.video.truth import Standing
from tests.ui.pictures import PLACE, Pictures, eye
from ui.windows.evidence import SNAPSHOT
from ui.windows.wallroom import WallRoom

BASE = "rtsp://x/{}/sub"


def camera(name, north=30.0):
    made = eye(name, north)
    return Camera(
        id=f"cam-{name}", code=f"3201020000131000000{ord(name) % 10}", name=f"{name}路口",
        scope="320102", state="in_service", lon=made.lon, lat=made.lat, bearing=180, fov=80,
        sub=BASE.format(name), main=f"rtsp://x/{name}/main", version=1,
    )  # fmt: skip


@pytest.fixture
def pictures():
    return Pictures()


@pytest.fixture
def room(seat, outfit, notices, qtbot, pictures):
    seat.hears(*(camera(name, 40.0 + n * 40.0) for n, name in enumerate("abcdef")))
    made = WallRoom(seat.core, outfit, notices, pictures, Budget(1_000.0, 1_000.0))
    qtbot.addWidget(made.view)
    qtbot.addWidget(made.tree)
    qtbot.addWidget(made.log)
    made.view.resize(960, 568)
    made.view.show()
    made.lay_out("grid9")
    made._ask_cameras()
    qtbot.waitUntil(lambda: len(made.model.eyes) == 6)
    yield made
    made.close()


def incident(seat, **facts):
    plain = {"id": "n1", "level": "I", "state": "reported", "scope": "320102", "title": "燃气泄漏",
             "lon": PLACE[0], "lat": PLACE[1], "reported_at": seat.core.clock.now(),
             "version": 1}  # fmt: skip
    return Incident(**(plain | facts))


def shown(room, role):
    return [t.camera for t in room.model.tiles if t.role == role and t.camera]


def test_a_new_wall_shows_cameras_of_all_places(room):
    assert len(shown(room, "plain")) == min(6, sum(t.role == "plain" for t in room.model.tiles))


def test_an_alarm_puts_its_cameras_up_and_gives_the_wall_back(room, seat, qtbot):
    seat.hears(incident(seat))
    room.refresh(Changes(everything=True))
    room._ask_alarms()
    qtbot.waitUntil(lambda: bool(shown(room, "alarm")))
    assert shown(room, "alarm")[0] == "cam-a", "the nearest that looks there comes first"
    seat.hears(incident(seat, state="closed", version=3))
    room.refresh(Changes(everything=True))
    room._ask_alarms()
    qtbot.waitUntil(lambda: not shown(room, "alarm"))
    room.does["wall.log"]({})
    words = [room.log.lines.item(n).text() for n in range(room.log.lines.count())]
    assert any("告警上墙" in line and "燃气泄漏" in line for line in words)
    assert any("告警结束" in line for line in words)


def test_the_spot_follows_an_incident_with_the_reason_and_lets_go(room, seat):
    seat.hears(incident(seat))
    room.does["wall.follow"]({"record": "n1"})
    spot = next(t for t in room.model.tiles if t.role == "spot")
    assert spot.camera == "cam-a"
    assert spot.why[0].key == "wall.why.sees"
    room.follow("")
    assert shown(room, "spot") == []
    with pytest.raises(Refused):
        room.follow("999999")


def test_what_an_operator_puts_up_is_there_again_next_time(room, seat, outfit, notices, pictures):
    number = next(t.number for t in room.model.tiles if t.role == "plain")
    room.view.tiles.choose(number)
    room.does["wall.show"]({"camera": "f路口"})
    room.does["wall.pin"]({})
    room.lay_out("2")
    assert room.model.tiles[number].home == "cam-f"
    assert room.model.tiles[number].pinned
    room.does["wall.clear"]({})
    assert room.model.tiles[number].home == ""


@pytest.mark.parametrize("line", [("wall.layout", {"layout": "none"}),
                                  ("wall.show", {"camera": "nothing"}),
                                  ("wall.show", {"camera": "a路口", "tile": "99"}),
                                  ("wall.snapshot", {})])  # fmt: skip
def test_what_cannot_be_is_refused_with_the_reason(room, line):
    room.view.tiles.choose(0)
    with pytest.raises(Refused):
        room.does[line[0]](line[1])


def test_a_snapshot_is_kept_and_noted_on_its_incident(room, seat, pictures):
    seat.hears(incident(seat, state="accepted"))
    room.follow("n1")
    pictures.come(BASE.format("a"), taken_ms=1_767_578_400_000)
    room.view.tiles.choose(next(t.number for t in room.model.tiles if t.role == "spot"))
    room.does["wall.snapshot"]({})
    kept = seat.core.kept_names(SNAPSHOT)
    assert len(kept) == 1
    assert seat.core.kept(kept[0]).startswith(b"\x89PNG")
    note = seat.incident("n1").notes[-1]
    assert kept[0].removeprefix(SNAPSHOT) in note.text
    assert "a路口" in note.text


def test_a_camera_that_dies_near_an_open_incident_is_told_of(room, seat, qtbot, notices):
    seat.hears(incident(seat))
    room.refresh(Changes(everything=True))
    room._ask_alarms()
    qtbot.waitUntil(lambda: any(row[0] == "n1" for row in room._opened))
    with qtbot.waitSignal(notices.told) as told:
        room.outages.told.emit("cam-a", False)
    assert "a路口" in told.args[0].words
    assert "燃气泄漏" in told.args[0].words


def test_figures_and_favourites_are_switched(room):
    room.does["wall.figures"]({})
    assert room.view.figures
    room.view.tiles.choose(next(t.number for t in room.model.tiles if t.camera))
    room.does["wall.favour"]({})
    assert len(room.catalogue.favourites) == 1


def test_nothing_plays_while_it_is_not_to_be_seen(room, pictures):
    room.start()
    assert pictures.playing
    room.stop()
    assert pictures.playing == []


def test_the_centre_hears_how_the_cameras_stand_that_are_to_be_seen(room, monkeypatch):
    told = []
    monkeypatch.setattr(room._core.eyesight, "tell", told.append)
    seen = next(t for t in room.model.tiles if t.channel is not None)
    room.model.stood.emit(seen.camera, Standing.LIVE)
    room.model.stood.emit("cam-elsewhere", Standing.LIVE)
    room._seen_at = -100.0
    room._ask_alarms()
    assert told == [{seen.camera: "live"}]


def test_another_tile_lets_go_of_the_camera_that_was_steered(room):
    room.steer.camera, room.steer.keys.on = "cam-a", True
    room.view.tiles.choose(1)
    assert room.steer.camera == ""
    assert not room.steer.keys.on


def test_the_plan_s_steps_stand_beside_a_large_picture_of_its_incident(room, seat, qtbot):
    seat.hears(incident(seat, scene="EMCR", type="EMCR-01", state="accepted"))
    room.follow("n1")
    spot = next(t for t in room.model.tiles if t.role == "spot" and t.camera)
    room.view.enlarge(spot.number)
    qtbot.waitUntil(lambda: not room.steps.isHidden())
    room.view.enlarge(None)
    assert room.steps.isHidden()
    plain = next(t for t in room.model.tiles if t.role == "plain" and t.camera)
    room.view.enlarge(plain.number)
    qtbot.wait(20)
    assert room.steps.isHidden(), "this picture is of no incident"


def test_cameras_that_a_plan_asks_for_go_up_whatever_the_level(room, seat, qtbot):
    seat.hears(
        incident(seat, id="n7", level="routine", state="accepted"),
        StartedPlan(id="pl", incident="n7", plan="EMCR-P1", state="running", radius_m=500, most=2,
                    scope="320102", version=1),
    )  # fmt: skip
    room.refresh(Changes(everything=True))
    room._ask_alarms()
    qtbot.waitUntil(lambda: bool(shown(room, "alarm")))
    assert len(shown(room, "alarm")) == 2
    tile = next(t for t in room.model.tiles if t.alarm)
    assert tile.why[0].key == "wall.why.plan"


def test_an_incident_brought_to_a_tile_shows_the_camera_that_sees_it_best(
    room, seat, notices, monkeypatch
):
    seat.hears(incident(seat), incident(seat, id="n2", lon=110.0))
    number = next(t.number for t in room.model.tiles if t.role == "plain")
    room.view.tiles.brought.emit(number, "n1")
    assert room.model.tiles[number].home == "cam-a"
    said = []
    monkeypatch.setattr(notices, "failed", said.append)
    room.view.tiles.brought.emit(number, "n2")
    assert room.model.tiles[number].home == "cam-a"
    assert said[0].key == "refused.no_camera_near"


def test_that_the_last_minutes_are_not_kept_is_said_on_the_wall(room, pictures):
    tile = next(t for t in room.model.tiles if t.camera)
    pictures.come(BASE.format(tile.camera.removeprefix("cam-")), kept=Kept.NO_ROOM)
    assert "磁盘" in room.hands.warning
    room._ask_alarms()
    assert "磁盘" in room.view._follows.text()
