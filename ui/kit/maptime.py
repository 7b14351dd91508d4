"""The slider that takes the map back through time, and says loudly that it is not now."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QToolButton, QWidget

from console.app import Core
from console.base.text import text
from console.domain.words import Words
from ui.kit.outfit import Outfit
from ui.kit.parts import PAD, label, tone
from ui.models.map import MapModel, Stretch
from ui.models.mappast import DAY_MS

MINUTE_MS = 60_000
PLAY_MS, STEP = 200, 5


class TimeStrip(QWidget):
    """Goes through the last day, at whose end it is now, or through any stretch, an exercise."""

    moved = Signal()

    def __init__(self, model: MapModel, core: Core, outfit: Outfit) -> None:
        super().__init__()
        self._model = model
        self._core = core
        self._icons = outfit.icons
        self._stretch: Stretch = (0, 0)
        self._ends_now = True
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
        for each in (self._play, self._slider, self._said, self._now):
            row.addWidget(each, 1 if each is self._slider else 0)
        self._slider.valueChanged.connect(self._go)
        self._play.clicked.connect(self.play)
        self._now.clicked.connect(self.leave)
        model.past_read.connect(self._say)
        self.hide()
        self.retranslate()

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

    def replay(self, stretch: Stretch) -> None:
        """Show a stretch of time from its beginning, and let it run."""
        self._begin(stretch, ends_now=False)
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
        self.moved.emit()

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
        self._say()

    def _begin(self, stretch: Stretch, *, ends_now: bool) -> None:
        self._stretch, self._ends_now = stretch, ends_now
        minutes = max((stretch[1] - stretch[0]) // MINUTE_MS, 1)
        self._slider.blockSignals(True)
        self._slider.setRange(0, int(minutes))
        self._slider.blockSignals(False)
        self.show()

    def _go(self, minutes: int) -> None:
        if self._ends_now and minutes >= self._slider.maximum():
            self.leave()
            return
        self._model.show_at(self._stretch[0] + minutes * MINUTE_MS, self._stretch)
        self._say()
        self.moved.emit()

    def _step(self) -> None:
        if self._slider.value() >= self._slider.maximum():
            self._timer.stop()
            self.retranslate()
            return
        self._slider.setValue(self._slider.value() + STEP)

    def _say(self) -> None:
        """Say what time it is on the map, and from when on the units are known."""
        then, words = self._model.then, Words(self._core)
        said = text("map.then", when=words.instant(then)) if then else text("map.is_now")
        past = self._model.past
        if then and past is not None and past.since > then:
            said += text("map.units_since", when=words.instant(past.since))
        elif then and past is not None and not past.since:
            said += text("map.units_unknown")
        self._said.setText(said)
        tone(self._said, "warning" if then else "text.caption")
