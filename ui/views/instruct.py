"""批示 by hand on a touch display: about what, to whom, in which words; large, a touch for each."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from console.app import Core
from console.base import resources
from console.base.text import TEXTS, text
from ui.kit.ink import Type
from ui.kit.parts import label
from ui.models.names import DisplayNames

FILE = "instructions.toml"
ACROSS, DISTRICTS = 4, 7
TOUCH = 2.4
"""A button is so many ems high: a finger of somebody who stands."""


class InstructView(QFrame):
    """Asks for a department and words; ``asked`` is the line that gives the instruction.

    A district, and what it is about, are for whoever wants them: a number that was touched is
    written down already.
    """

    asked = Signal(str)
    closed = Signal()

    def __init__(self, core: Core) -> None:
        super().__init__()
        self._core = core
        self._named = DisplayNames(core).name
        self.setProperty("surface", "popup")
        held: dict[str, Any] = resources.table(FILE)
        self._phrases: list[dict[str, str]] = held["phrase"]
        self._depts = [d for d in held["depts"] if d in core.city.departments]
        self._title, self.said = label("title"), label("warning")
        self._headings = {name: label("second") for name in ("about", "dept", "words")}
        self.about, self.words = QLineEdit(), QLineEdit()
        self.give, self._close = QPushButton(), QPushButton()
        self.give.setProperty("role", "primary")
        self.depts, self.phrases = QButtonGroup(self), QButtonGroup(self)
        self.districts = QButtonGroup(self)
        for group in (self.phrases, self.districts):
            group.setExclusive(False)
        self._lay_out()
        self._connect()

    def open(self, type_: Type, about: str = "", district: str = "") -> None:
        """Come up in the sizes of the display; empty but for what is known of what it is about."""
        self.words.clear()
        self.about.setText(about)
        self.said.setText("")
        self.depts.setExclusive(False)
        for button in self.depts.buttons():
            button.setChecked(False)
        self.depts.setExclusive(True)
        for button in self.districts.buttons():
            button.setChecked(button.objectName() == district)
        lines = (self._title, self.said, self.about, self.words)
        for widget in (*lines, self.give, self._close, *self._all()):
            widget.setStyleSheet(large(type_.body))
        for heading in self._headings.values():
            heading.setStyleSheet(f"font-size: {type_.body}px; padding-top: {type_.gap}px")
        self._write()

    def _all(self) -> list[QAbstractButton]:
        return [*self.depts.buttons(), *self.districts.buttons(), *self.phrases.buttons()]

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(self._title)
        column.addWidget(self._headings["about"])
        column.addWidget(self.about)
        of_district = self._among(self.districts)
        column.addLayout(self._grid(self._core.city.districts, of_district, DISTRICTS))
        column.addWidget(self._headings["dept"])
        column.addLayout(self._grid(self._depts, self._among(self.depts)))
        column.addWidget(self._headings["words"])
        column.addLayout(self._grid(range(len(self._phrases)), self._phrase_button))
        column.addWidget(self.words)
        column.addWidget(self.said)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self._close)
        row.addStretch(1)
        row.addWidget(self.give)
        column.addLayout(row)

    def _grid(
        self, keys: Any, make: Callable[[Any], QPushButton], across: int = ACROSS
    ) -> QGridLayout:
        grid = QGridLayout()
        for n, key in enumerate(keys):
            grid.addWidget(make(key), n // across, n % across)
        return grid

    def _among(self, group: QButtonGroup) -> Callable[[str], QPushButton]:
        """Give what makes a button of a group for a code."""

        def button(code: str) -> QPushButton:
            made = QPushButton()
            made.setCheckable(True)
            made.setObjectName(code)
            group.addButton(made)
            return made

        return button

    def _phrase_button(self, n: int) -> QPushButton:
        button = QPushButton()
        self.phrases.addButton(button, n)
        return button

    def _connect(self) -> None:
        self._close.clicked.connect(self.closed)
        self.give.clicked.connect(self._give)
        self.words.returnPressed.connect(self._give)
        self.phrases.idClicked.connect(self._add)
        self.districts.buttonClicked.connect(self._one)

    def _one(self, chosen: QAbstractButton) -> None:
        """Let one district be chosen at most: a second touch takes it back."""
        for button in self.districts.buttons():
            button.setChecked(button is chosen and button.isChecked())

    def _add(self, n: int) -> None:
        """Add a phrase to what is written already."""
        held = self.words.text().strip()
        phrase = self._phrases[n][TEXTS.language]
        self.words.setText(f"{held}{text('instruct.between')}{phrase}" if held else phrase)

    def _give(self) -> None:
        chosen = self.depts.checkedButton()
        words = _quoted(self.words.text())
        if chosen is None or not words:
            self.said.setText(text("instruct.missing"))
            return
        about, district = _quoted(self.about.text()), self.districts.checkedButton()
        line = f'instruction.give {chosen.objectName()} "{words}"'
        line += f' --about "{about}"' if about else ""
        line += f" --scope {district.objectName()}" if district is not None else ""
        self.asked.emit(line)
        self.closed.emit()

    def _write(self) -> None:
        self._title.setText(text("instruct.title"))
        for name, heading in self._headings.items():
            heading.setText(text(f"instruct.heading.{name}"))
        self.give.setText(text("instruct.give"))
        self._close.setText(text("instruct.close"))
        self.words.setPlaceholderText(text("instruct.words"))
        self.about.setPlaceholderText(text("instruct.about"))
        for button in self.districts.buttons():
            button.setText(self._core.names("district", button.objectName()))
        for button in self.depts.buttons():
            button.setText(self._named("dept", button.objectName()))
        for n, phrase in enumerate(self._phrases):
            self.phrases.button(n).setText(phrase[TEXTS.language])
        self.words.setAlignment(Qt.AlignmentFlag.AlignLeft)


def large(body: int) -> str:
    """Give the style of what a hand touches, with words of so many pixels.

    In a widget's own sheet: that of the desk would make it small again.
    """
    return f"font-size: {body}px; padding: 0 {body // 2}px; min-height: {round(body * TOUCH)}px"


def _quoted(said: str) -> str:
    """Make words fit between the quotes of a line."""
    return said.strip().replace('"', "\u201d")
