"""The lamp: on line or as of when, what waits, what was refused, how far a fill is."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from console.app import LinkState
from console.base.text import text
from ui.kit.outfit import Outfit
from ui.models.link import LinkModel, filling_words, lamp

THOUSAND = 1_000


class LinkView(QWidget):
    """Right in the top bar; a press on any part of it opens what waits."""

    asked = Signal(str)

    def __init__(self, model: LinkModel, outfit: Outfit) -> None:
        super().__init__()
        self._model = model
        self._outfit = outfit
        self._zone: ZoneInfo = outfit.setting.zone
        self._trouble = QLabel()
        self._fill_words = QLabel()
        self._fill_words.setProperty("role", "caption")
        self._fill = QProgressBar()
        self._fill.setFixedWidth(96)
        self._fill.setTextVisible(False)
        self._fill.setRange(0, THOUSAND)
        self._waiting = self._button("link.waiting")
        self._refused = self._button("link.refused")
        self._lamp = self._button("link.lamp")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        shown = (
            self._fill_words, self._fill, self._trouble, self._waiting, self._refused, self._lamp,
        )  # fmt: skip
        for each in shown:
            row.addWidget(each)
        model.changed.connect(self.show_state)
        self.show_state(model.state)

    def show_state(self, link: LinkState) -> None:
        """Show how it stands."""
        said = lamp(link, self._zone)
        icons = self._outfit.icons
        self._lamp.setIcon(icons.icon(said.glyph, said.role))
        self._lamp.setText(said.words)
        self._lamp.setToolTip(said.full)
        self._lamp.setAccessibleName(said.full)
        self._lamp.setProperty("tone", said.role)
        self._count(self._waiting, "waiting", "mark.waiting", link.waiting)
        bad = link.refused + link.conflicts
        self._count(self._refused, "refused", "mark.refused", bad)
        self._trouble.setVisible(bool(link.clock_trouble))
        if link.clock_trouble:
            self._trouble.setPixmap(icons.pixmap("clock", "warning"))
            self._trouble.setToolTip(text(link.clock_trouble))
        self._show_fill(link)

    def retranslate(self) -> None:
        self.show_state(self._model.state)

    def _show_fill(self, link: LinkState) -> None:
        words = filling_words(link)
        done, total = link.filling
        self._fill_words.setText(words)
        self._fill.setValue(THOUSAND * done // total if total else 0)
        for each in (self._fill_words, self._fill):
            each.setVisible(bool(words))

    def _count(self, button: QToolButton, name: str, role: str, n: int) -> None:
        button.setVisible(n > 0)
        if n:
            button.setIcon(self._outfit.icons.icon(name, role))
            button.setText(f"{n:,}")
            button.setToolTip(text(f"link.{name}", n=n))
            button.setAccessibleName(text(f"link.{name}", n=n))

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.asked.emit("outbox.open"))
        return button
