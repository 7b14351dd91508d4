"""The wall's one surface: paints every tile, and turns what hands do there into wishes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QMimeData,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from console.video.layout import Cell
from ui.kit import theme
from ui.kit.fresh import NOTHING, Plans
from ui.kit.shots import Shots, shot
from ui.kit.theme import Look
from ui.kit.tilepaint import Drawn, Picture, Pixels, TilePainter, again, inside
from ui.kit.tilewords import room_of
from ui.models.face import Face

MIME, MIME_INCIDENT = "application/x-chengyun-camera", "application/x-chengyun-incident"
DARK = "night"
GAP = 2
FEW = 4
"""With so few pictures to be made larger, they are made so smoothly."""
WHOLE_EVERY = 150
"""So often new pictures come until the words are asked for anew: every few seconds."""
ZOOM, ZOOM_MOST = 1.25, 8.0
NEARER = (int(Qt.Key.Key_Plus), int(Qt.Key.Key_Equal))
WIDER = (int(Qt.Key.Key_Minus),)
"""Keys of the digital zoom, of the tile that is chosen."""


@dataclass(slots=True)
class _Zoom:
    """How much larger a tile shows its picture, and which point of it (0 to 1) in its middle."""

    factor: float = 1.0
    x: float = 0.5
    y: float = 0.5

    def part(self, width: int, height: int) -> QRectF:
        """Give which part of a picture of this size is shown."""
        wide, high = width / self.factor, height / self.factor
        left = min(max(0.0, self.x * width - wide / 2), width - wide)
        top = min(max(0.0, self.y * height - high / 2), height - high)
        return QRectF(left, top, wide, high)


class Tiles(QWidget):
    """All tiles in one widget: one paint event, no widget for each.

    ``pixels`` gives a tile's newest picture, ``face`` what it says. ``pressed``: a tile was
    clicked. ``sized``: how large their pictures may be (pixels of the screen), by number.
    ``dropped``: a camera was let go over a tile, from another tile (-1: from elsewhere).
    ``brought``: an incident was, by its id.
    """

    pressed = Signal(int)
    chosen = Signal(int)
    dropped = Signal(int, str, int)
    brought = Signal(int, str)
    sized = Signal(object)
    left = Signal()

    def __init__(
        self, look: Look, pixels: Callable[[int], Pixels | None], face: Callable[[int], Face],
        camera: Callable[[int], str], hint: Callable[[int], str],
    ) -> None:  # fmt: skip
        super().__init__()
        self._look = look
        # A picture's surround is dark whatever is worn: only so does the eye see into the picture.
        self._dark = theme.read(DARK)
        self._pixels = pixels
        self._face = face
        self._camera = camera
        self._hint = hint
        self._cells: tuple[Cell, ...] = ()
        self._large: int | None = None
        self._current = 0
        self._began: QPoint | None = None
        self._zooms: dict[int, _Zoom] = {}
        self._places: list[QRect] = []
        self._ground = QRegion()
        self._drawn: dict[int, Drawn] = {}
        self._shots = Shots()
        self._plans = Plans(self._drawn)
        self._awaited = NOTHING
        self._shows = 0
        self._told: dict[int, QSize] = {}
        self._retell = QTimer(self, singleShot=True, interval=0)
        self._retell.timeout.connect(self._tell_sizes)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setMinimumSize(240, 135)
        look.changed.connect(self._repaint)

    # ---- what is shown

    def lay_out(self, cells: Sequence[Cell]) -> None:
        self._cells = tuple(cells)
        self._large = None
        self._current = min(self._current, len(cells) - 1)
        self._zooms.clear()
        self._place()
        self.update()

    def enlarge(self, number: int | None) -> None:
        self._large = number
        self._zooms.clear()
        self._place()
        self.update()

    def show_fresh(self, numbers: Sequence[int]) -> None:
        """Paint the new pictures of tiles at once; now and then all anew, their words too."""
        self._shows += 1
        if self._shows % WHOLE_EVERY == 0:
            self.update()
            return
        if self._large is not None:
            numbers = [n for n in numbers if n == self._large]
        fresh = self._awaited = self._plans.of(tuple(numbers))
        self.repaint(fresh.region)
        for number in fresh.whole:
            self.update(self._places[number])

    @property
    def current(self) -> int:
        """Give the tile that keys work on."""
        return self._current

    def choose(self, number: int) -> None:
        if 0 <= number < len(self._cells):
            before, self._current = self._current, number
            self.update(self.rect_of(before))
            self.update(self.rect_of(number))
            self.chosen.emit(number)

    def rect_of(self, number: int) -> QRect:
        """Give where a tile is."""
        return self._places[number]

    def room_of(self, number: int) -> QRect:
        """Give where in a tile its picture may lie: above its words."""
        rect = self._places[number]
        return QRect(rect.topLeft(), room_of(self._face(number), rect, self.font()))

    def at(self, point: QPoint) -> int | None:
        """Give the tile under a point."""
        if self._large is not None:
            return self._large
        return next((n for n in range(len(self._cells)) if self.rect_of(n).contains(point)), None)

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    # ---- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, region = QPainter(self), event.region()
        if region == self._awaited.region:
            for number, drawn in self._awaited.drawn:
                picture = self._picture(number)
                if picture is None or not again(painter, drawn, picture):
                    self.update(drawn.rect)
        else:
            self._plans.clear()
            self._paint(painter, region)
        painter.end()
        self._awaited = NOTHING

    def _paint(self, painter: QPainter, region: QRegion) -> None:
        """Paint all of every tile that a region touches, and the ground between them."""
        numbers = range(len(self._cells)) if self._large is None else (self._large,)
        ratio, few = self.devicePixelRatioF(), len(numbers) <= FEW
        tiles = TilePainter(painter, self._dark, ratio, self._drawn, smooth=few)
        if region.intersects(self._ground):
            painter.setClipRegion(region & self._ground)
            painter.fillRect(self.rect(), self._look.theme.colour("ground"))
        for number in numbers:
            rect = self._places[number]
            if region.intersects(rect):
                painter.setClipRect(rect)
                tiles.tile(rect, self._face(number), self._picture(number), number)
                if self._drawn[number].room.size() != self._told.get(number):
                    self._retell.start()

    def _picture(self, number: int) -> Picture | None:
        found = self._pixels(number)
        if found is None:
            return None
        zoom = self._zooms.get(number)
        if zoom is None or zoom.factor <= 1.0:
            return self._shots.of(number, found)
        return shot(found, zoom.part(found[1], found[2]))

    def zoom_of(self, number: int) -> float:
        found = self._zooms.get(number)
        return found.factor if found else 1.0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._began = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._began is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        moved = (event.position().toPoint() - self._began).manhattanLength()
        number = self.at(self._began)
        if moved < QApplication.startDragDistance() or number is None:
            return
        if self.zoom_of(number) > 1.0:
            self._pull(number, event.position().toPoint())
        elif self._large is None and self._camera(number):
            self._began = None
            self._drag(number)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        began, self._began = self._began, None
        number = self.at(event.position().toPoint())
        if began is None or number is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if (
            event.position().toPoint() - began
        ).manhattanLength() < QApplication.startDragDistance():
            self.choose(number)
            self.pressed.emit(number)

    def wheelEvent(self, event: QWheelEvent) -> None:
        number = self.at(event.position().toPoint())
        if number is None:
            return
        self._zoom_at(number, event.position(), 1 if event.angleDelta().y() > 0 else -1)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {int(Qt.Key.Key_Left): (-1, 0), int(Qt.Key.Key_Right): (1, 0),
                 int(Qt.Key.Key_Up): (0, -1), int(Qt.Key.Key_Down): (0, 1)}  # fmt: skip
        if event.key() in steps and self._large is None:
            self._step(*steps[event.key()])
        elif event.key() in (int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter), int(Qt.Key.Key_Space)):
            self.pressed.emit(self._current)
        elif event.key() in NEARER + WIDER:
            middle = QPointF(self.rect_of(self._current).center())
            self._zoom_at(self._current, middle, 1 if event.key() in NEARER else -1)
        elif event.key() == int(Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME) or event.mimeData().hasFormat(MIME_INCIDENT):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        number = self.at(event.position().toPoint())
        if number is None:
            return
        event.acceptProposedAction()
        if event.mimeData().hasFormat(MIME_INCIDENT):
            incident = bytes(event.mimeData().data(MIME_INCIDENT).data()).decode()
            self.brought.emit(number, incident)
            return
        said = bytes(event.mimeData().data(MIME).data()).decode()
        camera, _, source = said.partition(" ")
        self.dropped.emit(number, camera, int(source or -1))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            number = self.at(event.pos())
            QToolTip.showText(event.globalPos(), self._hint(number) if number is not None else "")
            return True
        return super().event(event)

    # ---- inside

    def _repaint(self) -> None:
        self._drawn.clear()
        self._plans.clear()
        self.update()

    def _step(self, right: int, down: int) -> None:
        """Go to the nearest tile in a direction."""
        here = self.rect_of(self._current).center()
        ahead: list[tuple[int, int]] = []
        for number in range(len(self._cells)):
            there = self.rect_of(number).center() - here
            along, aside = (
                there.x() * right + there.y() * down,
                there.x() * down + there.y() * right,
            )
            if along > 0:
                ahead.append((along + 3 * abs(aside), number))
        if ahead:
            self.choose(min(ahead)[1])

    def _zoom_at(self, number: int, point: QPointF, by: int) -> None:
        zoom = self._zooms.setdefault(number, _Zoom())
        rect = self.rect_of(number)
        found = self._pixels(number)
        shown = inside(self.room_of(number), found[1], found[2]) if found else rect
        across = (point.x() - shown.x()) / max(1, shown.width())
        down = (point.y() - shown.y()) / max(1, shown.height())
        # The point under the pointer stays under it.
        x, y = zoom.x + (across - 0.5) / zoom.factor, zoom.y + (down - 0.5) / zoom.factor
        zoom.factor = min(ZOOM_MOST, max(1.0, zoom.factor * (ZOOM if by > 0 else 1 / ZOOM)))
        zoom.x, zoom.y = x - (across - 0.5) / zoom.factor, y - (down - 0.5) / zoom.factor
        half = 0.5 / zoom.factor
        zoom.x, zoom.y = (min(max(half, v), 1 - half) for v in (zoom.x, zoom.y))
        self.update(rect)

    def _pull(self, number: int, to: QPoint) -> None:
        """Move what is shown of a picture that is zoomed in."""
        zoom, rect = self._zooms[number], self.rect_of(number)
        moved = to - (self._began or to)
        self._began = to
        half = 0.5 / zoom.factor
        zoom.x = min(max(half, zoom.x - moved.x() / rect.width() / zoom.factor), 1 - half)
        zoom.y = min(max(half, zoom.y - moved.y() / rect.height() / zoom.factor), 1 - half)
        self.update(rect)

    def _drag(self, number: int) -> None:
        drag = QDrag(self)
        mime = QMimeData()
        mime.setData(MIME, f"{self._camera(number)} {number}".encode())
        drag.setMimeData(mime)
        # Qt knows no other way to drag; the wall goes on being painted meanwhile.
        drag.exec(Qt.DropAction.MoveAction)

    def _place(self) -> None:
        """Work out where the tiles are, and tell their sizes."""
        wide, high = self.width() + GAP, self.height() + GAP
        self._drawn.clear()
        self._plans.clear()
        self._shots.clear()
        self._places = []
        for cell in self._cells:
            left, top = round(cell.x * wide), round(cell.y * high)
            right = round((cell.x + cell.width) * wide) - GAP
            bottom = round((cell.y + cell.height) * high) - GAP
            self._places.append(QRect(left, top, max(1, right - left), max(1, bottom - top)))
        if self._large is not None:
            self._places[self._large] = self.rect()
        shown = self._places if self._large is None else [self.rect()]
        self._ground = QRegion(self.rect())
        for rect in shown:
            self._ground -= QRegion(rect)
        self._told = {}
        self._tell_sizes()

    def _tell_sizes(self) -> None:
        """Tell how large pictures may be that have another room than was told."""
        rooms = {number: self.room_of(number).size() for number in range(len(self._places))}
        ratio = self.devicePixelRatioF()
        sizes = {
            number: (round(room.width() * ratio), round(room.height() * ratio))
            for number, room in rooms.items() if room != self._told.get(number)
        }  # fmt: skip
        self._told = rooms
        if sizes:
            self.sized.emit(sizes)
