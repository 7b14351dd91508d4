"""The line at the top of a display: whose city, which page and why, how old it is, what time."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from console.base.text import TEXTS, text
from console.domain.city import City
from ui.kit.ink import Ink, Type
from ui.kit.outfit import Outfit
from ui.models.writing import Writing

PINNED, ALARM = "pinned", "alarm"


class Strip(QWidget):
    """Says what stands and why. A touch at its right pins the page."""

    asked = Signal(str)

    def __init__(self, outfit: Outfit, writing: Writing, city: City) -> None:
        super().__init__()
        self._outfit = outfit
        self._writing = writing
        self._city = city
        self._type: Type | None = None
        self._said: tuple[str, tuple[str, bool], str, Mapping[str, int], str] | None = None
        self._minute = -1
        self.ink = Ink()

    def fit(self, type_: Type) -> None:
        """Take the sizes of the display."""
        self._type = type_
        self.setFixedHeight(self.sizeHint().height())
        self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(100, round(self._type.line(self._type.head) * 1.25) if self._type else 40)

    def say(
        self, page: str, line: tuple[str, bool], mode: str, place: Mapping[str, int], why: str
    ) -> None:
        """Say which page stands and how it came there; painted anew only if it says more."""
        said = (page, line, mode, dict(place), why)
        minute = self._writing.now() // 60_000
        if said != self._said or minute != self._minute:
            self._said, self._minute = said, minute
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._outfit.look.theme.colour("ground"))
        self.ink.paint(painter, self._outfit.look.theme)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        part = event.position().x() / max(1, self.width())
        self.asked.emit(
            "page.previous" if part < 0.1 else "page.next" if part < 0.6 else "page.pin"
        )

    def _lay_out(self) -> None:
        if self._type is None or self._said is None:
            return
        self.ink.clear()
        page, (line, well), mode, place, why = self._said
        type_, ink, now = self._type, self.ink, self._writing.now()
        top = (self.height() - type_.line(type_.head)) / 2
        low = top + (type_.line(type_.head) - type_.line()) * 0.66
        city = self._city.name_en if TEXTS.language == "en" else self._city.name
        x = type_.pad + ink.put(city, type_.pad, top, type_.head, "text.second", ground="ground")
        x += type_.pad
        x += ink.put(page, x, top, type_.head, "text", bold=True, ground="ground") + type_.pad * 1.5
        right = self.width() - type_.pad
        clock = f"{self._writing.day(now)} {self._writing.clock(now)}"
        right -= ink.put(
            clock, 0, top, type_.head, "text", width=right, align="right", ground="ground"
        )
        right -= type_.pad * 1.5
        role = "text.caption" if well else "lost"
        wide = ink.put(line, 0, low, type_.body, role, width=right, align="right", ground="ground")
        right -= wide
        if not well:
            right -= type_.body
            ink.shape("cross", right, low + type_.body * 0.4, type_.body * 0.6, "lost")
        right -= type_.pad
        said = text(f"page.mode.{mode}", why=why, **place)
        role = {ALARM: "danger", PINNED: "accent"}.get(mode, "text.caption")
        if mode == ALARM:
            ink.shape("diamond", x, low + type_.body * 0.38, type_.body * 0.66, "danger")
            x += type_.body
        if right - x > type_.body * 3:
            ink.put(said, x, low, type_.body, role, width=right - x, ground="ground")
        self.update()
