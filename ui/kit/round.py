"""The way of the keyboard's focus round the panels of a window."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

ROUND = {int(Qt.Key.Key_Tab): 1, int(Qt.Key.Key_Backtab): -1}
"""With Ctrl: by how many panels the focus goes on."""


def go_round(stops: Sequence[QWidget], by: int) -> None:
    """Take the focus to the panel that is ``by`` further; from outside them all, to an end."""
    focus = QApplication.focusWidget()
    here = next((n for n, stop in enumerate(stops) if focus and stop.isAncestorOf(focus)), -1)
    goal = stops[(here + by) % len(stops)]
    takes = goal.focusPolicy() != Qt.FocusPolicy.NoFocus
    first = goal.focusProxy() or (goal if takes else goal.nextInFocusChain())
    (first or goal).setFocus(Qt.FocusReason.ShortcutFocusReason)
