"""The wall as a panel: a click enlarges and puts back; the strip says what is well."""

import pytest

from console.base.clock import ManualClock
from console.base.notice import Level, Notice
from console.video.choose import Budget
from console.video.event_wall import Alarm
from console.video.layout import read_layouts
from tests.ui.pictures import Pictures, eye
from ui.models.catalogue import Catalogue
from ui.models.wall import WallModel
from ui.views.wall import WallView


@pytest.fixture
def pictures():
    return Pictures()


@pytest.fixture
def view(seat, outfit, qtbot, pictures):
    catalogue = Catalogue(seat.core)
    eyes = [eye(name) for name in "abcd"]
    catalogue.take(eyes)
    model = WallModel(pictures, ManualClock(), Budget(1_000.0, 1_000.0))
    model.know(eyes)
    made = WallView(seat.core, outfit, model, catalogue)
    made.model = model
    qtbot.addWidget(made)
    made.resize(960, 568)
    made.show()
    made.lay_out(read_layouts()["grid9"])
    return made


def test_a_click_enlarges_with_the_main_stream_and_another_puts_it_back(view, pictures):
    view.model.put(3, "a")
    view.tiles.pressed.emit(3)
    assert view.model.enlarged == 3
    assert "rtsp://x/a/main" in pictures.playing
    view.tiles.pressed.emit(3)
    assert view.model.enlarged is None


def test_an_empty_tile_is_not_enlarged(view):
    view.press(3)
    assert view.model.enlarged is None


def test_a_camera_that_is_dropped_changes_places_with_what_was_there(view):
    view.model.put(3, "a")
    view.model.put(4, "b")
    view.tiles.dropped.emit(4, "a", 3)
    assert [view.model.tiles[n].home for n in (3, 4)] == ["b", "a"]
    view.tiles.dropped.emit(5, "c", -1)
    assert view.model.tiles[5].home == "c"


def test_a_tile_says_the_alarm_and_the_reason_in_words(view):
    why = (
        Notice(Level.said, "wall.why.sees"),
        Notice(Level.said, "wall.why.metres", {"metres": 50}),
    )
    number = read_layouts()["grid9"].of_role("alarm")[0]
    view.model.alarm([Alarm("i1", "II", ("a",), 0.0)], {("i1", "a"): why})
    view.show_titles({"i1": "燃气泄漏"}, "", 2)
    face = view._face(number)
    assert (face.above, face.why[0]) == ("燃气泄漏", "正对现场 · 相距 50 米")
    assert face.level == "II"
    assert "2" in view._missing.text()


def test_a_tile_that_follows_an_incident_without_cameras_says_that(view):
    number = read_layouts()["grid9"].of_role("spot")[0]
    assert view._face(number).headline == "跟随所选事件"
    view.show_titles({}, "云芷路口积水", 0)
    assert view._face(number).headline == "所选事件附近没有摄像机"
    view._model.tiles[4].role = "spot"
    view._model.tiles[4].camera = "a"
    assert view._face(number).headline == "附近没有更多摄像机"


def test_the_strip_counts_what_is_well_and_what_is_not_and_says_the_load(view):
    view.model.put(3, "a")
    assert "1" in view._counts.text()
    assert "%" in view._load.text()
    view.show_titles({}, "云芷路口积水", 0)
    assert "云芷路口积水" in view._follows.text()


def test_a_tile_says_which_line_is_full_and_the_strip_opens_the_lines(view, pictures):
    asked = []
    view.asked.connect(asked.append)
    view.model.budget = Budget(1_000.0, 0.6)
    view.model.put(3, "a")
    view.model.put(4, "b")
    assert view._face(4).headline == "未播放：本机线路 0.5/0.6 Mbit/s，容不下这一路"
    assert "不够" in view._trunks.text()
    assert "本机线路" in view._hint(4)
    view._trunks.click()
    assert asked == ["wall.trunks"]


def test_all_that_is_known_stands_in_the_hint(view, pictures):
    view.model.put(3, "a")
    pictures.come("rtsp://x/a/sub", frame=1.0, codec="h264", native_width=640)
    assert "H264" in view._hint(3)
    assert view._hint(4) == ""


def test_a_large_display_has_no_strip(view):
    view.bare(on=True)
    assert not view._strip.isVisible()
