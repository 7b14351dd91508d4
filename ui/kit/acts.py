"""The verbs of a record as buttons with their keys; what is greyed says why."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from console.base.text import text
from ui.kit.flow import Flow
from ui.kit.parts import TIGHT
from ui.models.card import ActFacts

SHOWN = 8
SPACE = "\u2002"


class ActBar(QWidget):
    """The first verbs as buttons, all of them in a menu. ``asked`` gives the line to run."""

    asked = Signal(str)

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._keys = keys
        self._acts: tuple[ActFacts, ...] = ()
        self._record = ""
        self._flow = Flow(self, TIGHT)
        self._buttons = [self._button(n) for n in range(SHOWN)]
        self._more = QPushButton()
        self._more.setProperty("role", "act")
        self._more.clicked.connect(self._show_all)
        for each in (*self._buttons, self._more):
            self._flow.addWidget(each)

    def show_acts(self, record: str, acts: Sequence[ActFacts]) -> None:
        """Show what can be done to a record; buttons are written anew, not made anew."""
        self._record, self._acts = record, tuple(acts)
        ready = [act for act in acts if not act.refused]
        for n, button in enumerate(self._buttons):
            button.setVisible(n < len(ready))
            if n < len(ready):
                key = self._keys.get(ready[n].command, "")
                button.setText(f"{ready[n].title}{SPACE}{key}" if key else ready[n].title)
                button.setToolTip(ready[n].command)
                self._dress(button, primary=n == 0)
        self._more.setText(text("card.more"))
        self._more.setVisible(bool(acts))
        self._flow.invalidate()

    @property
    def ready(self) -> list[ActFacts]:
        return [act for act in self._acts if not act.refused]

    def line_of(self, act: ActFacts) -> str:
        """Give the line of a verb: at once, or by a form where it asks for more."""
        return f"form.open {act.command}" if act.form else f"{act.command} {self._record}"

    def menu(self) -> QMenu:
        """Make the menu of all verbs."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        refused = False
        for act in self._acts:
            if act.refused and not refused and self.ready:
                menu.addSeparator()
            refused = bool(act.refused)
            key = self._keys.get(act.command, "")
            entry = menu.addAction(f"{act.title}\t{key}" if key else act.title)
            entry.setEnabled(not act.refused)
            entry.setToolTip(act.refused)
            line = self.line_of(act)
            entry.triggered.connect(lambda _on=False, said=line: self.asked.emit(said))
        return menu

    def _button(self, n: int) -> QPushButton:
        button = QPushButton()
        button.clicked.connect(lambda: self.asked.emit(self.line_of(self.ready[n])))
        return button

    def _dress(self, button: QPushButton, *, primary: bool) -> None:
        role = "primary" if primary else "act"
        if button.property("role") != role:
            button.setProperty("role", role)
            button.style().unpolish(button)
            button.style().polish(button)

    def _show_all(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._more.mapToGlobal(self._more.rect().topLeft()))
