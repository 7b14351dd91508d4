"""The bar along the top: menu, name, command line, lamp, bell, person, and the city's clock."""

from typing import cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from console.app import Core
from console.base.text import text
from ui.kit.outfit import Outfit
from ui.models.moment import day_words, moment, shift_words
from ui.views.link import LinkView

HEIGHT = 44
LINE_MOST = 720
NARROW = 1_500
"""In a window narrower than this the day and the seat are left out; they are in the hints."""


class TopBar(QWidget):
    """Arranges what is always there. The command line stands in the middle."""

    asked = Signal(str)

    def __init__(
        self, core: Core, outfit: Outfit, link: LinkView, line: QWidget | None,
        load: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._core = core
        self._outfit = outfit
        self._link = link
        self._sound = True
        self.setProperty("surface", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._menu = _button()
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._mark, self._place = _label("title"), _label("second")
        self._bell = _button()
        self._bell.clicked.connect(lambda: self.asked.emit("sound.toggle"))
        self._person = _label("second")
        self._clock, self._day = _label("number"), _label("second")
        self._arrange(line, load)
        outfit.look.changed.connect(self.retranslate)
        self.retranslate()

    def set_menu(self, menu: QMenu) -> None:
        before = cast("QMenu | None", self._menu.menu())  # Qt's stubs forget the None
        self._menu.setMenu(menu)
        if before is not None:
            before.deleteLater()

    def show_sound(self, on: bool) -> None:
        self._sound = on
        self._bell.setIcon(self._outfit.icons.icon("bell" if on else "bell-off"))
        self._bell.setToolTip(text("top.sound_on" if on else "top.sound_off"))
        self._bell.setAccessibleName(self._bell.toolTip())

    def tick(self) -> None:
        """Let the clock go on."""
        when = moment(self._core.clock.now(), self._core.city)
        self._clock.setText(f"{when:%H:%M:%S}")
        shift = shift_words(when, self._core.city)
        self._day.setText(" ".join(part for part in (day_words(when), shift) if part))
        self._clock.setToolTip(self._day.text())

    def retranslate(self) -> None:
        core = self._core
        self._menu.setIcon(self._outfit.icons.icon("menu"))
        self._menu.setToolTip(text("top.menu"))
        self._mark.setText(text("window.product"))
        name = core.link().city_name
        self._place.setText(text("top.demo", city=name) if core.link().demo else name)
        person = core.person.name or core.person.user
        seat = core.names("seat", core.seat) or core.seat
        seated = text("top.person", person=person, seat=seat)
        self._person.setText(seated if core.seat else person)
        self._person.setToolTip(core.person.user)
        self._link.retranslate()
        self.show_sound(self._sound)
        self.tick()

    def fit(self, width: int) -> None:
        """Leave out what a narrow window has no room for."""
        for each in (self._day, self._person, self._place):
            each.setVisible(width >= NARROW)

    def _arrange(self, line: QWidget | None, load: QWidget | None) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._menu)
        row.addWidget(self._mark)
        row.addWidget(self._place)
        row.addStretch(1)
        if line is not None:
            line.setMaximumWidth(LINE_MOST)
            row.addWidget(line, 6)
        row.addStretch(1)
        if load is not None:
            row.addWidget(load)
        for each in (self._link, self._bell, self._person, self._day, self._clock):
            row.addWidget(each)


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label


def _button() -> QToolButton:
    button = QToolButton()
    button.setIconSize(QSize(20, 20))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
