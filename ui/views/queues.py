"""The rail on the left: every queue with its count; overdue is red, what soon will be is amber."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from console.base.text import text
from console.domain.queue import Queue
from ui.kit.outfit import Outfit
from ui.kit.shapes import shape_pixmap
from ui.models.queues import ROLES, QueueCounts

HEIGHT, PAD, BAR, GLYPH = 34, 14, 3, 12
GROUPS = (("due_soon", "overdue"), ("mine", "watched"))
GAP = 8


class QueueRail(QWidget):
    """Queues in the order of their file, set apart in groups. Up and Down go through them."""

    asked = Signal(str)

    def __init__(self, queues: Mapping[str, Queue], counts: QueueCounts, outfit: Outfit) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._counts = counts
        self.entries = {key: Entry(key, outfit) for key, queue in queues.items() if queue.listed}
        group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, GAP)
        column.setSpacing(0)
        starts = {keys[0] for keys in GROUPS} | {"supervised", "underway"}
        for key, entry in self.entries.items():
            if key in starts:
                column.addSpacing(GAP)
            group.addButton(entry)
            column.addWidget(entry)
            entry.clicked.connect(lambda _on=False, k=key: self.asked.emit(f"queue.open {k}"))
        column.addSpacing(GAP)
        self.scenes = Entry("scenes", outfit)
        self.scenes.setCheckable(False)
        self.scenes.clicked.connect(lambda: self.asked.emit("scene.open"))
        column.addWidget(self.scenes)
        column.addStretch(1)
        counts.changed.connect(self.show_counts)
        self.retranslate()

    def mark(self, key: str) -> None:
        """Show which queue is open."""
        if key in self.entries:
            self.entries[key].setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        for key, entry in self.entries.items():
            entry.count(counts.get(key))

    def retranslate(self) -> None:
        for key, entry in self.entries.items():
            entry.setText(text(f"queue.{key}"))
        self.scenes.setText(text("scene.rail"))
        self.show_counts(self._counts.counts)


class Entry(QPushButton):
    """One queue: its name, and how many it holds."""

    def __init__(self, key: str, outfit: Outfit) -> None:
        super().__init__()
        self._key = key
        self._outfit = outfit
        self._count: int | None = None
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def count(self, count: int | None) -> None:
        """Show a number; None: it is not known, or not counted."""
        self._count = count
        self.setAccessibleName(self.text() if count is None else f"{self.text()} {count}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Enter, QEvent.Type.Leave}:
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._outfit.look.theme
        painter = QPainter(self)
        rect = self.rect()
        if self.isChecked():
            painter.fillRect(rect, theme.colour("selection"))
            painter.fillRect(rect.x(), rect.y(), BAR, rect.height(), theme.colour("accent"))
        elif self.underMouse():
            painter.fillRect(rect, theme.colour("hover"))
        if self.hasFocus():
            painter.setPen(theme.colour("focus"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        painter.setPen(theme.colour("text" if self.isChecked() or self._count else "text.second"))
        side = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignLeft), self.text())
        role, glyph = ROLES.get(self._key, ("text.second", "")) if self._count else ("", "")
        words = "" if self._count is None else f"{self._count:,}"
        painter.setPen(theme.colour(role or "text.caption"))
        painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignRight), words)
        if glyph:
            room = painter.fontMetrics().horizontalAdvance(words) + 6 + GLYPH
            picture = shape_pixmap(self._outfit.look, glyph, role)
            painter.drawPixmap(inner.right() - room, rect.center().y() - GLYPH // 2, picture)
