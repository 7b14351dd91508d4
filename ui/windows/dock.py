"""A panel that can be moved, floated to another screen and closed, under a heading of our own."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QToolButton, QWidget

from console.base.text import text
from ui.kit.outfit import Outfit

HEADING = 32


class Dock(QDockWidget):
    """Holds one view. ``name`` is what lines and texts call it."""

    def __init__(self, name: str, view: QWidget, outfit: Outfit, headed: bool = True) -> None:
        super().__init__()
        self.name = name
        self.view = view
        self._outfit = outfit
        self.setObjectName(f"dock.{name}")
        self.setWidget(view)
        self._heading = QWidget()
        self._heading.setProperty("surface", "panel")
        self._heading.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = QLabel()
        self._title.setProperty("role", "second")
        self._float, self._close = self._button(), self._button()
        self._float.clicked.connect(lambda: self.setFloating(not self.isFloating()))
        self._close.clicked.connect(self.close)
        self._lay_out(headed)
        outfit.look.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(text(f"choice.panel.{self.name}"))
        self._title.setText(self.windowTitle())
        self._float.setIcon(self._outfit.icons.icon("float", "text.caption"))
        self._float.setToolTip(text("dock.float"))
        self._close.setIcon(self._outfit.icons.icon("close", "text.caption"))
        self._close.setToolTip(text("dock.close"))

    def bring(self) -> None:
        """Show it, before others that stand in the same place."""
        self.show()
        self.raise_()

    def _lay_out(self, headed: bool) -> None:
        if not headed:
            self.setTitleBarWidget(QWidget())
            self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
            return
        row = QHBoxLayout(self._heading)
        row.setContentsMargins(12, 4, 8, 0)
        row.setSpacing(4)
        row.addWidget(self._title, 1)
        row.addWidget(self._float)
        row.addWidget(self._close)
        self._heading.setFixedHeight(HEADING)
        self.setTitleBarWidget(self._heading)

    def _button(self) -> QToolButton:
        button = QToolButton()
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button
