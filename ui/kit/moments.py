"""A timeline on the screen: who did what at which seat, the newest first; what waits, as such."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.base.text import text
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, TIGHT, Elided, Glyph, Pool, column, label, link, tone
from ui.models.timeline import MARKS, Moment, Timeline

FIRST, MORE = 12, 40


class _Row(QWidget):
    """One moment."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._glyph = Glyph(outfit)
        self._time = label("caption")
        self._time.setFixedWidth(76)
        self._time.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._what = label()
        self._who = Elided("caption")
        self._also = label("second", wrap=True)
        self._said = label("second", wrap=True)
        self._why = label("danger", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(TIGHT)
        head.addWidget(self._glyph)
        head.addWidget(self._what)
        head.addWidget(self._who, 1)
        body = QVBoxLayout()
        body.setSpacing(1)
        body.addLayout(head)
        body.addWidget(self._also)
        body.addWidget(self._said)
        body.addWidget(self._why)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 3, 0, 3)
        whole.setSpacing(GAP)
        whole.addWidget(self._time, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(body, 1)

    def show_moment(self, moment: Moment) -> None:
        self._time.setText(moment.time)
        self._time.setToolTip(moment.full)
        self._what.setText(moment.what)
        self._who.show_words("  ".join(filter(None, (moment.on, moment.who))))
        self._also.setText(text("panel.and").join(moment.also))
        self._also.setVisible(bool(moment.also))
        said = [text("timeline.said", label=name, value=value) for name, value in moment.said]
        if moment.device:
            said.append(moment.device)
        self._said.setText(text("panel.and").join(said))
        self._said.setVisible(bool(said))
        shape, role = MARKS.get(moment.standing, ("", "text"))
        self._glyph.show_shape(shape, role)
        self._glyph.setVisible(bool(shape))
        why = [text(f"timeline.standing.{moment.standing}")] if moment.standing else []
        self._why.setText("  ".join(filter(None, (*why, moment.reason))))
        self._why.setVisible(bool(why))
        tone(self._why, role)
        tone(self._what, "text" if not moment.standing else role)


class Moments(QWidget):
    """The moments of a record; older ones when asked for. ``wanted``: the log is not held here."""

    wanted = Signal()

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._shown = Timeline()
        self._most = FIRST
        whole = column(self, gap=0)
        self._note = label("caption", wrap=True)
        whole.addWidget(self._note)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        self._rows: Pool[_Row] = Pool(rows, lambda: _Row(outfit))
        whole.addLayout(rows)
        self._older = link()
        self._older.clicked.connect(self._show_older)
        whole.addWidget(self._older, 0, Qt.AlignmentFlag.AlignLeft)

    def show_timeline(self, shown: Timeline, *, fresh: bool = False) -> None:
        """Show a timeline; ``fresh``: another record's, so only its newest moments."""
        if fresh:
            self._most = FIRST
        self._shown = shown
        moments = shown.moments[: self._most]
        for line, moment in zip(self._rows.show(len(moments)), moments, strict=True):
            line.show_moment(moment)
        left = len(shown.moments) - len(moments)
        self._older.setText(text("timeline.older", n=left))
        self._older.setVisible(left > 0)
        self._note.setVisible(not shown.whole or not shown.moments)
        key = "timeline.part" if not shown.whole else "timeline.empty"
        self._note.setText(text(key))
        if not shown.whole:
            self.wanted.emit()

    @property
    def count(self) -> int:
        return min(self._most, len(self._shown.moments))

    def _show_older(self) -> None:
        self._most += MORE
        self.show_timeline(self._shown)
