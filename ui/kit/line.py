"""The command line: says the ways on while one types, and what the line will do before it does it.

Everything that takes time is asked of other threads; what was typed last is answered last.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from console.app import Core
from console.base.errors import Refused
from console.base.text import text
from console.commands import BadLine
from console.domain.changes import Key
from console.domain.plan import Candidate
from console.domain.words import Words
from ui.kit import slash
from ui.kit.outfit import Outfit
from ui.kit.palette import Palette
from ui.models.news import Answers
from ui.models.palette import LineHistory, Preview, keys_of, preview

HISTORY = "line/history"
WAYS_MS, PREVIEW_MS = 25, 140
ENTER = {int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter)}
OURS = ENTER | {int(k) for k in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down)}
"""Keys that are the line's own while it has the keyboard, whatever else they run."""
BY_KEY = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}


class _Edit(QLineEdit):
    """A line that hands the keys it does not need to its owner, Tab among them."""

    key = Signal(object)
    left = Signal()

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return super().event(event)
        if event.type() == QEvent.Type.ShortcutOverride and event.key() in OURS:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            event.ignore()
            self.key.emit(event)
            if event.isAccepted():
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class CommandLine(QWidget):
    """One line, always there."""

    asked = Signal(str)
    failed = Signal(object)

    def __init__(self, core: Core, outfit: Outfit) -> None:
        super().__init__()
        self._core = core
        self._words = Words(core)
        self._outfit = outfit
        self._selected: Key | None = None
        self._seen = Preview("")
        self._before: QWidget | None = None
        self._history = LineHistory(core.kept(HISTORY))
        self._answers = Answers(self.failed.emit, self)
        self.edit = _Edit()
        self.edit.setMaxLength(4_000)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.edit)
        self.palette_ = Palette(self, outfit, keys_of(core.keys))
        self._ways_soon = self._timer(WAYS_MS, self._ask_ways)
        self._preview_soon = self._timer(PREVIEW_MS, self._ask_preview)
        self.edit.textEdited.connect(self._edited)
        self.edit.key.connect(self._key)
        self.edit.left.connect(self._left)
        self.palette_.pressed.connect(self._pressed)
        QApplication.instance().focusChanged.connect(self._focus_went)  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue, reportUnknownMemberType]
        self.setFocusProxy(self.edit)
        self.retranslate()

    # ---- for its window --------------------------------------------------------------------------

    def focus(self) -> None:
        """Take the keyboard, and remember from where."""
        if not self.edit.hasFocus():
            self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.edit.selectAll()
        self._edited(self.edit.text())

    def prefill(self, line: str) -> None:
        """Begin a line for a person to go on with."""
        self.focus()
        self.edit.setText(line)
        self.edit.setCursorPosition(len(line))
        self._edited(line)

    def refused(self, line: str, error: Refused) -> None:
        """Put a refused line back, with where it is wrong."""
        self.prefill(line)
        position = error.position + 1 if isinstance(error, BadLine) else 0
        self._preview_soon.stop()
        self._show(Preview(line, (), self._words.refused(error), position))

    def select(self, key: Key | None) -> None:
        """Note what @selected means now."""
        self._selected = key

    def show_record(self, kind: str, id: str) -> None:
        self.select((kind, id) if id else None)

    def retranslate(self) -> None:
        self.edit.setPlaceholderText(text("line.placeholder"))
        self.edit.setAccessibleName(text("line.name"))
        self.palette_.show_foot(text("line.foot"))

    @property
    def preview(self) -> Preview:
        return self._seen

    # ---- typing ----------------------------------------------------------------------------------

    def _timer(self, ms: int, job: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(job)  # pyright: ignore[reportArgumentType]
        return timer

    def _edited(self, typed: str) -> None:
        self._history.leave()
        self._mark_wrong(wrong=False)
        self._ways_soon.start()
        if typed.strip():
            self._preview_soon.start()
        else:
            self._preview_soon.stop()
            self._show(Preview(""))

    def _ask_ways(self) -> None:
        typed, selected = self.edit.text(), self._selected
        found = self._core.work.call(lambda: self._core.complete(typed, selected))
        self._answers.ask("ways", found, self._show_ways)

    def _ask_preview(self) -> None:
        typed, selected = self.edit.text(), self._selected
        if typed.strip():
            seen = self._core.work.call(lambda: preview(self._core, typed, selected))
            self._answers.ask("preview", seen, self._show)

    def _show_ways(self, found: list[Candidate]) -> None:
        if self.edit.hasFocus():
            self.palette_.show_ways(found)
            self.palette_.open()

    def _show(self, seen: Preview) -> None:
        if seen.line and seen.line != self.edit.text():
            return
        self._seen = seen
        self._mark_wrong(wrong=bool(seen.refused) and not seen.lacking)
        self.palette_.show_preview(seen)
        if self.edit.hasFocus():
            self.palette_.open()

    def _mark_wrong(self, *, wrong: bool) -> None:
        if bool(self.edit.property("wrong")) is not wrong:
            self.edit.setProperty("wrong", wrong)
            self.edit.style().unpolish(self.edit)
            self.edit.style().polish(self.edit)

    # ---- keys ------------------------------------------------------------------------------------

    def _key(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in ENTER:
            self._enter()
        elif key == int(Qt.Key.Key_Escape):
            self._step_out()
        elif key == int(Qt.Key.Key_Tab):
            self._take(self.palette_.ways.first)
        elif key == int(Qt.Key.Key_Backtab):
            self.palette_.move_by(-1)
        elif key in BY_KEY:
            self._walk(BY_KEY[key])
        elif event.text() != slash.SLASH or not self._give_back_slash():
            return
        event.accept()

    def _enter(self) -> None:
        if (taken := self.palette_.ways.taken) is not None:
            self._take(taken)
            return
        line = self.edit.text().strip()
        if not line:
            return
        seen = self._seen
        if seen.line.strip() == line and seen.refused and not seen.lacking:
            self._point_at(self._seen.position)
            return
        self._history.add(line)
        kept = self._history.pack()
        self._core.keep(HISTORY, kept)
        self.edit.clear()
        self._seen = Preview("")
        self._go_back()
        self.asked.emit(line)

    def _point_at(self, position: int) -> None:
        """Mark the word that is wrong."""
        if position:
            line = self.edit.text()
            end = line.find(" ", position - 1)
            self.edit.setSelection(position - 1, (end if end > 0 else len(line)) - position + 1)

    def _step_out(self) -> None:
        """Go one step out: the choice, then the popup, then the words, then the line."""
        if self.palette_.ways.taken is not None:
            self.palette_.ways.chosen = -1
            self.palette_.move_by(0)
        elif self.palette_.isVisible() and self.edit.text():
            self._ways_soon.stop()
            self._preview_soon.stop()
            self.palette_.hide()
        elif self.edit.text():
            self.edit.clear()
            self._edited("")
        else:
            self._go_back()

    def _walk(self, by: int) -> None:
        typed = self.edit.text()
        if self._history.walking or not typed:
            if by > 0 and not self._history.walking:
                self.palette_.move_by(1)
                return
            line = self._history.back(typed) if by < 0 else self._history.forth(typed)
            self.edit.setText(line)
            self._preview_soon.start()
            return
        self.palette_.move_by(by)

    def _take(self, way: Candidate | None) -> None:
        if way is not None:
            self.edit.setText(way.line)
            self._edited(way.line)

    def _pressed(self, place: int) -> None:
        self._take(self.palette_.ways.all[place])

    # ---- focus -----------------------------------------------------------------------------------

    def _focus_went(self, old: QObject | None, new: QObject | None) -> None:
        if new is self.edit and isinstance(old, QWidget) and old is not self.edit:
            self._before = old
            old.destroyed.connect(self._forget_before)

    def _forget_before(self) -> None:
        self._before = None

    def _go_back(self) -> None:
        """Give the keyboard back to whoever had it."""
        self.palette_.hide()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.edit.clearFocus()

    def _give_back_slash(self) -> bool:
        """Write the slash where the line was begun with one; tell whether that was in a field."""
        if self.edit.text() or not slash.is_empty_field(before := self._before):
            return False
        self._go_back()
        return slash.write(before)

    def _left(self) -> None:
        self.palette_.hide()
