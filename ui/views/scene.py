"""The head of a scene's page: what it is, how it is fed, and its indicators; above its queue."""

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QMenu, QWidget

from console.app import Core
from console.base.text import text
from console.domain.changes import Changes
from ui.kit.flow import Flow
from ui.kit.gaugetile import GaugeTile, strip
from ui.kit.outfit import Outfit
from ui.kit.parts import (
    GAP,
    PAD,
    TIGHT,
    Elided,
    Glyph,
    Hint,
    Pool,
    column,
    label,
    link,
    row,
    tone,
)
from ui.models.feeds import Chip
from ui.models.news import Answers
from ui.models.scene import SceneFacts, grouped, named, read, read_lore

BEAT_MS = 1_000
"""What does not come any more turns stale by itself: the page looks again so often."""
LITTLE = 820
"""In a window less high than this the head leaves room for the queue."""


class SceneView(QWidget):
    """Shows one scene at a time; ``facts`` tells others of what it has read."""

    asked = Signal(str)
    failed = Signal(object)
    facts = Signal(object)

    def __init__(self, core: Core, outfit: Outfit) -> None:
        super().__init__()
        self._core = core
        self._lore = read_lore(core)
        self.scene = ""
        self._answers = Answers(self.failed.emit, self)
        self._name, self._close, self._unseal = link("title"), link(), link()
        self._sealed, self._sources = label("warning"), label("second")
        self._told, self._feed = Elided("caption"), Elided("caption")
        self._hint = Hint(outfit)
        self._systems, self._linkages = Chips(outfit), Chips(outfit)
        self._tiles = QWidget()
        self._pool = Pool(Flow(self._tiles, GAP), lambda: GaugeTile(outfit))
        self._menu: QMenu | None = None
        self._name.clicked.connect(self._choose)
        self._close.clicked.connect(lambda: self.asked.emit("scene.close"))
        self._unseal.clicked.connect(self._ask_order)
        whole = column(self, pad=PAD, gap=6)
        whole.addLayout(row(self._name, self._sealed, self._told, self._sources, self._unseal,
                            self._close, gap=PAD, stretch=2))  # fmt: skip
        whole.addWidget(self._feed)
        for each in (self._systems, self._linkages, self._tiles):
            whole.addWidget(each)
        whole.addWidget(self._hint)
        self._hint.hide()
        strip(self)
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self.ask)
        outfit.look.changed.connect(self.retranslate)
        self.retranslate()
        self.hide()

    def open(self, scene: str) -> None:
        """Show a scene, from now on."""
        self.scene = scene
        self.show()
        self._beat.start()
        self.ask()

    def leave(self) -> None:
        """Show none."""
        self.scene = ""
        self._beat.stop()
        self.hide()
        self.facts.emit(None)

    def ask(self) -> None:
        """Read the scene again."""
        if self.scene and self.isVisible():
            scene = self.scene
            asked = self._core.work.call(lambda: read(self._core, self._lore, scene))
            self._answers.ask("scene", asked, self._show)

    def refresh(self, changes: Changes) -> None:
        if changes.everything or {kind for kind, _ in changes.touched} & {"plan", "task", "scene"}:
            self.ask()

    def retranslate(self) -> None:
        self._close.setText(text("scene.close"))
        self._unseal.setText(text("scene.unseal"))
        self._name.setToolTip(text("scene.choose"))
        self.ask()

    def menu(self) -> QMenu:
        """Give a menu of every scene, by groups."""
        made = QMenu(self)
        for group, scenes in grouped(self._core, self._lore.lists):
            inner = made.addMenu(group)
            for scene in scenes:
                said = inner.addAction(f"{named(scene)}  {scene.id}")
                said.triggered.connect(
                    lambda _on=False, s=scene.id: self.asked.emit(f"scene.open {s}")
                )
        return made

    def _ask_order(self) -> None:
        """Begin the order that opens this scene: whose number, and why, are for a leader to say."""
        self.asked.emit(f"line.focus scene.unseal {self.scene} ")

    def _choose(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = self.menu()
        self._menu.popup(self._name.mapToGlobal(QPoint(0, self._name.height())))

    def _show(self, facts: SceneFacts | None) -> None:
        if facts is None or facts.id != self.scene:
            return
        self._name.setText(f"{facts.name}  {facts.id} ▾")
        self._told.show_words(facts.told)
        self._feed.show_words(facts.feed)
        self._sources.setText(facts.sources)
        self._sealed.setText(text("scene.sealed") if facts.sealed else facts.order)
        self._systems.show_chips(text("scene.systems"), facts.systems)
        self._linkages.show_chips(text("scene.linkages"), facts.linkages)
        for each in (self._hint, self._unseal):
            each.setVisible(facts.sealed)
        self._tiles.setVisible(not facts.sealed)
        if facts.sealed:
            self._hint.say("lock", text("scene.sealed_why"), text("scene.sealed_next"))
        little = self.window().height() < LITTLE
        self._feed.setVisible(not little)
        self._linkages.setVisible(bool(facts.linkages) and not little)
        for tile, gauge in zip(self._pool.show(len(facts.gauges)), facts.gauges, strict=True):
            tile.shrink(little=little)
            tile.show_gauge(
                gauge.name, gauge.value, gauge.unit, (gauge.glyph, gauge.role, gauge.state),
                freshness=gauge.freshness, fresh=gauge.fresh, told=gauge.told,
                limits=gauge.limits, scale=gauge.scale,
            )  # fmt: skip
        self.facts.emit(facts)


class Chips(QWidget):
    """A caption and words with shapes after it, line by line; not there when there are none."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._flow = Flow(self, PAD)
        self._caption = label("caption")
        self._flow.addWidget(self._caption)
        self._pool = Pool(self._flow, lambda: ChipLabel(outfit))

    def show_chips(self, caption: str, chips: tuple[Chip, ...]) -> None:
        self.setVisible(bool(chips))
        self._caption.setText(caption)
        for made, chip in zip(self._pool.show(len(chips)), chips, strict=True):
            made.show_chip(chip)
        # Their words are new: what was laid out before them is of no use.
        self._flow.invalidate()
        self._flow.activate()


class ChipLabel(QWidget):
    """One of them."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._glyph, self.words = Glyph(outfit), label()
        self._line = row(self._glyph, self.words, gap=TIGHT)
        self.setLayout(self._line)

    def show_chip(self, chip: Chip) -> None:
        self._glyph.show_shape(chip.glyph, chip.role)
        self.words.setText(chip.words)
        tone(self.words, chip.role)
        self.setToolTip(chip.told)
        self._line.invalidate()
        self.updateGeometry()
