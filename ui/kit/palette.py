"""The popup under a line: ways on, and what the line would do.

A child of its window: it takes no focus from anybody, and stands over whatever is below.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from console.base.text import text
from console.domain.plan import Candidate
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, PAD, Elided, Pool, label, rule, tone
from ui.models.palette import SHOWN, Preview, Said, Ways

LINE_MAX = 8
"""How many lines of a preview are shown."""
LEAST, MOST = 240, 860


class _Way(QFrame):
    """One candidate: its words, what it needs, and its key."""

    pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.place = 0
        self.setProperty("surface", "choice")
        self.setFixedHeight(28)
        self._name = label()
        self._hint = Elided("caption")
        self._key = label("key")
        line = QHBoxLayout(self)
        line.setContentsMargins(PAD, 0, PAD, 0)
        line.setSpacing(PAD)
        line.addWidget(self._name)
        line.addWidget(self._hint, 1)
        line.addWidget(self._key)

    def show_way(self, way: Candidate, place: int, key: str, chosen: bool) -> None:
        self.place = place
        self._name.setText(way.shown)
        self._hint.show_words(way.hint)
        self._key.setText(key)
        self._key.setVisible(bool(key))
        if self.property("chosen") is not chosen:
            self.setProperty("chosen", chosen)
            self.style().unpolish(self)
            self.style().polish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self.place)
        event.accept()


class Palette(QFrame):
    """Hangs below (or above) the widget that it belongs to, in the same window."""

    pressed = Signal(int)

    def __init__(self, anchor: QWidget, outfit: Outfit, keys: dict[str, str] | None = None) -> None:
        super().__init__(anchor)
        self._anchor = anchor
        self._keys = keys or {}
        self._outfit = outfit
        self.setProperty("surface", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ways = Ways()
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._rows: Pool[_Way] = Pool(self._list, self._way)
        self._rule = rule()
        self._rule.hide()
        self._said = QVBoxLayout()
        self._said.setSpacing(2)
        self._lines: Pool[QLabel] = Pool(self._said, lambda: label(wrap=True))
        self._said_any = False
        self._foot = label("caption")
        self._foot.hide()
        self._foot.setContentsMargins(PAD, 2, PAD, 6)
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 4, 1, 0)
        whole.setSpacing(0)
        whole.addLayout(self._list)
        whole.addWidget(self._rule)
        whole.addLayout(self._said)
        whole.addWidget(self._foot)
        self.hide()
        anchor.installEventFilter(self)

    def show_ways(self, found: Sequence[Candidate]) -> None:
        self.ways.show(found)
        self._fill()

    def move_by(self, by: int) -> None:
        """Choose another candidate."""
        self.ways.move(by)
        self._fill()

    def show_said(self, said: Sequence[Said]) -> None:
        """Show a preview's lines; none: no room is taken for them."""
        shown = list(said[:LINE_MAX])
        if len(said) > LINE_MAX:
            more = text("palette.more", n=len(said) - LINE_MAX)
            shown.append(Said(more, "text.caption"))
        for line, each in zip(self._lines.show(len(shown)), shown, strict=True):
            line.setText(each.words)
            tone(line, each.role)
        self._said_any = bool(shown)
        self._rule.setVisible(self._said_any and bool(self.ways.all))
        margins = (PAD, GAP, PAD, GAP) if shown else (0, 0, 0, 0)
        self._said.setContentsMargins(*margins)
        self._place()

    def show_preview(self, seen: Preview) -> None:
        """Show what a line would do, or why it would not."""
        refused = (Said(seen.refused, "warning"),) if seen.refused else ()
        self.show_said((*refused, *seen.said))

    def show_foot(self, words: str) -> None:
        self._foot.setText(words)
        self._foot.setVisible(bool(words))

    def open(self) -> None:
        """Come up, if there is anything to show."""
        if not (self.ways.all or self._said_any or self._foot.text()):
            self.hide()
            return
        self.show()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize} and self.isVisible():
            self._place()
        elif event.type() == QEvent.Type.Hide:
            self.hide()
        return super().eventFilter(watched, event)

    def _way(self) -> _Way:
        made = _Way()
        made.pressed.connect(self.pressed)
        return made

    def _fill(self) -> None:
        start, seen = self.ways.seen()
        rows = self._rows.show(min(len(seen), SHOWN))
        for n, (line, way) in enumerate(zip(rows, seen, strict=True)):
            key = self._keys.get(way.command, "") if way.command else ""
            line.show_way(way, start + n, key, start + n == self.ways.chosen)
        self._place()

    def _place(self) -> None:
        """Stand under the anchor, as wide as it; above it where there is no room below."""
        if self.isHidden():
            return
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            self.show()
        width = min(max(self._anchor.width(), LEAST), MOST, window.width() - 16)
        layout = self._whole
        layout.activate()
        height = max(layout.totalHeightForWidth(width), layout.minimumSize().height())
        below = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 4))
        x = max(8, min(below.x(), window.width() - width - 8))
        y = below.y()
        if y + height > window.height() and below.y() > window.height() // 2:
            y = self._anchor.mapTo(window, QPoint(0, 0)).y() - height - 4
        self.setGeometry(x, y, width, height)
        self.raise_()
