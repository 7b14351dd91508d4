"""The map's own window: the map in the middle, every line of the workstation at hand."""

import json

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QToolButton
from shiboken6 import delete

from console.app import SignedIn
from console.base.settings import Settings
from console.domain.changes import Changes
from console.domain.query import parse_query
from console.tools.map import main as build_map
from ui.kit.sound import Sounds
from ui.models.news import News
from ui.windows.frame import Frame
from ui.windows.mapwindow import MapWindow
from ui.windows.station import Given


@pytest.fixture
def window(seat, outfit, notices, qtbot):
    news = News(beat_ms=1)
    seat.core.subscribe(news.take)
    made = MapWindow(Given(seat.core, outfit, news, notices, Sounds(on=False)))
    frame = Frame(seat.core, outfit, notices, made)
    frame.resize(1600, 900)
    frame.show()
    frame.sit(SignedIn(seat.core.person))
    qtbot.waitUntil(lambda: bool(made.panels.map.canvas.shown.marks))
    yield made
    frame.end()
    frame.close()
    delete(frame)


def test_the_map_has_the_most_room(window, qtbot):
    assert window.centralWidget() is window.panels.map
    qtbot.waitUntil(lambda: window.panels.map.width() > window.width() * 0.6)


@pytest.mark.parametrize("wide", [1366, 1100])
def test_what_is_told_covers_no_tool_of_the_map(window, seat, notices, qtbot, wide):
    window.window().resize(wide, 768)
    window.run("map.tool measure")  # its hint stands in the heading too
    incident = next(i for k, i in seat.town.records if k == "incident" and seat.incident(i).lon)
    window.run(f"card.open {incident}")
    notices.say("map.no_ground")
    qtbot.waitUntil(window.bar.isVisible)
    told = QRect(window.bar.mapToGlobal(QPoint(0, 0)), window.bar.size())
    tools = [t for t in window.panels.map.findChildren(QToolButton) if t.isVisible()]
    assert tools
    for tool in tools:
        assert not told.intersects(QRect(tool.mapToGlobal(QPoint(0, 0)), tool.size()))


def test_what_is_picked_on_the_map_is_chosen_everywhere(window, seat, qtbot):
    incident = next(i for k, i in seat.town.records if k == "incident" and seat.incident(i).lon)
    window.panels.map.selected.emit("incident", incident)
    assert window.selected == ("incident", incident)
    assert window.panels.map.canvas.live.chosen is not None


def test_lines_of_the_map_are_run(window):
    window.run("map.tool measure")
    assert window.panels.map.canvas.tool.name == "measure"
    window.run("map.layers")
    assert window.panels.map.legend.isVisible()


def test_the_queue_comes_below_when_it_is_asked_for(window, qtbot):
    assert not window.panels.docks["map"].isVisible()
    window.run("panel.toggle map")
    qtbot.waitUntil(window.panels.queue.isVisible)


NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅"


def _street(points, name):
    return {"type": "Feature", "properties": {"kind": "road", "sort": "secondary", "name": name},
            "geometry": {"type": "LineString", "coordinates": points}}  # fmt: skip


@pytest.fixture
def district(tmp_path):
    """Install one district's package, built by the command line out of GeoJSON."""
    west, south, step = 118.77, 32.01, 0.005
    steps = range(13)
    at = [[(west + c * step, south + r * step) for c in steps] for r in steps]
    streets = [_street(at[r], f"{NAMES[r]}府街") for r in steps]
    streets += [_street([at[r][c] for r in steps], f"{NAMES[c]}兴路") for c in steps]
    doors = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": at[6][c]},
         "properties": {"addr:street": "庚府街", "addr:housenumber": str(c * 10)}}
        for c in steps
    ]  # fmt: skip
    ring = [at[0][0], at[0][-1], at[-1][-1], at[-1][0], at[0][0]]
    border = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]},
              "properties": {"kind": "district", "code": "320102", "name": "玄武区"}}  # fmt: skip
    file = tmp_path / "district.geojson"
    body = {"type": "FeatureCollection", "features": [border, *streets, *doors]}
    file.write_text(json.dumps(body), "utf-8")
    words = ["build", "--from", str(file), "--out", str(tmp_path / "maps" / "320102.mbtiles"),
             "--source", "区里的数据", "--date", "2026-11-20"]  # fmt: skip
    assert build_map(words, Settings()) == 0


def test_with_the_line_cut_a_dispatcher_finds_an_address_and_sends_who_is_in_an_area(
    district, window, seat, notices, qtbot
):
    told = []
    notices.told.connect(lambda one: told.append(one.notice))
    view, canvas = window.panels.map, window.panels.map.canvas
    near = {"u3": (118.8005, 32.0405), "u5": (118.802, 32.041), "u4": (118.775, 32.012)}
    for unit, (lon, lat) in near.items():
        held = seat.core.get("unit", unit)
        seat.hears(replace(held, lon=lon, lat=lat, version=held.version + 1))
    window.refresh(Changes(everything=True))
    qtbot.waitUntil(lambda: len(canvas.live.units) == 3)
    assert "2026-11-20 · 区里的数据" in view._foot.text()

    # An address, by its words.
    window.run("map.go 庚府街60号")
    qtbot.waitUntil(lambda: canvas.camera.middle.one == pytest.approx((118.80, 32.04), abs=1e-5))

    # Who is near, by the time it takes on the district's own roads.
    window.run("map.near unit")
    qtbot.waitUntil(lambda: any(n.key == "map.near" for n in told))
    what = next(n for n in told if n.key == "map.near").args["what"]
    assert what.index("城管机动03") < what.index("消防玄武一站") < what.index("城管机动05")

    # An area drawn by keyboard: two corners of a box, each in the middle of the view.
    flood = next(i for k, i in seat.town.records if k == "incident" and seat.incident(i).lon)
    window.select("incident", flood)
    window.run("map.tool box")
    for lon, lat in ((118.799, 32.042), (118.803, 32.039)):
        canvas.show_place((lon, lat))
        qtbot.keyClick(canvas, Qt.Key.Key_Space)
    assert view.inside.isVisible()
    assert view.inside._ids("unit") == ["u3", "u5"]

    # Everyone in it is sent; the centre is away, so the acts wait.
    view.inside._send.click()
    qtbot.waitUntil(lambda: len(seat.core.outbox()) == 2)
    sent = {t.unit for r in seat.core.find(parse_query("task", f"incident:{flood}"))
            if (t := seat.core.get("task", str(r[0])))}  # fmt: skip
    assert {"u3", "u5"} <= sent
    assert all(w.state == "queued" for w in seat.core.outbox())
