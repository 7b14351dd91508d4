"""One page of a display: its tiles in their places, drawn before they are shown."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from console.base.text import text
from console.domain.page import Page, Tile
from ui.kit.ink import Ink, Type
from ui.kit.outfit import Outfit
from ui.kit.tile import TileView
from ui.models.arrange import arrange
from ui.models.pagefeed import Shown
from ui.models.writing import Writing, titled


class PageView(QWidget):
    """Shows what it was given last. ``opened``: what stands behind a number that was touched."""

    opened = Signal(object, str)
    prepared = Signal()

    def __init__(self, page: Page, outfit: Outfit, writing: Writing, type_: Type) -> None:
        super().__init__()
        self.page = page
        self._outfit = outfit
        self._type = type_
        self.ink = Ink()
        self.left_out: tuple[Tile, ...] = ()
        self.tiles = {t.key: TileView(t, outfit, writing, type_) for t in page.tile}
        self.ready = False
        self._soon: list[Callable[[], object]] = []
        self._next = QTimer(self)
        self._next.setInterval(0)
        self._next.timeout.connect(self._show_next)
        for view in self.tiles.values():
            view.setParent(self)
            view.opened.connect(self.opened)
        outfit.look.changed.connect(self.update)

    @property
    def shown(self) -> list[TileView]:
        """Give the tiles that have their room."""
        gone = {tile.key for tile in self.left_out}
        return [view for key, view in self.tiles.items() if key not in gone]

    def show_all(self, shown: Shown) -> None:
        """Take the figures of a moment, all at once."""
        self._soon = []
        for key, view in self.tiles.items():
            view.show_figure(shown.figures[key], shown.rows.get(key, ()))
        self.ready = True

    def show_soon(self, shown: Shown) -> None:
        """Take the figures of a moment, a tile in each turn of the loop: nobody waits for all."""
        self._soon = [self._showing(view, shown) for view in self.tiles.values()]
        self._next.start()

    def prepare(self, shown: Shown) -> None:
        """Take figures and paint each tile once, unseen, in turns of the loop; then ``prepared``.

        The first painting of a chart costs more than all later ones: all at once they would hold
        the page up that stands meanwhile.
        """
        self._soon = []
        for view in self.tiles.values():
            self._soon += [self._showing(view, shown), view.grab]
        self._soon.append(self._prepared)
        self._next.start()

    def _showing(self, view: TileView, shown: Shown) -> Callable[[], None]:
        key = view.tile.key
        return lambda: view.show_figure(shown.figures[key], shown.rows.get(key, ()))

    def _prepared(self) -> None:
        self.ready = True
        self.prepared.emit()

    def _show_next(self) -> None:
        if not self._soon:
            self._next.stop()
            return
        self._soon.pop(0)()

    def lay_out(self) -> None:
        """Put the tiles where they stand; those without room are named at the foot."""
        type_ = self._type
        width, height = self.width(), self.height()
        found = arrange(self.page.tile, width, height, type_.body, type_.gap)
        if found.left_out:
            found = arrange(
                self.page.tile, width, height - type_.line() - type_.gap, type_.body, type_.gap
            )
        self.left_out = found.left_out
        for place in found.places:
            view = self.tiles[place.tile.key]
            view.setGeometry(place.x, place.y, place.width, place.height)
            view.show()
        for tile in found.left_out:
            self.tiles[tile.key].hide()
        self._say_left_out()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        theme = self._outfit.look.theme
        painter.fillRect(self.rect(), theme.colour("ground"))
        self.ink.paint(painter, theme)
        painter.end()

    def _say_left_out(self) -> None:
        self.ink.clear()
        if self.left_out:
            names = text("page.and").join(titled(tile) for tile in self.left_out)
            self.ink.put(
                text("page.left_out", names=names), self._type.pad,
                self.height() - self._type.line(), self._type.body, "text.second",
                width=self.width() - 2 * self._type.pad, ground="ground",
            )  # fmt: skip
