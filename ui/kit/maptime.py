"""The slider that takes the map back through time, and says loudly that it is not now."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider, QToolButton, QVBoxLayout, QWidget

from console.app import Core
from console.base.text import text
from console.domain.exercise import Exercise
from console.domain.query import parse_query
from console.domain.track import Stretch
from console.domain.words import Words
from ui.kit.outfit import Outfit
from ui.kit.parts import PAD, label, tone
from ui.kit.theme import Look
from ui.models.map import MapModel
from ui.models.mappast import DAY_MS

MINUTE_MS = 60_000
PLAY_MS, STEP = 200, 5
CHOSEN_AGO, EXERCISES = 60, 50
"""The last day begins so many minutes ago when it is chosen; so many exercises are listed."""
BAND_HIGH, BAND_IN = 6, 8
"""How high the band under the slider is, and how far in its ends lie: where the handle can be."""


class Band(QWidget):
    """Shows under the slider of which part of a stretch the units' places are held."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._stretch: Stretch = (0, 1)
        self._silent: Sequence[Stretch] = ()
        self.setFixedHeight(BAND_HIGH)
        look.changed.connect(self.update)

    def show_silent(self, stretch: Stretch, silent: Sequence[Stretch]) -> None:
        """Hatch the parts of a stretch of which nothing is held."""
        self._stretch, self._silent = stretch, silent
        self.update()

    def boxes(self) -> list[QRectF]:
        """Give where the parts lie of which nothing is held."""
        since, until = self._stretch
        wide = self.width() - 2 * BAND_IN
        each = wide / max(until - since, 1)
        return [
            QRectF(BAND_IN + (begin - since) * each, 0, max((end - begin) * each, 1), BAND_HIGH)
            for begin, end in self._silent
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        theme = self._look.theme
        whole = QRectF(BAND_IN, 2, self.width() - 2 * BAND_IN, BAND_HIGH - 4)
        painter.fillRect(whole, theme.colour("accent"))
        for box in self.boxes():
            painter.fillRect(box, theme.colour("panel"))
            painter.fillRect(box, QBrush(theme.colour("warning"), Qt.BrushStyle.BDiagPattern))


class TimeStrip(QWidget):
    """Goes through the last day, at whose end it is now, or through any stretch, an exercise."""

    told = Signal()

    def __init__(self, model: MapModel, core: Core, outfit: Outfit) -> None:
        super().__init__()
        self._model = model
        self._core = core
        self._icons = outfit.icons
        self._stretch: Stretch = (0, 0)
        self._ends_now = True
        self._exercise = ""
        self._which = QComboBox()
        self._which.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._play, self._now = QToolButton(), QToolButton()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setPageStep(60)
        self._said = label("caption")
        self._said.setMinimumWidth(300)
        self._timer = QTimer(self)
        self._timer.setInterval(PLAY_MS)
        self._timer.timeout.connect(self._step)
        row = QHBoxLayout(self)
        row.setContentsMargins(PAD, 2, PAD, 2)
        self._band = Band(outfit.look)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._slider)
        middle.addWidget(self._band)
        row.addWidget(self._which)
        row.addWidget(self._play)
        row.addLayout(middle, 1)
        row.addWidget(self._said)
        row.addWidget(self._now)
        self._slider.valueChanged.connect(self._go)
        self._which.activated.connect(self._choose)
        self._play.clicked.connect(self.play)
        self._now.clicked.connect(self.leave)
        model.past_read.connect(self._say)
        self.hide()
        self.retranslate()

    @property
    def said(self) -> str:
        """Give what is shown while it is not now; "" for now."""
        return self._said.text() if self._model.then else ""

    def go(self, minutes_ago: int) -> None:
        """Show how it was so many minutes ago, within the last day; 0: now."""
        if not minutes_ago:
            self.leave()
            return
        now = self._core.clock.now()
        if self.isHidden() or not self._ends_now:
            self._begin((now - DAY_MS, now), ends_now=True)
        at = (now - self._stretch[0]) // MINUTE_MS - minutes_ago
        self._slider.setValue(max(at, 0))
        self._go(self._slider.value())

    def replay(self, stretch: Stretch, exercise: str = "") -> None:
        """Show a stretch of time from its beginning, and let it run; of an exercise it alone."""
        self._begin(stretch, ends_now=False, exercise=exercise)
        self._slider.setValue(0)
        self._go(0)
        if not self._timer.isActive():
            self.play()

    def leave(self) -> None:
        """Come back to now; the strip goes."""
        self._timer.stop()
        self._model.show_at(0)
        self.hide()
        self.retranslate()

    def play(self) -> None:
        """Let the time run, or stop it."""
        if self._timer.isActive():
            self._timer.stop()
        else:
            self._timer.start()
        self.retranslate()

    def retranslate(self) -> None:
        self._play.setIcon(self._icons.icon("pause" if self._timer.isActive() else "play"))
        self._play.setToolTip(text("map.play"))
        self._now.setText(text("map.now"))
        if not self.isHidden():
            self._list(self._exercise)
        self._say()

    def replay_exercise(self, exercise: str) -> None:
        """Show an exercise from its beginning, to its end or to now."""
        held = self._core.get(Exercise.kind, exercise)
        if isinstance(held, Exercise):
            now = self._core.clock.now()
            self.replay((held.started_at, held.ended_at or now), exercise)

    def _choose(self, n: int) -> None:
        """Play what a hand has chosen: an exercise, or the last day."""
        exercise = str(self._which.itemData(n) or "")
        if exercise:
            self.replay_exercise(exercise)
        else:
            self._timer.stop()
            self.leave()
            self.go(CHOSEN_AGO)

    def _list(self, exercise: str) -> None:
        """List the exercises, the newest first, under the last day."""
        words = Words(self._core)
        rows = self._core.find(parse_query(Exercise.kind, "sort:-started_at"))
        self._which.clear()
        self._which.addItem(text("map.last_day"), "")
        for row in rows[:EXERCISES]:
            held = self._core.get(Exercise.kind, str(row[0]))
            if isinstance(held, Exercise):
                when = words.instant(held.started_at)
                said = text("map.exercise", name=held.name, when=when)
                self._which.addItem(said, held.id)
        self._which.setCurrentIndex(max(self._which.findData(exercise), 0))
        self._which.setVisible(self._which.count() > 1)

    def _begin(self, stretch: Stretch, *, ends_now: bool, exercise: str = "") -> None:
        self._stretch, self._ends_now, self._exercise = stretch, ends_now, exercise
        self._list(exercise)
        minutes = max((stretch[1] - stretch[0]) // MINUTE_MS, 1)
        self._slider.blockSignals(True)
        self._slider.setRange(0, int(minutes))
        self._slider.blockSignals(False)
        self.show()

    def _go(self, minutes: int) -> None:
        if self._ends_now and minutes >= self._slider.maximum():
            self.leave()
            return
        self._model.show_at(self._stretch[0] + minutes * MINUTE_MS, self._stretch, self._exercise)
        self._say()

    def _step(self) -> None:
        if self._slider.value() >= self._slider.maximum():
            self._timer.stop()
            self.retranslate()
            return
        self._slider.setValue(self._slider.value() + STEP)

    def _say(self) -> None:
        """Say what time it is on the map, and what is not held of it."""
        then, words, past = self._model.then, Words(self._core), self._model.past
        said = text("map.then", when=words.instant(then)) if then else text("map.is_now")
        held = self._core.get(Exercise.kind, self._exercise) if then and self._exercise else None
        if isinstance(held, Exercise):
            said = text("map.exercise_then", name=held.name, when=words.instant(then))
        if then and past is not None:
            if not past.knows(then):
                fetched = self._model.fetched
                said += text("map.no_record")
                said += "" if fetched == "held" else text(f"map.fetched.{fetched}")
            self._band.show_silent(self._stretch, past.silent)
            spans = (f"{words.instant(a)} – {words.instant(b)}" for a, b in past.silent)
            lines = [text("map.no_records"), *spans]
            self._band.setToolTip("\n".join(lines) if past.silent else "")
        self._said.setText(said)
        self.told.emit()
        tone(self._said, "warning" if then else "text.caption")
