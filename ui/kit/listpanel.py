"""A panel of one list: what stands above it, the list, and words where there is nothing to list."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.kit.lists import ListView
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, PAD, Hint

HINT, LIST = 0, 1


class ListPanel(QWidget):
    """``asked`` gives a line to run, ``failed`` what went wrong.

    ``columns`` are the model's columns in order, ``widths`` those of a set width in pixels;
    ``wide`` takes the rest.
    """

    asked = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        outfit: Outfit,
        model: QAbstractTableModel,
        columns: Sequence[str],
        widths: Mapping[str, int],
        wide: str,
    ) -> None:
        super().__init__()
        self.list = ListView(model, outfit, self.looks)
        set_widths = {columns.index(name): width for name, width in widths.items()}
        self.list.set_widths(set_widths, columns.index(wide))
        self.hint = Hint(outfit)
        self._rows = model
        self._outfit_look = outfit.look
        self.setFocusProxy(self.list)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def looks(self, row: int, column: int) -> tuple[str, str]:
        """Give the shape ("": none) and the role of a cell."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Write the words anew and ask for the rows."""
        raise NotImplementedError

    def follow_look(self) -> None:
        """Write everything, now and whenever the look changes; to be called once all is built."""
        self._outfit_look.changed.connect(self.retranslate)
        self.retranslate()

    def lay_out(
        self, head: Sequence[QWidget], wide: QWidget | None = None, beside: QWidget | None = None,
        foot: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Put it together: ``wide`` of the head takes the room; ``beside`` goes with the list."""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        if head:
            row = QHBoxLayout()
            row.setContentsMargins(PAD, 6, PAD, 6)
            row.setSpacing(GAP)
            for each in head:
                row.addWidget(each, int(each is wide))
            whole.addLayout(row)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.hint)
        self._stack.addWidget(self.list if beside is None else _together(self.list, beside))
        whole.addWidget(body, 1)
        if foot is not None:
            whole.addWidget(foot, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def listing(self) -> bool:
        """Whether the list is to be seen, not the words in its place."""
        return self._stack.currentIndex() == LIST

    def show_list(self, at: int = -1) -> None:
        """Show the list; go to row ``at``, or to the first where none is chosen."""
        self._stack.setCurrentIndex(LIST)
        if at >= 0 or self.list.current_row() < 0:
            self.list.setCurrentIndex(self._rows.index(max(at, 0), 0))

    def show_hint(self, icon: str, words: str, after: str = "") -> None:
        """Say why there is nothing to list, and what can be done."""
        self.hint.say(icon, words, after)
        self._stack.setCurrentIndex(HINT)


def _together(left: QWidget, right: QWidget) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(left, 1)
    row.addWidget(right)
    return both
