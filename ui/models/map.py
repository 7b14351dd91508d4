"""The map's model: asks for what the layers show when news come, a few times a second at most."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from console.app import Core
from console.base.errors import Refused
from console.domain.changes import Changes
from console.domain.query import parse_query
from console.domain.record import Incident
from console.domain.rows import SHAPES
from console.domain.track import Stretch
from console.domain.words import Words
from console.maps.components import Component
from ui.models.maplayers import Layers, Narrowing
from ui.models.mapmarks import Patch, Share, Shown
from ui.models.mappast import DAY_MS, Past, fetch, past_of
from ui.models.mapsheet import Seen, keep, kept, of_scene, read_layers, scene_layers, usual
from ui.models.mapstock import Sight
from ui.models.news import Answers

BEAT_MS, AGE_MS = 250, 5_000
Fetched = Literal["asking", "held", "away"]
"""How it stands with what the centre has of the units' places in the stretch that is played."""
KINDS = frozenset(("incident", "unit", "task", "camera", "warning", "plan"))


class MapModel(QObject):
    """``shown`` tells a Shown; ``turned``: layers were shown, hidden or put in another order."""

    shown = Signal(object)
    turned = Signal()
    past_read = Signal()

    def __init__(
        self, core: Core, failed: Callable[[BaseException], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._failed = failed
        self._answers = Answers(failed, self)
        self._own = read_layers()
        self.layers = (*scene_layers(core.scenes.values()), *self._own)
        self._reader = Layers(core, core.maps, self.layers)
        self.seen = kept(core, usual(self._own))
        self.scene = ""
        self.narrowing = Narrowing()
        self.sight: Sight | None = None
        self.then = 0
        self.past: Past | None = None
        self.exercise = ""
        self.fetched: Fetched = "held"
        self._stretch: Stretch | None = None
        self._patches: tuple[Patch, ...] = ()
        self._gathered = Changes(everything=True)
        self._busy = False
        self._on = False
        self._beat = QTimer(self)
        self._beat.setSingleShot(True)
        self._beat.timeout.connect(self._ask)
        self._age = QTimer(self)
        self._age.setInterval(AGE_MS)
        self._age.timeout.connect(self._later)

    def begin(self) -> None:
        """Read everything, and keep up from now on."""
        self._gathered = Changes(everything=True)
        self._on = True
        self._age.start()
        self._later()

    def end(self) -> None:
        self._on = False
        self._age.stop()
        self._beat.stop()

    def refresh(self, changes: Changes) -> None:
        """Take news; what concerns no layer is passed over."""
        moved = any(topic == "position" for topic, _ in changes.readings)
        if moved or changes.everything or any(kind in KINDS for kind, _ in changes.touched):
            self._gathered |= changes
            self._later()

    def look(self, sight: Sight) -> None:
        """Take note of what the map looks at: what stands there in masses is read for it."""
        self.sight = sight
        if self._reader.wants(self.seen, sight):
            self._later()

    def components(self, ring: Sequence[Share]) -> tuple[list[Component], int]:
        """Give the first of the components in a drawn ring, and how many there are."""
        return self._reader.stocks().inside(ring)

    def turn(self, layer: str) -> None:
        """Show or hide a layer; this seat keeps it."""
        self._see(self.seen.turned(layer))

    def lift(self, layer: str, by: int) -> None:
        """Move a layer up or down."""
        self._see(self.seen.raised(layer, by))

    def narrow(self, incident: str) -> None:
        """Narrow the units to those that work on an incident or are free; "": show all."""
        held = self._core.get("incident", incident) if incident else None
        if not isinstance(held, Incident):
            self.narrowing = Narrowing()
        else:
            at = SHAPES["task"].index("unit")
            tasks = self._core.find(parse_query("task", f"incident:{incident}"))
            units = frozenset(str(row[at]) for row in tasks if row[at])
            self.narrowing = Narrowing(incident, Words(self._core).title(held), units)
        self._later()

    def add_patches(self, patches: tuple[Patch, ...]) -> None:
        """Show areas that a hand drew."""
        self._patches = patches
        self._later()

    def show_at(self, then: int, stretch: Stretch | None = None, exercise: str = "") -> None:
        """Show how it was at an instant of a stretch of time, the last day for one; 0: now.

        ``exercise``: the id of the one of which alone it is shown.
        """
        now = self._core.clock.now()
        self.then = then
        if not then:
            self._stretch, self.past, self.exercise = None, None, ""
        elif self._stretch is None or (stretch or self._stretch, exercise) != (
            self._stretch, self.exercise
        ):  # fmt: skip
            self._stretch = held = stretch or (now - DAY_MS, now)
            self.exercise = exercise
            self._read_past(held)
            self.fetched = "asking"
            ask = self._core.work.call(lambda: fetch(self._core, held))
            self._answers.ask("fetched", ask, lambda there: self._got_tracks(held, there=there))
        self._later()

    def _read_past(self, stretch: Stretch) -> None:
        exercise = self.exercise
        ask = self._core.work.call(lambda: past_of(self._core, self.layers, *stretch, exercise))
        self._answers.ask("past", ask, self._got_past)

    def _got_tracks(self, stretch: Stretch, *, there: bool) -> None:
        """Read again what is held, now that the centre has told what it has, or was away."""
        if stretch == self._stretch:
            self.fetched = "held" if there else "away"
            self._read_past(stretch)

    def _got_past(self, past: Past) -> None:
        self.past = past
        self.past_read.emit()
        self._later()

    def open_scene(self, scene: str) -> None:
        """Show the layers that a scene names; "": what this seat chose for itself."""
        held = self._core.scenes.get(scene)
        if scene and held is None:
            raise Refused("refused.no_such", kind="scene", word=scene)
        self.scene = scene
        usually = of_scene(held.map.layers, self.layers) if held else usual(self._own)
        self._see(kept(self._core, usually, scene))

    def _see(self, seen: Seen) -> None:
        """Show layers; what is chosen while a scene's are shown is kept for that scene."""
        if seen != self.seen:
            self.seen = seen
            keep(self._core, seen, self.scene)
        self.turned.emit()
        self._later()

    def _tell(self, shown: Shown) -> None:
        while self._reader.troubles:
            self._failed(self._reader.troubles.pop())
        self.shown.emit(shown)

    def _later(self) -> None:
        if self._on and not self._beat.isActive():
            self._beat.start(BEAT_MS)

    def _ask(self) -> None:
        if self._busy:
            self._later()
            return
        self._busy = True
        changes, self._gathered = self._gathered, Changes()
        seen, narrowing, past, then = self.seen, self.narrowing, self.past, self.then
        drawn, sight = self._patches, self.sight

        def read() -> Shown:
            now = self._reader.read(seen, changes, narrowing, sight)
            now = replace(now, patches=(*now.patches, *drawn))
            return past.at(now, then) if past is not None and then else now

        asked = self._core.work.call(read)
        asked.add_done_callback(lambda _done: setattr(self, "_busy", False))
        self._answers.ask("map", asked, self._tell)
