"""The map's view: what is chosen there is chosen everywhere, and it says what it leaves out."""

import pytest

from console.base.errors import Unreachable
from console.domain.datum import Cgcs2000
from console.maps.cache import TileCache
from console.maps.components import Component
from console.maps.mercator import world
from console.maps.online import Service
from console.maps.stocktaking import write
from ui.kit.maptools import Drawn
from ui.models.mapmarks import Moving
from ui.views.map import MapView


@pytest.fixture
def stocked(seat):
    """Give the seat two lamps and a tree by 新街口."""
    some = [
        Component("32010201037000001", "01037", "汉府街路灯", 118.7950, 32.0450, "城管局", "破损"),
        Component("32010201037000002", "01037", "汉府街路灯", 118.7955, 32.0452, "城管局", "完好"),
        Component("32010204002000001", "04002", "汉府街行道树", 118.7952, 32.0455, "", ""),
    ]
    write(seat.core.settings.map_folder / "a.components", some, "普查", "2026-11-03")


@pytest.fixture
def view(seat, stocked, outfit, qtbot):
    made = MapView(seat.core, outfit)
    made.failed.connect(pytest.fail)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitUntil(lambda: bool(made.canvas.shown.marks) and made.canvas.scene is not None)
    yield made
    made.hide()


def placed(seat):
    return next(i for k, i in seat.town.records if k == "incident" and seat.incident(i).lon)


def share(lon, lat):
    x, y = world(Cgcs2000.of(lon, lat))
    return float(x), float(y)


def test_its_foot_says_what_ground_it_is(view):
    assert "离线底图 2026-11-03" in view._foot.text()
    assert "CGCS2000" in view._where.text()


def far(_):
    raise Unreachable("map.service.no_line")


@pytest.mark.parametrize("failing", ["service", "labels"])
def test_its_foot_says_which_service_is_left_alone(seat, outfit, qtbot, tmp_path, failing):
    core = seat.core
    for name in ("service", "labels"):
        cache = TileCache(tmp_path / f"{name}.db")
        fetch = far if name == failing else (lambda _: b"")
        made = Service("t*.city", fetch, cache, core.work.call, core.clock.wall)
        setattr(core.maps, name, made)
    view = MapView(core, outfit)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    said = {"service": "在线底图 t*.city 连不上", "labels": "注记连不上"}
    qtbot.waitUntil(lambda: said[failing] in view._foot.text())
    assert view._foot.text().count("连不上") == 1
    view.hide()


def test_what_is_chosen_elsewhere_is_ringed_and_the_map_says_it_is_narrowed(view, seat):
    incident = placed(seat)
    view.show_record("incident", incident)
    assert view.canvas.live.chosen is not None
    assert seat.incident(incident).title in view._said.toolTip() + view._said.text()
    assert view.canvas.camera.middle.one == pytest.approx(
        (seat.incident(incident).lon, seat.incident(incident).lat), abs=1e-6
    )


def test_a_view_that_a_hand_holds_does_not_jump_to_what_is_chosen(view, seat):
    view.canvas.held = True
    here = view.canvas.camera
    view.show_record("incident", placed(seat))
    assert view.canvas.camera == here
    assert view.canvas.live.chosen is not None


def test_what_is_picked_here_is_told(view, seat, qtbot):
    with qtbot.waitSignal(view.selected) as chosen:
        view.canvas.picked.emit("incident", placed(seat))
    assert chosen.args[0] == "incident"
    with qtbot.assertNotEmitted(view.selected):
        view.canvas.picked.emit("unit", "u1")
    assert view.chosen == ("unit", "u1")


def test_a_double_click_opens_the_card(view, qtbot):
    with qtbot.waitSignal(view.asked) as asked:
        view.canvas.opened.emit("incident", "i1")
    assert asked.args == ["card.open i1"]


def test_a_point_begins_a_report_there(view, qtbot):
    with qtbot.waitSignal(view.asked) as asked:
        view.canvas.drew.emit(Drawn("point", (share(118.8, 32.05),)))
    assert asked.args == ['form.open "incident.create --lon 118.800000 --lat 32.050000"']


def test_an_area_lists_what_is_in_it(view, seat):
    whole = Drawn("box", (share(118.0, 33.0), share(120.0, 31.0)))
    view.canvas.drew.emit(whole)
    assert view.inside.isVisible()
    assert view.inside._list.count() >= 4
    assert view.canvas.tool.name == "pan"


def test_a_closed_road_is_drawn_and_taken_out_of_the_ways(view, qtbot):
    roads = view.roads()
    line = Drawn("closure", (share(118.70, 32.04), share(118.90, 32.04)))
    view.canvas.drew.emit(line)
    shut = view.roads()
    assert len(shut.graph.tail) < len(roads.graph.tail)
    qtbot.waitUntil(lambda: bool(view.canvas.shown.patches))
    view.open_roads()
    assert len(view.roads().graph.tail) == len(roads.graph.tail)


def test_coordinates_are_given_in_any_system(view, seat):
    view.show_record("incident", placed(seat))
    held = seat.incident(placed(seat))
    assert view.coordinates("CGCS2000") == (f"{held.lon:.6f},{held.lat:.6f} CGCS2000 EPSG:4490")
    assert view.coordinates("gcj02") != view.coordinates("CGCS2000")


def test_a_picture_has_the_source_below_it(view):
    picture = view.picture()
    assert picture.height() > view.canvas.height() * view.canvas.devicePixelRatioF()


def test_a_seat_looks_where_it_looked_last(view, seat, outfit, qtbot):
    view.canvas.show_place((118.9, 32.1), 14)
    view.save()
    again = MapView(seat.core, outfit)
    qtbot.addWidget(again)
    assert again.canvas.camera.middle.one == pytest.approx((118.9, 32.1), abs=1e-6)
    view.go_home()
    assert not view.canvas.held
    assert view.canvas.camera.zoom == 11


def test_following_keeps_a_unit_in_the_middle_and_says_so(view, qtbot):
    x, y = share(118.9, 32.1)
    view.canvas.live.move([Moving("u9", "消防9", x, y, 0, 0, "good", "disc")])
    view.follow("u9")
    assert "u9" in view._said.toolTip() + view._said.text()
    assert view.canvas.camera.x == pytest.approx(x)


def test_buttons_ask_for_their_tools(view, qtbot):
    with qtbot.waitSignal(view.asked) as asked:
        view._tools["box"].click()
    assert asked.args == ["map.tool box"]


def test_components_come_when_it_looks_near_and_are_counted(view, qtbot):
    assert all(m.kind != "component" for m in view.canvas.shown.marks)
    view.canvas.show_place((118.7952, 32.0452), 17)
    qtbot.waitUntil(lambda: any(len(m) == 3 for m in view.canvas.shown.marks))
    marks = next(m for m in view.canvas.shown.marks if m.kind == "component")
    assert marks.symbols[int(marks.look[list(marks.ids).index("32010201037000001")])].role == (
        "severity.III"
    )
    assert view.canvas.shown.counts["components"] == 3


def test_a_component_that_is_picked_says_what_it_is_and_whose(view):
    view.canvas.picked.emit("component", "32010201037000001")
    said = view._said.toolTip() + view._said.text()
    assert "破损" in said
    assert "城管局" in said
    assert view.canvas.live.chosen is not None


def test_an_area_counts_the_components_in_it(view):
    view.canvas.drew.emit(Drawn("box", (share(118.794, 32.046), share(118.796, 32.044))))
    assert "部件 3" in view.inside.title.text()
