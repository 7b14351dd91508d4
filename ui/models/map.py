"""The map's model: asks for what the layers show when news come, a few times a second at most."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from console.app import Core
from console.domain.changes import Changes
from console.domain.query import parse_query
from console.domain.record import Incident
from console.domain.rows import SHAPES
from console.domain.words import Words
from console.maps.components import Component
from ui.models.maplayers import Layers, Narrowing, Seen, keep, kept, read_layers
from ui.models.mapmarks import Patch, Share, Shown
from ui.models.mappast import DAY_MS, Past, past_of
from ui.models.mapstock import Sight
from ui.models.news import Answers

BEAT_MS, AGE_MS = 250, 5_000
KINDS = frozenset(("incident", "unit", "task", "camera", "warning"))


class MapModel(QObject):
    """``shown`` tells a Shown; ``turned``: layers were shown, hidden or put in another order."""

    shown = Signal(object)
    turned = Signal()

    def __init__(
        self, core: Core, failed: Callable[[BaseException], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._answers = Answers(failed, self)
        self.layers = read_layers()
        self._reader = Layers(core, core.maps, self.layers)
        self.seen = kept(core, self.layers)
        self.narrowing = Narrowing()
        self.sight: Sight | None = None
        self.then = 0
        self._past: Past | None = None
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

    def go_back(self, ago_ms: int) -> None:
        """Show how it was so long ago; 0: show how it is."""
        self.then = self._core.clock.now() - min(ago_ms, DAY_MS) if ago_ms else 0
        if self.then and self._past is None:
            ask = self._core.work.call(lambda: past_of(self._core))
            self._answers.ask("past", ask, self._got_past)
        elif not self.then:
            self._past = None
        self._later()

    def _got_past(self, past: Past) -> None:
        self._past = past
        self._later()

    def _see(self, seen: Seen) -> None:
        self.seen = seen
        keep(self._core, seen)
        self.turned.emit()
        self._later()

    def _later(self) -> None:
        if self._on and not self._beat.isActive():
            self._beat.start(BEAT_MS)

    def _ask(self) -> None:
        if self._busy:
            self._later()
            return
        self._busy = True
        changes, self._gathered = self._gathered, Changes()
        seen, narrowing, past, then = self.seen, self.narrowing, self._past, self.then
        drawn, sight = self._patches, self.sight

        def read() -> Shown:
            now = self._reader.read(seen, changes, narrowing, sight)
            now = replace(now, patches=(*now.patches, *drawn))
            return past.at(now, then) if past is not None and then else now

        asked = self._core.work.call(read)
        asked.add_done_callback(lambda _done: setattr(self, "_busy", False))
        self._answers.ask("map", asked, self.shown.emit)
