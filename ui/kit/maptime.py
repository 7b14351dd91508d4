"""The slider that takes the map back through the last day, and says loudly that it is not now."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QToolButton, QWidget

from console.app import Core
from console.base.text import text
from console.domain.words import Words
from ui.kit.outfit import Outfit
from ui.kit.parts import PAD, label, tone
from ui.models.map import MapModel

MINUTES, MINUTE_MS = 1_440, 60_000
PLAY_MS, STEP = 200, 5


class TimeStrip(QWidget):
    """At its right end it is now."""

    moved = Signal()

    def __init__(self, model: MapModel, core: Core, outfit: Outfit) -> None:
        super().__init__()
        self._model = model
        self._core = core
        self._icons = outfit.icons
        self._play, self._now = QToolButton(), QToolButton()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(-MINUTES, 0)
        self._slider.setPageStep(60)
        self._said = label("caption")
        self._said.setMinimumWidth(190)
        self._timer = QTimer(self)
        self._timer.setInterval(PLAY_MS)
        self._timer.timeout.connect(self._step)
        row = QHBoxLayout(self)
        row.setContentsMargins(PAD, 2, PAD, 2)
        for each in (self._play, self._slider, self._said, self._now):
            row.addWidget(each, 1 if each is self._slider else 0)
        self._slider.valueChanged.connect(self._go)
        self._play.clicked.connect(self.play)
        self._now.clicked.connect(lambda: self._slider.setValue(0))
        self.hide()
        self.retranslate()

    def go(self, minutes_ago: int) -> None:
        """Show how it was so many minutes ago; 0: now, and the strip goes."""
        self.setVisible(bool(minutes_ago))
        self._slider.setValue(-minutes_ago)

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

    def _go(self, minutes: int) -> None:
        self._model.go_back(-minutes * MINUTE_MS)
        self._say()
        self.moved.emit()

    def _step(self) -> None:
        if self._slider.value() >= 0:
            self._timer.stop()
            self.retranslate()
            return
        self._slider.setValue(self._slider.value() + STEP)

    def _say(self) -> None:
        then = self._model.then
        words = Words(self._core).instant(then)
        self._said.setText(text("map.then", when=words) if then else text("map.is_now"))
        tone(self._said, "warning" if then else "text.caption")
