"""The rows of the alarm panel: what is out of band, has fallen silent or is shelved, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.app import Core
from console.base.text import TEXTS, text
from console.domain.explain import explain
from console.domain.indicator import Indicator
from console.domain.opening import MANUAL
from console.domain.vitals import Vitals
from console.domain.words import UNKNOWN, Words
from console.gauges import Alarm
from ui.models.formats import span

Index = QModelIndex | QPersistentModelIndex
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
NOWHERE = QModelIndex()
HORIZONTAL = Qt.Orientation.Horizontal
COLUMNS = ("stands", "name", "source", "value", "limit", "since", "note")
STANDS: Mapping[str, tuple[str, str]] = {
    "alarm": ("disc", "danger"),
    "warn": ("triangle", "warning"),
    "silent": ("ring", "lost"),
    "shelved": ("square", "text.caption"),
}
"""How a source stands, the most pressing first: a shape and a role."""


@dataclass(frozen=True, slots=True)
class Row:
    """One source. ``key`` tells it from others; ``incident`` is the one that it opened, or ""."""

    key: tuple[str, str]
    stands: str
    words: tuple[str, ...]
    full: str
    incident: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the panel shows: its rows, and the vital signs as of the same moment.

    ``why``: the lines that explain the score.
    """

    rows: tuple[Row, ...]
    vitals: Vitals
    why: tuple[str, ...] = ()


def read(core: Core) -> Told:
    """Read what the panel shows; may be asked on any thread."""
    words, now = Words(core), core.clock.now()
    found = tuple(_row(core, words, alarm, now) for alarm in core.gauges.alarms())
    order = {stands: n for n, stands in enumerate(STANDS)}
    vitals = core.vitals()
    rows = tuple(sorted(found, key=lambda row: order[row.stands]))
    return Told(rows, vitals, tuple(explain(vitals, core.gauges.known)))


def named(indicator: Indicator) -> str:
    """Give the name of an indicator in the language of this process."""
    return (TEXTS.language == "en" and indicator.name_en) or indicator.name


def measured(indicator: Indicator, value: float | None) -> str:
    """Write a value with its unit; one that is not known is a dash."""
    if value is None:
        return UNKNOWN
    unit = (TEXTS.language == "en" and indicator.unit_en) or indicator.unit
    return f"{value:.{indicator.decimals}f} {unit}".strip()


def stands_of(alarm: Alarm) -> str:
    if alarm.shelf is not None:
        return "shelved"
    return alarm.now.state if alarm.now.state in ("alarm", "warn") else "silent"


def _row(core: Core, words: Words, alarm: Alarm, now: int) -> Row:
    indicator, found = alarm.indicator, alarm.now
    stands = stands_of(alarm)
    began = found.at if stands == "silent" else found.since
    return Row(
        key=(indicator.id, found.source),
        stands=stands,
        words=(
            text(f"gauges.stands.{stands}"),
            named(indicator),
            _source(words, alarm),
            measured(indicator, found.value),
            _limit(indicator),
            span(max(0, now - began)) if began else UNKNOWN,
            _note(words, alarm, stands),
        ),
        full=text(
            "gauges.full",
            name=named(indicator),
            source=_system(indicator),
            at=words.instant(found.at),
        ),
        incident=core.gauges.incident(indicator.id, found.source),
    )


def _source(words: Words, alarm: Alarm) -> str:
    source = alarm.now.source
    if source.startswith(MANUAL):
        return text("gauges.by_hand", person=words.name("person", source.removeprefix(MANUAL)))
    return source or _system(alarm.indicator)


def _system(indicator: Indicator) -> str:
    return (TEXTS.language == "en" and indicator.source_en) or indicator.source


def _limit(indicator: Indicator) -> str:
    warn, alarm = indicator.warn, indicator.alarm
    if isinstance(warn, tuple) or isinstance(alarm, tuple):
        low, high = warn if isinstance(warn, tuple) else (warn, warn)
        return text("gauges.limit.band", low=f"{low:g}", high=f"{high:g}")
    return text(f"gauges.limit.{indicator.direction}", warn=f"{warn:g}", alarm=f"{alarm:g}")


def _note(words: Words, alarm: Alarm, stands: str) -> str:
    found = alarm.now
    if alarm.shelf is not None:
        until = words.instant(found.shelved)
        return text("gauges.shelved", until=until, reason=found.shelved_reason)
    if stands == "silent":
        was = text(f"band.{found.was}")
        return text("gauges.silent", at=words.instant(found.at), was=was)
    if found.samples:
        return text("gauges.asking", n=found.samples, band=text(f"band.{found.asked}"))
    return text("gauges.doubtful") if found.doubtful else ""


class GaugesModel(QAbstractTableModel):
    """The rows that are shown, in a steady order; the chosen one stays the chosen one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows; the same ones in the same order are only written anew."""
        if [r.key for r in rows] == [r.key for r in self._rows]:
            self._rows = tuple(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self._rows[index.row()].key for index in before]
        self._rows = tuple(rows)
        place = {row.key: n for n, row in enumerate(rows)}
        after = [
            self.index(place[was], index.column()) if was in place else NOWHERE
            for was, index in zip(keys, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def row_at(self, place: int) -> Row | None:
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, indicator: str) -> int:
        """Give the first row of an indicator, or -1."""
        return next((n for n, row in enumerate(self._rows) if row.key[0] == indicator), -1)

    def counts(self) -> dict[str, int]:
        """Count the rows by how they stand."""
        return {s: sum(row.stands == s for row in self._rows) for s in STANDS}

    def retranslate(self) -> None:
        self.headerDataChanged.emit(HORIZONTAL, 0, len(COLUMNS) - 1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = DISPLAY) -> object:
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == DISPLAY:
            return row.words[index.column()]
        return row.full if role == TOOL_TIP else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if orientation == HORIZONTAL and role == DISPLAY:
            return text(f"gauges.column.{COLUMNS[section]}")
        return None
