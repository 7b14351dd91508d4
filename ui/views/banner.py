"""What has just arrived: slides in under the top bar, takes no focus, flashes never."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from console.base.text import text
from console.domain.rows import SHAPES, Row
from ui.kit.outfit import Outfit
from ui.kit.parts import Elided
from ui.kit.shapes import shape_pixmap
from ui.models.arrivals import severe

SHOWN_MS = 8_000


class Banner(QFrame):
    """One line for all that came; with any of level I or II it stays until acknowledged."""

    asked = Signal(str)
    resized = Signal()

    def __init__(self, outfit: Outfit, shown_ms: int = SHOWN_MS) -> None:
        super().__init__()
        self._outfit = outfit
        self._rows: list[Row] = []
        self.setProperty("surface", "notice")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._glyph = QLabel()
        self._words = Elided()
        self._words.setMinimumWidth(80)
        self._open = self._button()
        self._open.clicked.connect(self._opened)
        self._seen = self._button()
        self._seen.clicked.connect(self.put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(self._glyph)
        row.addWidget(self._words, 1)
        row.addWidget(self._open)
        row.addWidget(self._seen)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(shown_ms)
        self._timer.timeout.connect(self.put_away)
        self.hide()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Tell of what came, beside what is still shown."""
        if self.isHidden():
            self._rows = []
        known = {row[0] for row in self._rows}
        self._rows += [row for row in rows if row[0] not in known]
        self._write()
        self.show()
        if severe(self._rows):
            self._timer.stop()
        else:
            self._timer.start()
        self.resized.emit()

    @property
    def rows(self) -> list[Row]:
        return list(self._rows)

    @property
    def words(self) -> str:
        return "" if self.isHidden() else self._words.words

    def put_away(self) -> None:
        """Hide it: a person has seen it, or it has stood long enough."""
        self._rows = []
        self._timer.stop()
        self.hide()
        self.resized.emit()

    def retranslate(self) -> None:
        if self._rows:
            self._write()

    def _write(self) -> None:
        shape = SHAPES["incident"]
        level, title, place = (shape.index(name) for name in ("level", "title", "address"))
        ranks = list(self._outfit.setting.scales["level"])
        worst = min(self._rows, key=lambda row: ranks.index(row[level]))
        standing = self._outfit.setting.scales["level"][worst[level]]
        self._glyph.setPixmap(shape_pixmap(self._outfit.look, standing.glyph, standing.role))
        said = {
            "level": text(f"level.{worst[level]}"),
            "title": worst[title],
            "place": worst[place],
        }
        key = "banner.one" if len(self._rows) == 1 else "banner.many"
        self._words.show_words(text(key, n=len(self._rows), **said))
        self._open.setText(text("banner.open"))
        self._seen.setText(text("banner.seen"))

    def _opened(self) -> None:
        if self._rows:
            self.asked.emit(f"card.open {self._rows[-1][0]}")
        self.put_away()

    def _button(self) -> QPushButton:
        button = QPushButton()
        button.setProperty("role", "link")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button
