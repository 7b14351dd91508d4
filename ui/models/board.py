"""The unit board: who is free, who works on what; busy is worked out from open tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.app import Core
from console.base.text import text
from console.domain.query import parse_query
from console.domain.record import Incident, Task, Unit
from console.domain.words import UNKNOWN, Words, short

Index = QModelIndex | QPersistentModelIndex
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
HORIZONTAL = Qt.Orientation.Horizontal
NOWHERE = QModelIndex()
COLUMNS = ("call_sign", "stands", "dept", "place", "people", "task")
STANDS: Mapping[str, tuple[str, str]] = {
    "free": ("disc", "good"),
    "busy": ("triangle", "warning"),
    "off_duty": ("ring", "text.caption"),
    "out_of_service": ("cross", "text.caption"),
    "disbanded": ("cross", "text.disabled"),
}
"""How a unit stands, the most useful first: a shape and a role."""
RANK = {stands: n for n, stands in enumerate(STANDS)}


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """One unit; ``incident`` is the one that it works on, ``marks`` waiting, refused, conflict."""

    id: str
    call_sign: str
    name: str
    stands: str
    dept: str
    dept_name: str
    district: str
    place: str
    people: int
    incident: str = ""
    task: str = ""
    since: str = ""
    marks: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """To which incident the board is narrowed: its departments and its district."""

    incident: str
    title: str
    depts: frozenset[str]
    district: str

    def allows(self, unit: UnitFacts) -> bool:
        return (
            unit.incident == self.incident
            or unit.dept in self.depts
            or (bool(self.district) and unit.district == self.district)
        )


def read(core: Core) -> tuple[UnitFacts, ...]:
    """Read every unit that this seat may see; may be asked on any thread."""
    words = Words(core)
    works = at_work(core)
    found: list[UnitFacts] = []
    for row in core.find(parse_query("unit", "")):
        unit = core.get("unit", str(row[0]))
        if isinstance(unit, Unit) and unit.state != "disbanded":
            marks = (int(row[-3]), int(row[-2]), int(row[-1]))
            found.append(_unit(core, words, unit, works.get(unit.id), marks))
    found.sort(key=lambda u: (RANK[u.stands], u.dept_name, u.call_sign))
    return tuple(found)


def narrowed(core: Core, incident: str) -> Narrowed | None:
    """Say to what an incident narrows the board."""
    held = core.get("incident", incident)
    if not isinstance(held, Incident):
        return None
    depts = {d for d in (held.lead, *held.assists) if d}
    if not depts:
        depts = _usual(core, held)
    district = held.scope.partition(".")[0]
    return Narrowed(incident, Words(core).title(held), frozenset(depts), district)


def _usual(core: Core, held: Incident) -> set[str]:
    scene = core.scenes.get(held.scene)
    known = next((t for t in scene.types if t.code == held.type), None) if scene else None
    if known is None:
        return set()
    district, _, street = held.scope.partition(".")
    return {core.city.resolve(d, district, street) for d in (known.lead, *known.co)} - {""}


def at_work(core: Core) -> dict[str, Task]:
    opened = ",".join(sorted(core.machines["task"].opened))
    found: dict[str, Task] = {}
    for row in core.find(parse_query("task", f"state:{opened}")):
        task = core.get("task", str(row[0])) if row[4] else None
        if isinstance(task, Task) and task.unit:
            found[task.unit] = task
    return found


def _unit(
    core: Core, words: Words, unit: Unit, task: Task | None, marks: tuple[int, int, int]
) -> UnitFacts:
    incident = core.get("incident", task.incident) if task else None
    said = ""
    if task is not None and isinstance(incident, Incident):
        state = words.value("state", task.state, "task")
        said = text("board.task", no=short(incident.no), title=incident.title, state=state)
    stands = "busy" if task else "free" if unit.state == "ready" else unit.state
    return UnitFacts(
        unit.id, unit.call_sign, unit.name, stands, unit.dept, words.name("dept", unit.dept),
        unit.scope.partition(".")[0], words.scope(unit.scope), unit.people,
        task.incident if task else "", said or unit.reason,
        words.instant(task.issued_at) if task else "", marks,
    )  # fmt: skip


class BoardModel(QAbstractTableModel):
    """The units that are shown, in a steady order; values change where they stand."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[UnitFacts, ...] = ()
        self._shown: list[UnitFacts] = []

    def show(self, units: Sequence[UnitFacts], narrow: Narrowed | None) -> None:
        """Show these units; the same ones in the same order are only written anew."""
        self._all = tuple(units)
        shown = [u for u in self._all if narrow is None or narrow.allows(u)]
        if [u.id for u in shown] == [u.id for u in self._shown]:
            self._rewrite(shown)
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._shown[index.row()].id for index in before]
        self._shown = shown
        place = {unit.id: n for n, unit in enumerate(shown)}
        after = [
            self.index(place[was], index.column()) if was in place else NOWHERE
            for was, index in zip(ids, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _rewrite(self, shown: list[UnitFacts]) -> None:
        changed = [n for n, unit in enumerate(shown) if unit != self._shown[n]]
        self._shown = shown
        if changed:
            last = self.index(changed[-1], len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(changed[0], 0), last)

    def retranslate(self) -> None:
        self.headerDataChanged.emit(HORIZONTAL, 0, len(COLUMNS) - 1)

    def unit_at(self, place: int) -> UnitFacts | None:
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def counts(self) -> dict[str, int]:
        """Count the units that are shown, by how they stand."""
        return {s: sum(u.stands == s for u in self._shown) for s in STANDS}

    @property
    def total(self) -> int:
        return len(self._all)

    # ---- Qt --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid() or role not in {DISPLAY, TOOL_TIP}:
            return None
        unit, column = self._shown[index.row()], COLUMNS[index.column()]
        match column:
            case "call_sign":
                return unit.call_sign if role == DISPLAY else f"{unit.call_sign} {unit.name}"
            case "stands":
                return text(f"board.stands.{unit.stands}")
            case "dept":
                return unit.dept_name
            case "people":
                return str(unit.people) if unit.people else UNKNOWN
            case "task":
                return unit.task or ("" if role == TOOL_TIP else UNKNOWN)
            case _:
                return unit.place

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation == HORIZONTAL and role == DISPLAY and 0 <= section < len(COLUMNS):
            return text(f"board.column.{COLUMNS[section]}")
        return None
