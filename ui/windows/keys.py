"""Every key and what it does, in a small window that stands beside the work."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from console.base.text import text
from ui.kit.actions import Actions
from ui.kit.parts import label

COLUMNS = 3
SIZE = (880, 480)


class KeysWindow(QWidget):
    """Closes by Escape."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.setWindowTitle(text("keys.title"))
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(16, 16, 16, 16)
        grid.setHorizontalSpacing(16)
        rows = -(-len(actions.keys) // COLUMNS)
        for n, (key, line) in enumerate(actions.keys.items()):
            shown, said = label("accent"), label()
            shown.setText(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText))
            said.setText(actions.title(line))
            grid.addWidget(shown, n % rows, 2 * (n // rows))
            grid.addWidget(said, n % rows, 2 * (n // rows) + 1)
        for n in range(COLUMNS):
            grid.setColumnStretch(2 * n + 1, 1)
        note = label("second", wrap=True)
        note.setText(text("keys.slash"))
        grid.addWidget(note, rows, 0, 1, 2 * COLUMNS)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self.resize(*SIZE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
