"""Quick filters above a queue, by district and by scene: each way on with how many it leaves."""

import re
from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from console.app import Core
from console.base.text import text
from console.domain.queue import Queue
from console.domain.rows import SHAPES
from ui.models.news import Answers

FACETS = ("district", "scene")
"""The fields to filter by; their names are choice.facet.<field>."""
COUNT = "\t"
"""What stands after it in a menu is drawn at the right."""


def chosen(where: str, facet: str) -> str:
    """Give the one value that a line filters a field by; "" when it does not."""
    found = re.search(rf"(?:^|\s){facet}:(\S+)", where)
    return found[1] if found else ""


def put(where: str, facet: str, code: str) -> str:
    """Give a line that filters a field by this value instead ("" by none)."""
    rest = " ".join(re.sub(rf"(?:^|\s){facet}:\S+", " ", where).split())
    return f"{rest} {facet}:{code}".strip() if code else rest


class Facets(QWidget):
    """``asked`` gives the line by which the queue is to be narrowed."""

    asked = Signal(str)

    def __init__(self, core: Core, failed: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._core = core
        self._answers = Answers(failed, self)
        self._queue, self._where = Queue(key=""), ""
        self._menu: QMenu | None = None
        self.buttons = {name: QToolButton() for name in FACETS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for name, button in self.buttons.items():
            button.setProperty("role", "facet")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, n=name: self.open(n))
            row.addWidget(button)

    def show_where(self, queue: Queue, where: str) -> None:
        """Show by what a queue is narrowed now."""
        self._queue, self._where = queue, where
        fields = SHAPES[queue.kind].names if queue.key else ()
        for name, button in self.buttons.items():
            code = chosen(where, name)
            said = self._core.names(name, code) if code else text("facets.all")
            title = text(f"choice.facet.{name}")
            button.setText(text("facets.shown", facet=title, value=said))
            button.setToolTip(text("facets.tip", facet=title))
            button.setVisible(name in fields)

    def open(self, facet: str) -> None:
        """Count the ways on, then offer them; nobody waits for the count."""
        codes = self._core.city.districts if facet == "district" else self._core.scenes
        base = self._queue.query.also(put(self._where, facet, ""))
        queries = {"": base} | {code: base.also(f"{facet}:{code}") for code in codes}
        counted = self._core.work.call(lambda: self._core.counts(queries))
        self._answers.ask("count", counted, lambda counts: self._offer(facet, counts))

    @property
    def menu(self) -> QMenu | None:
        """Give the menu that was offered last."""
        return self._menu

    def _offer(self, facet: str, counts: Mapping[str, int]) -> None:
        now = chosen(self._where, facet)
        if self._menu is not None:
            self._menu.deleteLater()
        menu = self._menu = QMenu(self)
        for code, count in counts.items():
            if code and not count and code != now:
                continue
            name = self._core.names(facet, code) if code else text("facets.all")
            entry = menu.addAction(f"{name}{COUNT}{count:,}")
            entry.setData(code)
            line = put(self._where, facet, code)
            entry.triggered.connect(lambda _on=False, line=line: self.asked.emit(line))
            entry.setCheckable(True)
            entry.setChecked(code == now)
            if code == now:
                menu.setActiveAction(entry)
        button = self.buttons[facet]
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
