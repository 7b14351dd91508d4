"""What this seat has done that is not the centre's yet, or that came back: each as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.app import Core
from console.base.text import TEXTS, text
from console.domain.changes import Key
from console.domain.record import Act
from console.domain.words import Words
from ui.models import mask
from ui.models.amend import CHANGES
from ui.models.timeline import MARKS, Waiting, said_of

Index = QModelIndex | QPersistentModelIndex
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
HORIZONTAL = Qt.Orientation.Horizontal
NOWHERE = QModelIndex()
COLUMNS = ("state", "what", "at", "who", "reason")
# The most urgent first: what needs a person, then what moves by itself, then what is done with.
STATES = ("conflict", "refused", "held", "recalled", "sent", "queued", "let_go")
NAMED = frozenset(("dept", "unit", "type"))
"""Types whose values stand in a form by their names."""
LET_GO = "let_go"
NEEDS_A_PERSON = frozenset(("refused", "conflict", "held"))
LOOKS: Mapping[str, tuple[str, str]] = {
    **MARKS, "sent": ("chevrons", "mark.waiting"), "recalled": ("again", "mark.waiting"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parcel:
    """One act: what it does, how it stands, why it came back, and what can be done about it."""

    id: str
    state: str
    what: str
    at: str
    full: str
    who: str
    reason: str
    line: str
    key: Key
    tries: int
    said: tuple[tuple[str, str], ...]
    taken_back: bool

    @property
    def open(self) -> bool:
        """Tell whether a person may retry, edit or let it go."""
        return self.state in NEEDS_A_PERSON


@dataclass(frozen=True, slots=True)
class Post:
    """What waits and what came back; ``gone``: how many acts a person has let go."""

    parcels: tuple[Parcel, ...] = ()
    gone: int = 0


def read(core: Core, *, gone: bool = False) -> Post:
    """Read what waits and what came back, also what was ``gone``; may be asked on any thread."""
    words = Words(core)
    up = core.link().state == "up"
    let_go = core.let_gone()
    found: list[tuple[int, int, Parcel]] = []
    for each in (*core.outbox(), *(let_go if gone else ())):
        act = each.act
        first = act.steps[0]
        facts = {n: v for n, v in first.args.items() if v not in (None, "", (), [])}
        said = tuple(
            (text(f"argument.{n}"), mask.hidden(n, words.value(n, v, first.kind)))
            for n, v in facts.items()
            if n not in (CHANGES, "crs")
        )
        parcel = Parcel(
            act.id, each.state, said_of(words, act.steps), words.second(act.at),
            text("cell.time.full", t=words.local(act.at)), words.name("person", act.by),
            _why(words, each, up=up),
            act.line, (first.kind, first.record), each.tries, said, each.state == "queued",
        )  # fmt: skip
        found.append((STATES.index(each.state), act.at, parcel))
    found.sort(key=lambda f: (f[0], -f[1]))
    return Post(tuple(parcel for _, _, parcel in found), len(let_go))


def given(core: Core, act: Act) -> tuple[str, dict[str, str]]:
    """Give the command of an act and what it was given, to fill a form with."""
    words, first = Words(core), act.steps[0]
    call = core.commands.parse(act.line, first.kind)
    takes = call.command.takes
    said = {name: word.text for name, word in call.named.items()}
    # A line may name its record first, or not: what the step says of an argument is surer.
    said |= {n: str(v) for n, v in first.args.items() if n in takes and isinstance(v, str)}
    said |= {n: msgspec.json.encode(v).decode() for n, v in first.args.items() if n == CHANGES}
    named = {n: words.value(n, v) if takes[n].type in NAMED else v for n, v in said.items()}
    return call.command.name, named


def _why(words: Words, each: Waiting, *, up: bool) -> str:
    """Say why something came back, still waits, or was let go."""
    if each.state == LET_GO:
        known = f"outbox.gone_why.{each.reason}"
        why = text(known) if TEXTS.has(known) else mask.words(each.reason)
        return text("outbox.gone_when", at=words.second(each.verdict_at), reason=why)
    if each.key:
        return mask.words(words.reason(each.key, each.args))
    if each.state not in ("queued", "sent", "recalled"):
        return ""
    return text(f"outbox.why.{each.state}.{'up' if up else 'down'}")


class OutboxModel(QAbstractTableModel):
    """The acts, those that need a person first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Parcel, ...] = ()

    def show(self, parcels: Sequence[Parcel]) -> None:
        """Show these; the same ones in the same order are only written anew."""
        same = [p.id for p in parcels] == [p.id for p in self._shown]
        if same:
            self._shown = tuple(parcels)
            if parcels:
                last = self.index(len(parcels) - 1, len(COLUMNS) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._shown[index.row()].id for index in before]
        self._shown = tuple(parcels)
        place = {p.id: n for n, p in enumerate(parcels)}
        after = [
            self.index(place[was], index.column()) if was in place else NOWHERE
            for was, index in zip(ids, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def retranslate(self) -> None:
        self.headerDataChanged.emit(HORIZONTAL, 0, len(COLUMNS) - 1)

    def parcel_at(self, place: int) -> Parcel | None:
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def keys(self) -> set[Key]:
        """Give the records that the acts are about."""
        return {parcel.key for parcel in self._shown}

    def counts(self) -> dict[str, int]:
        return {s: n for s in STATES if (n := sum(p.state == s for p in self._shown))}

    # ---- Qt --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid() or role not in {DISPLAY, TOOL_TIP}:
            return None
        parcel = self._shown[index.row()]
        match COLUMNS[index.column()]:
            case "state":
                return text(f"outbox.state.{parcel.state}")
            case "what":
                return parcel.what
            case "at":
                return parcel.full if role == TOOL_TIP else parcel.at
            case "who":
                return parcel.who
            case _:
                return parcel.reason

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation == HORIZONTAL and role == DISPLAY and 0 <= section < len(COLUMNS):
            return text(f"outbox.column.{COLUMNS[section]}")
        return None
