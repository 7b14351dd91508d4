"""The hands of the map, as lines: the same in the workstation's panel and in the map's window."""

import pytest
from PySide6.QtGui import QGuiApplication

from console.base.errors import Refused
from console.domain.datum import Cgcs2000
from console.domain.reading import Reading
from console.domain.sensed import Sensed
from console.maps.components import Component
from console.maps.mercator import world
from console.maps.stocktaking import write
from ui.kit.notices import Notices
from ui.models.mapmarks import Moving
from ui.views.map import MapView
from ui.windows.maphands import MapHands, cameras_meant, coordinates, duration


@pytest.fixture
def notices(seat):
    made = Notices(seat.core.clock.now, lambda notice: notice.key)
    made.said = []
    made.told.connect(lambda told: made.said.append(told.notice))
    return made


@pytest.fixture
def view(seat, outfit, qtbot, notices):
    made = MapView(seat.core, outfit)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitUntil(lambda: bool(made.canvas.shown.marks))
    yield made
    made.hide()


@pytest.fixture
def do(seat, view, notices):
    commands = MapHands(seat.core, view, notices).commands()
    return lambda name, **args: commands[f"map.{name}"](args)


def said(notices, key, qtbot):
    qtbot.waitUntil(lambda: any(n.key == key for n in notices.said))
    return next(n for n in notices.said if n.key == key)


def test_a_tool_is_taken_by_name(do, view):
    do("tool", tool="measure")
    assert view.canvas.tool.name == "measure"
    with pytest.raises(Refused):
        do("tool", tool="hammer")


def test_a_place_is_gone_to_by_its_name_and_by_its_coordinates(do, view, notices, qtbot):
    do("go", where="新街口街道医院")
    qtbot.waitUntil(lambda: view.canvas.camera.zoom == 16)
    assert "新街口街道医院" in view._said.toolTip() + view._said.text()
    do("go", where="118.736849,32.035032 gcj02")
    assert view.canvas.camera.middle.one == pytest.approx((118.731634, 32.037071), abs=1e-5)
    do("go", where="qqqq")
    assert said(notices, "refused.no_such", qtbot)


def test_coordinates_are_copied(do, notices, qtbot):
    do("copy", crs="BD-09")
    assert QGuiApplication.clipboard().text().endswith("BD-09")
    assert said(notices, "map.copied", qtbot)


def test_a_picture_is_saved(do, notices, qtbot, tmp_path):
    do("save", file=str(tmp_path / "map"))
    assert said(notices, "map.saved", qtbot)
    assert (tmp_path / "map.png").stat().st_size > 10_000
    do("save", file=str(tmp_path / "none" / "map"))
    assert said(notices, "map.not_saved", qtbot)


def test_layers_are_opened_and_turned(do, view):
    do("layers")
    assert view.legend.isVisible()
    do("layers")
    assert not view.legend.isVisible()
    before = view.model.seen.shown
    do("layer", layer="heat")
    assert view.model.seen.shown != before


def test_the_nearest_hospital_is_told_with_its_time(do, notices, qtbot):
    do("near", what="hospital")
    assert "分钟" in said(notices, "map.near", qtbot).args["what"]


def test_the_nearest_unit_is_told_by_name(do, view, notices, qtbot):
    x, y = world(Cgcs2000.of(118.79, 32.04))
    view.canvas.live.move([Moving("u9", "消防9", float(x), float(y), 0, 0, "good", "disc")])
    do("near", what="unit")
    assert "消防9" in said(notices, "map.near", qtbot).args["what"]


def test_a_way_is_drawn_with_the_date_of_its_roads(do, view, notices, qtbot):
    do("route", start="118.74,32.05", to="118.86,32.04")
    told = said(notices, "map.way", qtbot)
    assert told.args["date"] == "2026-11-03"
    assert view.canvas.live.route is not None
    do("clear")
    assert view.canvas.live.route is None
    with pytest.raises(Refused):
        do("route", start="nobody")


def test_what_is_reached_is_drawn(do, view, qtbot):
    do("reach", minutes="6")
    qtbot.waitUntil(lambda: len(view.canvas.live.reached) >= 3)


def test_where_no_road_is_no_way_is_told(do, view, notices, qtbot):
    do("route", start="117.0,31.0", to="118.86,32.04")
    assert said(notices, "map.no_way", qtbot)


def test_time_goes_back_and_comes_again(do, view):
    do("back", minutes="30")
    assert view.model.then > 0
    do("now")
    assert view.model.then == 0


def test_home_follow_and_release(do, view):
    view.canvas.held = True
    do("release")
    assert not view.canvas.held
    do("follow", unit="nobody")
    assert view.following == "nobody"
    do("home")
    assert view.canvas.camera.zoom == 11
    do("open_roads")


def test_words_are_read_as_coordinates_only_when_they_are():
    assert coordinates("118.8,32.0").one == (118.8, 32.0)
    assert coordinates("夫子庙") is None
    assert coordinates("a,b") is None
    with pytest.raises(Refused):
        coordinates("118.8,32.0 xian80")


def test_no_way_has_no_minutes():
    assert duration(float("nan")) == "—"
    assert duration(20) == "1 分钟"


def test_a_stretch_is_replayed_and_a_bad_time_is_refused(do, view):
    do("replay", start="-3h", hours="1")
    assert view.model.then > 0
    assert "不是现在" in view.canvas.live.then
    view.time.leave()
    assert view.canvas.live.then == ""
    for start in ("soon", "+3d"):
        with pytest.raises(Refused):
            do("replay", start=start)


def test_an_exercise_is_played_by_its_name(do, view, seat):
    with pytest.raises(Refused):
        do("exercise", exercise="春季演练")
    seat.core.run("exercise.begin 春季演练").result()
    do("exercise", exercise="春季演练")
    assert view.model.exercise
    assert "春季演练" in view.canvas.live.then
    view.time.leave()


def test_the_way_of_a_unit_is_drawn(do, view, seat, notices, qtbot):
    with pytest.raises(Refused):
        do("track")
    unit = next(i for k, i in seat.town.records if k == "unit")
    view.show_record("unit", unit)
    do("track")
    assert said(notices, "map.no_track", qtbot)
    now = seat.core.clock.now()
    for n in range(3):
        reading = Reading(topic="position", of=unit, at=now - (3 - n) * 60_000,
                          lon=118.8 + n * 0.01, lat=32.0)  # fmt: skip
        seat.core.gauges._values.absorb([Sensed(reading=reading)], n, "b")
    do("track")
    qtbot.waitUntil(lambda: view.canvas.live.track is not None)
    assert len(view.canvas.live.track) == 3
    do("clear")
    assert view.canvas.live.track is None


def test_a_scenes_layers_are_shown_and_said(do, view):
    do("scene", scene="EMFV")
    assert "消防" in view._said.toolTip() + view._said.text()
    do("scene")
    assert view.model.scene == ""


def test_words_that_may_mean_several_places_are_asked_about(do, view, qtbot):
    do("go", where="应急避难场所")
    qtbot.waitUntil(view.found.isVisible)
    here = view.canvas.camera
    first = view.found._list.item(0)
    view.found._list.itemActivated.emit(first)
    assert view.canvas.camera != here
    assert view.found.isHidden()


def test_a_component_is_gone_to_by_its_code(do, view, seat, qtbot):
    some = [Component("32010201037000001", "01037", "汉府街路灯", 118.795, 32.045)]
    write(seat.core.settings.map_folder / "a.components", some, "普查", "2026-11-03")
    do("go", where="32010201037000001")
    qtbot.waitUntil(lambda: view.canvas.camera.zoom == 16)
    assert view.canvas.camera.middle.one == pytest.approx((118.795, 32.045), abs=1e-5)


def test_what_was_copied_can_be_gone_to_again(do, view):
    do("go", where="118.79,32.04")
    do("copy", crs="EPSG:4490")
    copied = QGuiApplication.clipboard().text()
    assert copied == "118.790000,32.040000 CGCS2000 EPSG:4490"
    do("go", where="118.9,32.1")
    do("go", where=copied)
    assert view.canvas.camera.middle.one == pytest.approx((118.79, 32.04), abs=1e-6)


def test_the_cameras_that_are_meant_are_those_named_else_the_one_chosen():
    assert cameras_meant("c1 c2", ("camera", "c7")) == ["c1", "c2"]
    assert cameras_meant("", ("camera", "c7")) == ["c7"]
    with pytest.raises(Refused):
        cameras_meant("", ("incident", "i1"))
