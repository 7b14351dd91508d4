"""The types that a form offers as buttons: what the advice says, else what the words name.

Nothing moves under the hand: the row keeps its height when there is nothing in it, and shows as
many as there is room for; names that stay keep their places, and while a button has the keys what
is newly said waits.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.kit.parts import TIGHT, Pool

MOST = 4


class Suggested(QWidget):
    """Names to choose from; ``chosen`` gives one."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._advised: tuple[str, ...] | None = ()
        self._worded: tuple[str, ...] = ()
        self._wanted = False
        self._shown: list[str] = []
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(TIGHT)
        line.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._buttons: Pool[QPushButton] = Pool(line, self._button)
        # All at once: a widget made later would be the last that Tab comes to.
        self._buttons.show(MOST)
        held = self.sizePolicy()
        held.setRetainSizeWhenHidden(True)
        # Long names make no form wider than its place.
        held.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self.setSizePolicy(held)
        self.hide()

    def advise(self, names: Sequence[str] | None) -> None:
        """Take what the advice says; nothing: it has no answer; None: it is still to come."""
        self._advised = None if names is None else tuple(names)
        self._settle()

    def word(self, names: Sequence[str]) -> None:
        """Take what is named in the words; shown where the advice has no answer."""
        self._worded = tuple(names)
        self._settle()

    def want(self, *, on: bool) -> None:
        """Show them, or not: a type is chosen already."""
        self._wanted = on
        self._settle()

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(self._buttons.all[0].sizeHint())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._settle()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _settle(self) -> None:
        names = self._names()
        if names and any(button.hasFocus() for button in self._buttons.all):
            return
        self._shown = _placed(self._shown, names)
        for button, name in zip(self._buttons.all, self._shown, strict=False):
            button.setText(name)
        self._fit()
        self.setVisible(bool(names))

    def _names(self) -> tuple[str, ...]:
        if not self._wanted or self._advised is None:
            return ()
        return (self._advised or self._worded)[:MOST]

    def _fit(self) -> None:
        """Show as many as there is room for, at the least one."""
        room, fits = self.width(), 0
        for button in self._buttons.all[: len(self._shown)]:
            room -= button.sizeHint().width() + (TIGHT if fits else 0)
            if fits and room < 0:
                break
            fits += 1
        self._buttons.show(fits)

    def _button(self) -> QPushButton:
        button = QPushButton()
        button.setProperty("role", "choice")
        button.clicked.connect(lambda: self.chosen.emit(button.text()))
        button.installEventFilter(self)
        return button


def _placed(shown: Sequence[str], names: Sequence[str]) -> list[str]:
    """Give the names in their order, but those that were shown where they were."""
    at = {n: name for n, name in enumerate(shown[: len(names)]) if name in names}
    rest = iter([name for name in names if name not in at.values()])
    return [at[n] if n in at else next(rest) for n in range(len(names))]
