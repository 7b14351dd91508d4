"""A map as one widget: a camera, a scene drawn by a worker, a live overlay, and hands.

A frame is one picture placed and the overlay painted; the ground is never drawn on the screen's
thread. While a new scene is made the old one is moved and scaled. The view never moves by itself
once a hand has moved it: ``held`` says so, until ``release``.
"""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from ui.kit.mapcamera import STEP, Camera, looking
from ui.kit.mapoverlay import Live, Overlay, View
from ui.kit.mappick import Found, cluster_at, under
from ui.kit.mapscene import MARGIN, Request, Scene, Studio
from ui.kit.maptools import DRAGGED, Name, Tool
from ui.kit.theme import Look
from ui.models.mapmarks import Cluster, Moving, Shown
from ui.models.news import Answers

Call = Callable[[Callable[[], Any]], "Future[Any]"]
SETTLE_MS, DATA_MS = 70, 250
FAR_ZOOM = 11.6
"""A scene as far away as this is kept, to be seen while a nearer one is made."""
PAN = 90.0
CLICK = 5
ARROWS = {
    int(Qt.Key.Key_Left): (-1, 0), int(Qt.Key.Key_Right): (1, 0),
    int(Qt.Key.Key_Up): (0, -1), int(Qt.Key.Key_Down): (0, 1),
}  # fmt: skip
ZOOMS = {
    int(Qt.Key.Key_Plus): STEP, int(Qt.Key.Key_Equal): STEP, int(Qt.Key.Key_Minus): -STEP,
}  # fmt: skip


class MapCanvas(QWidget):
    """``call`` runs a job on a worker. Signals tell what a hand did; the canvas changes no record.

    ``picked``: (kind, id) under the hand, ("", "") for none. ``drew``: what a tool drew.
    ``asked_menu``: where, on the screen. ``looked``: the camera has moved.
    """

    picked = Signal(str, str)
    opened = Signal(str, str)
    drew = Signal(object)
    asked_menu = Signal(QPoint)
    looked = Signal()
    drawn = Signal()

    def __init__(
        self, studio: Studio, look: Look, call: Call, failed: Callable[[BaseException], None],
        family: str, camera: Camera,
    ) -> None:  # fmt: skip
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(240, 160))
        self._studio = studio
        self._look = look
        self._call = call
        self._answers = Answers(failed, self)
        self._overlay = Overlay(family)
        self._shown = Shown()
        self._number = 0
        self._busy = False
        self._stale = True
        self.camera = camera
        self.scene: Scene | None = None
        self._far: Scene | None = None
        self.live = Live()
        self.tool = Tool()
        self.held = False
        self._pressed: tuple[QPointF, Camera] | None = None
        self._moved = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._ask)
        look.changed.connect(self.redraw)

    # ---- what is shown

    def show_shown(self, shown: Shown) -> None:
        """Show other points and areas; units move without a new scene."""
        self.live.move(shown.units)
        self.live.tails = shown.tails
        still = (shown.marks, shown.patches, shown.heat)
        if still != (self._shown.marks, self._shown.patches, self._shown.heat):
            self._stale = True
            self._later(DATA_MS)
        self._shown = shown
        self.update()

    def move_units(self, units: tuple[Moving, ...]) -> None:
        """Show where units are now: only the overlay is painted anew."""
        self.live.move(units)
        self.update()

    @property
    def shown(self) -> Shown:
        return self._shown

    def redraw(self) -> None:
        """Draw the scene anew: the look, the source or the data has changed."""
        self._stale = True
        self._later(0)
        self.update()

    def came(self) -> None:
        """Draw what came of a source that answers late; a few times a second at most."""
        self._stale = True
        self._later(DATA_MS)

    # ---- looking

    def look_at(self, camera: Camera, *, by_hand: bool = False) -> None:
        """Look somewhere. What is not done by hand does not move a view that a hand holds."""
        if self.held and not by_hand:
            return
        self._studio.pictures.turn.take()
        self.held = self.held or by_hand
        self.camera = camera
        self.looked.emit()
        self.update()
        self._ask_if_needed()

    def show_place(self, lon_lat: tuple[float, float], zoom: float = 0.0) -> None:
        """Look at a place because somebody asked for it."""
        self.look_at(looking(*lon_lat, max(zoom, self.camera.zoom)), by_hand=True)

    def release(self) -> None:
        """Let the view follow again."""
        self.held = False
        self.looked.emit()

    def view(self) -> View:
        return View(
            self.camera, self.width(), self.height(), self.devicePixelRatioF(), self._look.theme
        )

    def take(self, tool: Name) -> None:
        """Take a tool in hand."""
        self.tool.take(tool)
        self.setCursor(Qt.CursorShape.ArrowCursor if tool == "pan" else Qt.CursorShape.CrossCursor)
        self.update()

    def under(self, at: QPointF) -> Found:
        """Give kind, id and name of what is under a point: a unit, a point, or nothing."""
        camera = self.camera
        return under(self._share(at), camera.scale, camera.zoom, self.live, self._shown)

    def cluster_at(self, at: QPointF) -> Cluster | None:
        """Give the cluster under a point."""
        held = self.scene.clusters if self.scene is not None else ()
        return cluster_at(self._share(at), self.camera.scale, held)

    # ---- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        self._studio.pictures.turn.take()
        painter = QPainter(self)
        self._paint_scene(painter)
        view = self.view()
        self._overlay.paint(painter, view, self.live, self.tool)
        self._overlay.scale(painter, view, 16, self.height() - 16)
        painter.end()
        self._studio.pictures.turn.give()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stale = True
        self._later(0 if self.scene is None else SETTLE_MS)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._later(0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom(event.angleDelta().y() / 120 * STEP, event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.live.crosshair = False
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._moved = (event.position(), self.camera), False
            if self.tool.name in DRAGGED:
                self.tool.press(self._share(event.position()))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed is None:
            self._hover(at)
            return
        start, camera = self._pressed
        self._moved = self._moved or (at - start).manhattanLength() > CLICK
        if self.tool.name in DRAGGED:
            self.tool.drag(self._share(at))
            self.update()
        elif self._moved:
            left = start - at
            self.look_at(camera.moved(left.x(), left.y()), by_hand=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        at = event.position()
        if self.tool.name in DRAGGED:
            if self._moved:
                drawn = self.tool.finish() if self.tool.name == "lasso" else None
                drawn = drawn or self.tool.put(self._share(at))
                self._give(drawn)
        elif self.tool.name != "pan" and not self._moved:
            self._give(self.tool.put(self._share(at)))
        elif not self._moved:
            self._pick(at)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.tool.name in ("measure", "area", "closure"):
            self._give(self.tool.finish())
        elif self.tool.name == "pan":
            kind, found, _ = self.under(event.position())
            if found:
                self.opened.emit(kind, found)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        kind, found, _ = self.under(QPointF(event.pos()))
        if found:
            self.picked.emit(kind, found)
        self.asked_menu.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, far = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in ARROWS:
            right, down = ARROWS[key]
            step = PAN * (3 if far else 1)
            self.live.crosshair = True
            self.look_at(self.camera.moved(right * step, down * step), by_hand=True)
            self._aim()
        elif key in ZOOMS:
            self._zoom(ZOOMS[key], QPointF(self.width() / 2, self.height() / 2))
        elif not self._tool_key(key):
            super().keyPressEvent(event)

    # ---- private

    def _tool_key(self, key: int) -> bool:
        """Do what a key does to the tool; say whether it did anything."""
        middle = QPointF(self.width() / 2, self.height() / 2)
        idle = self.tool.name == "pan"
        match Qt.Key(key):
            case Qt.Key.Key_Space:
                self.live.crosshair = True
                if idle:
                    self._pick(middle)
                else:
                    self._give(self.tool.put(self._share(middle)))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not idle:
                self._give(self.tool.finish())
            case Qt.Key.Key_Backspace if not idle:
                self.tool.back()
            case Qt.Key.Key_Escape if not idle or self.live.crosshair:
                self.live.crosshair = False
                self.take("pan")
            case _:
                return False
        self.update()
        return True

    def _aim(self) -> None:
        """Let the open end of what is drawn by keyboard be the middle of the view."""
        if self.tool.name != "pan":
            self.tool.hover = (self.camera.x, self.camera.y)

    def _give(self, drawn: object) -> None:
        if drawn is not None:
            self.drew.emit(drawn)

    def _pick(self, at: QPointF) -> None:
        group = self.cluster_at(at)
        if group is not None:
            self._open(group)
            return
        kind, found, _ = self.under(at)
        self.picked.emit(kind, found)

    def _open(self, group: Cluster) -> None:
        """Look nearer at what stands for several, until it comes apart."""
        left, top, right, foot = group.box
        wide = max((right - left) * self.camera.scale / max(self.width() * 0.5, 1), 1e-6)
        high = max((foot - top) * self.camera.scale / max(self.height() * 0.5, 1), 1e-6)
        nearer = min(max(-np.log2(max(wide, high)), 1.0), 4.0)
        middle = Camera((left + right) / 2, (top + foot) / 2, self.camera.zoom)
        self.look_at(middle.zoomed(float(nearer), 0, 0, 0, 0), by_hand=True)

    def _hover(self, at: QPointF) -> None:
        if self.tool.name != "pan":
            self.tool.hover = self._share(at)
            self.update()
            return
        _, _, said = self.under(at)
        before = self.live.hovered
        self.live.hovered = (*self._share(at), said) if said else None
        if before is not None or said:
            self.update()

    def _share(self, at: QPointF) -> tuple[float, float]:
        return self.camera.share(at.x(), at.y(), self.width(), self.height())

    def _zoom(self, by: float, at: QPointF) -> None:
        near = self.camera.zoomed(by, at.x(), at.y(), self.width(), self.height())
        self.look_at(near, by_hand=True)

    def _paint_scene(self, painter: QPainter) -> None:
        scene, ratio = self.scene, self.devicePixelRatioF()
        if scene is None:
            painter.fillRect(self.rect(), self._look.theme.colour("map.beyond"))
            return
        grow, box = self.camera.scale / scene.scale, self._box(scene)
        if not box.contains(QRectF(self.rect())):
            painter.fillRect(self.rect(), self._look.theme.colour("map.beyond"))
            self._paint_far(painter)
        if abs(grow - 1) < 2e-3:
            at = QPointF(round(box.left() * ratio) / ratio, round(box.top() * ratio) / ratio)
            painter.drawImage(at, scene.image)
        else:
            painter.drawImage(box, scene.image)

    def _box(self, scene: Scene) -> QRectF:
        """Give where a scene lies in the view, in points."""
        grow = self.camera.scale / scene.scale
        left = scene.left * grow - (self.camera.x * self.camera.scale - self.width() / 2)
        top = scene.top * grow - (self.camera.y * self.camera.scale - self.height() / 2)
        return QRectF(QPointF(left, top), scene.image.deviceIndependentSize() * grow)

    def _paint_far(self, painter: QPainter) -> None:
        """Show the whole city, as it was drawn last, where nearer ground is not drawn yet."""
        far = self._far
        if far is None or far is self.scene or far.request.theme is not self._look.theme:
            return
        painter.drawImage(self._box(far), far.image)

    def _ask_if_needed(self) -> None:
        scene = self.scene
        if scene is None or scene.request.camera.zoom != self.camera.zoom:
            self._stale = True
            self._later(SETTLE_MS)
            return
        before = scene.request.camera
        far = max(abs(before.x - self.camera.x), abs(before.y - self.camera.y)) * self.camera.scale
        if far > MARGIN / 2:
            self._stale = True
            self._later(0)

    def _later(self, ms: int) -> None:
        if not self._settle.isActive() or ms < self._settle.remainingTime():
            self._settle.start(ms)

    def _ask(self) -> None:
        """Have a scene drawn, one at a time; what changed meanwhile is drawn after it."""
        if self._busy or not self._stale or self.width() < 2 or not self.isVisible():
            return
        self._busy, self._stale = True, False
        self._number += 1
        request = Request(
            self._number, self.camera, self.width(), self.height(), self.devicePixelRatioF(),
            self._look.theme, self._shown,
        )  # fmt: skip
        drawn = self._call(lambda under=self.scene: self._studio.draw(request, under=under))
        self._answers.ask("scene", drawn, self._got)

    def _got(self, scene: Scene) -> None:
        self._busy = False
        self.scene = scene
        self.live.clusters = scene.clusters
        if scene.whole and scene.request.camera.zoom <= FAR_ZOOM:
            self._far = scene
        self.update()
        if not scene.whole:
            self._stale = True
        if self._stale:
            self._later(0 if not scene.whole else SETTLE_MS)
        self._ask_if_needed()
        self.drawn.emit()
