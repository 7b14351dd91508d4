"""The map: what happens in the city and who is where, on ground that needs no network."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from console.app import Core
from console.base.text import text
from console.domain import datum
from console.domain.changes import Changes
from console.domain.datum import Cgcs2000
from console.domain.words import UNKNOWN, Words
from console.maps.library import COMPONENT
from console.maps.roads import Roads
from ui.kit import fonts
from ui.kit.mapcamera import Camera, looking
from ui.kit.mapcanvas import MapCanvas
from ui.kit.mapcarry import MapCarried
from ui.kit.mapfound import FoundPanel, Spot
from ui.kit.mapground import ground_of, said_of
from ui.kit.mapinside import InsidePanel, held_in
from ui.kit.maplegend import LegendPanel
from ui.kit.mapscene import Studio
from ui.kit.maptiles import Pictures
from ui.kit.maptime import TimeStrip
from ui.kit.maptools import Drawn, Name
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, PAD, Elided, label
from ui.models.map import MapModel
from ui.models.mapmarks import Patch, Shown, places_of, rings_of
from ui.models.mapstock import Sight
from ui.models.scene import SceneFacts

HOME_ZOOM, NEAR_ZOOM, SPOT_ZOOM = 11.0, 15.0, 16.0
CAMERA = "map/camera"
AGAIN_MS = 500
TOOLS: tuple[tuple[Name, str], ...] = (
    ("box", "select-box"), ("lasso", "lasso"), ("circle", "circle"), ("area", "area"),
    ("measure", "ruler"), ("point", "pin"),
)  # fmt: skip


class MapView(QWidget):
    """Shows, chooses and measures; changes nothing itself: what it wants done it asks as a line."""

    asked = Signal(str)
    selected = Signal(str, str)
    failed = Signal(object)
    menu_asked = Signal(QPoint)
    _came = Signal()

    def __init__(self, core: Core, outfit: Outfit) -> None:
        super().__init__()
        self._core = core
        self._outfit = outfit
        family = fonts.family(fonts.load())
        self.source = ground_of(core)
        self.model = MapModel(core, self.failed.emit, self)
        self._chosen: tuple[str, str] = ("", "")
        self._spot = ""
        self.following = ""
        self._closures: list[BaseGeometry] = []
        pictures = Pictures(self.source, core.maps.under, over=core.maps.labels)
        self.canvas = MapCanvas(
            Studio(pictures, family), outfit.look, core.work.call, self.failed.emit,
            family, self._home(),
        )  # fmt: skip
        self._said = Elided("accent")
        self.free_strip = self._said.free_strip
        self._clear, self._release = QToolButton(), QToolButton()
        self._layers = QToolButton()
        self._tools = {name: QToolButton() for name, _ in TOOLS}
        self._foot = label("caption")
        self._where = label("caption")
        self.legend = LegendPanel(self.model, outfit, self.canvas)
        self.inside = InsidePanel(outfit, self.canvas)
        self.found = FoundPanel(outfit, self.canvas)
        self.found.chosen.connect(self.show_spot)
        self.time = TimeStrip(self.model, core, outfit)
        self._lay_out()
        self._connect()
        for service in core.maps.services:
            service.came = self._came.emit
        MapCarried(self.canvas)
        self.setFocusProxy(self.canvas)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.retranslate()

    # ---- what others ask of it

    def refresh(self, changes: Changes) -> None:
        self.model.refresh(changes)

    def show_record(self, kind: str, id: str) -> None:
        """Show what is chosen elsewhere; the view moves there only if no hand holds it."""
        if (kind, id) == self._chosen:
            return
        self._chosen, self._spot = (kind, id), ""
        self.model.narrow(id if kind == "incident" else "")
        self._say()
        at = self.place_of(kind, id)
        self.canvas.live.chosen = None
        if at is not None:
            camera = looking(*at, max(self.canvas.camera.zoom, NEAR_ZOOM))
            self.canvas.live.chosen = (camera.x, camera.y)
            self.canvas.look_at(camera)
        self.canvas.update()

    @property
    def chosen(self) -> tuple[str, str]:
        return self._chosen

    def roads(self) -> Roads | None:
        """Give the roads as they are now: without what somebody closed by hand."""
        held = self._core.maps.roads()
        return held.closed(self._closures) if held is not None else None

    def place_of(self, kind: str, id: str) -> tuple[float, float] | None:
        """Give where a record is; None when nobody knows."""
        held = self._core.maps.component(id) if kind == COMPONENT else None
        record = held or (self._core.get(kind, id) if id else None)
        lon, lat = getattr(record, "lon", 0.0), getattr(record, "lat", 0.0)
        return (lon, lat) if lon and lat else None

    def show_scene(self, scene: str) -> None:
        """Show the layers that a scene names; "": what this seat chose for itself."""
        if scene != self.model.scene:
            self.model.open_scene(scene)
            self._say()

    def show_spot(self, spot: Spot) -> None:
        """Look at a place that somebody asked for by its words, and say how sure it is."""
        self.canvas.show_place((spot.lon, spot.lat), SPOT_ZOOM)
        self.canvas.live.crosshair = True
        self.canvas.live.chosen = (self.canvas.camera.x, self.canvas.camera.y)
        self._spot = spot.said
        self.canvas.setFocus()
        self._say()

    def follow_scene(self, facts: SceneFacts | None) -> None:
        """Show the layers of the scene that is open beside the map."""
        self.show_scene(facts.id if facts is not None else "")

    def go_home(self) -> None:
        """Look at the whole city, and let go of the view."""
        self.canvas.look_at(self._home(), by_hand=True)
        self.canvas.release()

    def follow(self, unit: str) -> None:
        """Keep a unit in the middle; "": follow nobody."""
        self.following = unit
        self.canvas.release()
        self._follow()
        self._say()

    def save(self) -> None:
        """Keep where this seat looked."""
        camera = self.canvas.camera
        words = f"{camera.x:.9f} {camera.y:.9f} {camera.zoom:.3f}"
        self._core.keep(f"{CAMERA}/{self._core.seat or '-'}", words.encode())

    def picture(self) -> QImage:
        """Give what is to be seen, with scale, source and time: for a file or paper."""
        ratio = self.canvas.devicePixelRatioF()
        whole = self.canvas.grab().toImage()
        strip = round(34 * ratio)
        image = QImage(whole.width(), whole.height() + strip, QImage.Format.Format_RGB32)
        image.fill(self._outfit.look.theme.colour("panel"))
        image.setDevicePixelRatio(ratio)
        painter = QPainter(image)
        painter.drawImage(0, 0, whole)
        painter.setPen(self._outfit.look.theme.colour("text"))
        when = Words(self._core).instant(self.model.then or self._core.clock.now())
        words = text("map.printed", city=self._core.city.name, when=when, source=self._foot.text())
        painter.drawText(12, round(whole.height() / ratio) + 22, words)
        painter.end()
        return image

    def coordinates(self, crs: str) -> str:
        """Give the chosen place, else the middle of the view, in a reference system."""
        at = self.place_of(*self._chosen)
        here = Cgcs2000.of(*at) if at else self.canvas.camera.middle
        lon, lat = datum.leave(here, crs)
        return f"{float(lon):.6f},{float(lat):.6f} {datum.labelled(crs)}"

    def retranslate(self) -> None:
        icons = self._outfit.icons
        for name, icon in TOOLS:
            self._tools[name].setIcon(icons.icon(icon))
            self._tools[name].setToolTip(text(f"choice.tool.{name}"))
        self._clear.setIcon(icons.icon("close", "text.caption"))
        self._clear.setToolTip(text("map.unfilter"))
        self._release.setIcon(icons.icon("unlock", "text.caption"))
        self._release.setToolTip(text("map.release"))
        self._layers.setIcon(icons.icon("list"))
        self._layers.setToolTip(text("map.layers"))
        for part in (self.legend, self.time):
            part.retranslate()
        self.canvas.setAccessibleName(text("map.name"))
        self._say()

    # ---- Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_panels()
        self.model.look(self._sight())

    # ---- private

    def _home(self) -> Camera:
        points = [d.point for d in self._core.city.districts.values() if any(d.point)]
        kept = self._core.kept(f"{CAMERA}/{self._core.seat or '-'}")
        if kept is not None and not hasattr(self, "canvas"):
            x, y, zoom = map(float, kept.decode().split())
            return Camera(x, y, zoom)
        if not points:
            return looking(118.8, 32.04, HOME_ZOOM)
        lon, lat = np.median(np.array(points), axis=0).tolist()
        return looking(lon, lat, HOME_ZOOM)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(PAD, 4, PAD, 4)
        head.setSpacing(GAP // 2)
        head.addWidget(self._said, 1)
        for button in (self._clear, self._release, *self._tools.values(), self._layers):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            head.addWidget(button)
        foot = QHBoxLayout()
        foot.setContentsMargins(PAD, 2, PAD, 4)
        foot.addWidget(self._foot, 1)
        foot.addWidget(self._where)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.canvas, 1)
        whole.addWidget(self.time)
        whole.addLayout(foot)
        self.legend.hide()
        self.inside.hide()

    def _connect(self) -> None:
        canvas = self.canvas
        self.model.shown.connect(self._show)
        canvas.picked.connect(self._pick)
        canvas.opened.connect(self._open)
        canvas.drew.connect(self._drew)
        canvas.asked_menu.connect(self.menu_asked)
        canvas.looked.connect(self._looked)
        self._came.connect(canvas.came, Qt.ConnectionType.QueuedConnection)
        self._came.connect(self._service_came, Qt.ConnectionType.QueuedConnection)
        self._clear.clicked.connect(lambda: self.asked.emit("select.clear"))
        self._release.clicked.connect(lambda: self.asked.emit("map.release"))
        self._layers.clicked.connect(lambda: self.asked.emit("map.layers"))
        for name, button in self._tools.items():
            button.clicked.connect(_asks(self.asked.emit, f"map.tool {name}"))
        self.inside.asked.connect(self.asked)
        self.inside.selected.connect(self.selected)
        self.time.told.connect(self._say)
        self.time.told.connect(canvas.update)
        self._outfit.look.changed.connect(self.retranslate)

    def _service_came(self) -> None:
        """Say how the services stand; ask each again when its rest is over."""
        self._say()
        for service in self._core.maps.services:
            if until := service.standing().rests_until:
                left = until - self._core.clock.wall()
                QTimer.singleShot(max(left, 0) + AGAIN_MS, self.canvas, self.canvas.came)

    def _looked(self) -> None:
        """Take note of where the map looks: what is there in masses is read for the view alone."""
        self.model.look(self._sight())
        self._say()

    def _sight(self) -> Sight:
        canvas = self.canvas
        wide, high = canvas.width(), canvas.height()
        left, top = canvas.camera.share(0, 0, wide, high)
        right, foot = canvas.camera.share(wide, high, wide, high)
        corners = places_of([(left, foot), (right, top)])
        (west, south), (east, north) = corners
        return Sight((west, south, east, north), canvas.camera.zoom)

    def _show(self, shown: Shown) -> None:
        self.canvas.show_shown(shown)
        self.legend.count(shown.counts, shown.fewer)
        self._follow()
        self._say()

    def _follow(self) -> None:
        unit = next((u for u in self.canvas.live.units if u.id == self.following), None)
        if unit is not None:
            self.canvas.look_at(self.canvas.camera.to(unit.x, unit.y))

    def _pick(self, kind: str, id: str) -> None:
        if kind == "incident":
            self.selected.emit(kind, id)
        elif kind in ("unit", "camera", COMPONENT):
            self.show_record(kind, id)
        elif kind == "shape":
            patches = self.canvas.shown.patches
            self._spot = next((p.name for p in patches if (p.kind, p.id) == (kind, id)), "")
            self._say()

    def _open(self, kind: str, id: str) -> None:
        if kind == "incident":
            self.asked.emit(f"card.open {id}")

    def _drew(self, drawn: Drawn) -> None:
        if drawn.tool == "point":
            lon, lat = next(iter(places_of(drawn.places)))
            self.asked.emit(f'form.open "incident.create --lon {lon:.6f} --lat {lat:.6f}"')
            self.canvas.take("pan")
            return
        if drawn.tool == "closure":
            self._close_road(drawn)
        if drawn.encloses:
            held = held_in(drawn, self.canvas.shown, self.model, self._core.maps)
            self.inside.show_found(held, self._chosen)
            self._place_panels()
            self.canvas.take("pan")

    def _close_road(self, drawn: Drawn) -> None:
        """Close what a drawn line crosses to all ways that are asked for from now on."""
        self._closures.append(LineString(list(places_of(drawn.places))))
        patches = tuple(
            Patch("closure", str(n), "", rings_of(line), "danger", fill=0.0)
            for n, line in enumerate(self._closures)
        )
        self.model.add_patches(patches)
        self.canvas.take("pan")

    def open_roads(self) -> None:
        """Open every road again that was closed by hand."""
        self._closures = []
        self.model.add_patches(())

    def _place_panels(self) -> None:
        for panel in (self.legend, self.inside, self.found):
            panel.place()

    def _say(self) -> None:
        """Say what the map shows, and what it does not."""
        said: list[str] = []
        self.canvas.live.then = self.time.said
        if self.model.scene:
            said.append(text("map.of_scene", scene=self._core.names("scene", self.model.scene)))
        if self.model.narrowing.title:
            said.append(text("map.filtered", title=self.model.narrowing.title))
        if self._spot:
            said.append(self._spot)
        if self._chosen[0] == COMPONENT:
            said.append(self._component(self._chosen[1]))
        if self.following:
            said.append(text("map.following", unit=self._core_name(self.following)))
        if self.canvas.tool.name != "pan":
            said.append(text(f"map.hint.{self.canvas.tool.name}"))
        self._said.show_words(" · ".join(said))
        self._clear.setVisible(bool(self.model.narrowing.title))
        self._release.setVisible(self.canvas.held)
        maps, when = self._core.maps, Words(self._core).instant
        self._foot.setText(said_of(self.source, maps.under, when, maps.labels))
        lon, lat = self.canvas.camera.middle.one
        held = text("map.held") if self.canvas.held else ""
        zoom = f"{self.canvas.camera.zoom:.1f}"
        self._where.setText(text("map.where", lon=f"{lon:.5f}", lat=f"{lat:.5f}", zoom=zoom) + held)

    def _component(self, code: str) -> str:
        held = self._core.maps.component(code)
        if held is None:
            return code
        return text(
            "map.component", name=held.name, code=held.code, state=held.state or UNKNOWN,
            owner=held.owner or UNKNOWN,
        )  # fmt: skip

    def _core_name(self, unit: str) -> str:
        record = self._core.get("unit", unit)
        return str(getattr(record, "call_sign", "") or unit)


def _asks(ask: Callable[[str], object], line: str) -> Callable[[], object]:
    return lambda: ask(line)
