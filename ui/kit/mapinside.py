"""What is inside a drawn area, by kind, and what can be done with it: each act as a line."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QWidget

from console.base.text import text
from console.domain.datum import Cgcs2000
from console.domain.words import quoted
from console.maps.library import COMPONENT, Library, locate
from ui.kit.mappanel import MapPanel
from ui.kit.maptools import Drawn
from ui.kit.outfit import Outfit
from ui.kit.parts import label
from ui.models.map import MapModel
from ui.models.mapmarks import Shown, inside, places_of

MOST, TILES = 200, 16
ROLE = int(Qt.ItemDataRole.UserRole)
ORDER = ("incident", "unit", "camera", "place", "component")
Within = tuple[str, str, str]
"""Kind, id and name."""


@dataclass(frozen=True, slots=True)
class Inside:
    """What a drawn area holds. ``counts``: how many of each kind, which may be more than found.

    ``middle``: longitude and latitude of its middle; ``where``: district and street of that.
    """

    found: Sequence[Within]
    counts: Mapping[str, int]
    middle: tuple[float, float] = (0.0, 0.0)
    where: str = ""


class InsidePanel(MapPanel):
    """Enter or a double click acts on one; the buttons act on all of a kind."""

    asked = Signal(str)
    selected = Signal(str, str)

    def __init__(self, outfit: Outfit, over: QWidget) -> None:
        super().__init__(over, low=True)
        self._held = Inside((), {})
        self._incident = ""
        self._list = QListWidget()
        self._list.setMinimumHeight(170)
        self._more = label("caption")
        self._send, self._wall, self._report, self._notify, self._close = (
            QPushButton() for _ in range(5)
        )
        self.title.setWordWrap(True)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._more)
        does = (
            (self._send, self._send_all), (self._wall, self._to_wall),
            (self._report, self._begin_report), (self._notify, self._begin_notice),
            (self._close, self.hide),
        )  # fmt: skip
        for button, act in does:
            self.body.addWidget(button)
            button.clicked.connect(act)
        self._list.itemActivated.connect(self._act)
        self._list.currentItemChanged.connect(self._choose)
        outfit.look.changed.connect(self.retranslate)
        self.retranslate()

    def show_found(self, held: Inside, chosen: tuple[str, str]) -> None:
        """Show what was found; ``chosen``: the record that all of it may be sent to."""
        found = sorted(held.found, key=lambda f: (ORDER.index(f[0]), f[2]))
        self._held = replace(held, found=found)
        self._incident = chosen[1] if chosen[0] == "incident" else ""
        self._list.clear()
        for kind, each, name in found[:MOST]:
            item = QListWidgetItem(f"{text(f'map.kind.{kind}')}  {name or each}")
            item.setData(ROLE, (kind, each, name))
            self._list.addItem(item)
        self.retranslate()
        self.show()
        self.place()
        # A list that is given the keyboard takes its first row: that is nobody's choice yet.
        self._list.blockSignals(True)
        self._list.setCurrentRow(0)
        self._list.blockSignals(False)
        self._list.setFocus()

    def retranslate(self) -> None:
        held = self._held
        self.title.setText(text("map.inside", what=self._counted()))
        left = sum(held.counts.values()) - min(len(held.found), MOST)
        self._more.setText(text("map.more", n=f"{left:,}") if left > 0 else "")
        self._more.setVisible(left > 0)
        units, cameras = (len(self._ids(kind)) for kind in ("unit", "camera"))
        self._send.setText(text("map.send", n=units))
        self._send.setVisible(bool(units and self._incident))
        self._wall.setText(text("map.to_wall", n=min(cameras, TILES)))
        self._wall.setVisible(bool(cameras))
        self._report.setText(text("map.report_here"))
        self._notify.setText(text("map.notify"))
        self._close.setText(text("map.close"))

    def _counted(self) -> str:
        counts = [(k, self._held.counts.get(k, 0)) for k in ORDER]
        said = [f"{text(f'map.kind.{k}')} {n:,}" for k, n in counts if n]
        return " · ".join(said) or text("map.nothing")

    def _ids(self, kind: str) -> list[str]:
        return [each for held, each, _ in self._held.found if held == kind]

    def _choose(self, item: QListWidgetItem | None) -> None:
        kind, found, _ = item.data(ROLE) if item is not None else ("", "", "")
        if kind in ("incident", "unit", "camera", "component"):
            self.selected.emit(kind, found)

    def _act(self, item: QListWidgetItem) -> None:
        kind, found, name = item.data(ROLE)
        if kind == "incident":
            self.asked.emit(f"card.open {found}")
        elif kind == "camera":
            self.asked.emit(f"map.wall {found}")
        elif kind == "unit" and self._incident:
            self.asked.emit(f"line.focus incident.send {self._incident} {quoted(name)}")

    def _send_all(self) -> None:
        """Send every unit that is inside to the chosen incident: a line for each."""
        for kind, _, name in self._held.found:
            if kind == "unit":
                self.asked.emit(f"incident.send {self._incident} {quoted(name)}")

    def _to_wall(self) -> None:
        """Put the cameras that are inside on the wall, as many as it has tiles."""
        self.asked.emit(f"map.wall {quoted(' '.join(self._ids('camera')[:TILES]))}")

    def _begin_report(self) -> None:
        """Begin an incident in the middle of the area."""
        lon, lat = self._held.middle
        self.asked.emit(f'form.open "incident.create --lon {lon:.6f} --lat {lat:.6f}"')

    def _begin_notice(self) -> None:
        """Begin an instruction that names the area and what is in it."""
        words = text("map.notify_words", where=self._held.where, what=self._counted())
        line = f"instruction.give --words {quoted(words)}"
        if self._incident:
            line += f" --incident {self._incident}"
        self.asked.emit(f"form.open {quoted(line)}")


def held_in(drawn: Drawn, shown: Shown, model: MapModel, library: Library) -> Inside:
    """Give what is in a drawn area; of the components only the first, but all are counted."""
    found: list[Within] = []
    for marks in shown.marks:
        if marks.kind != COMPONENT:
            held = np.nonzero(inside(drawn.ring, marks.x, marks.y))[0].tolist()
            found += [(*marks.key(n), marks.names[n] if marks.names else "") for n in held]
    x, y = (np.array([getattr(u, axis) for u in shown.units], np.float64) for axis in "xy")
    held = np.nonzero(inside(drawn.ring, x, y))[0].tolist()
    found += [("unit", shown.units[n].id, shown.units[n].name) for n in held]
    counts = Counter(kind for kind, _, _ in found)
    some, whole = model.components(drawn.ring)
    found += [(COMPONENT, c.code, f"{c.name} {c.code}") for c in some]
    corners = places_of(drawn.ring)
    middle = (float(corners.lon.mean()), float(corners.lat.mean()))
    borders = library.boundaries()
    where = locate(borders.locate(Cgcs2000.of(*middle))[0], borders)
    named = where["district_name"] + where["street_name"]
    return Inside(found, {**counts, COMPONENT: whole}, middle, named)
