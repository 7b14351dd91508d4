"""The load of this seat: what its alarms come to, what is held back, which limits will break."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from console.advise.load import Alarm, Group, Load, Meter, read_limits, will_break
from console.app import Core
from console.base.text import text
from console.domain.query import Query
from console.domain.rows import SHAPES, Row
from ui.models.arrivals import severe
from ui.models.news import Answers

BEAT_MS = 10_000
FEWEST = 3
"""From fewer that were dealt with no pace can be told."""
NAMED = 4
NO_LOAD = Load(0, "calm")
ROLES = {"calm": "text.second", "busy": "text.second", "over": "warning", "flood": "danger"}
_AT = {n: SHAPES["incident"].index(n) for n in ("id", "district", "type", "due", "urgency")}


@dataclass(frozen=True, slots=True)
class LoadFacts:
    """How it stands. ``breaking``: ids whose limit will be over; None while no pace is known."""

    load: Load = NO_LOAD
    breaking: tuple[str, ...] | None = None

    @property
    def role(self) -> str:
        return "warning" if self.breaking and self.load.state != "flood" else ROLES[self.load.state]


class LoadModel(QObject):
    """Takes what arrives, gives what is to be told of it, and follows what waits in a queue."""

    changed = Signal()
    flooded = Signal()
    freed = Signal(object)

    def __init__(
        self, core: Core, query: Query, failed: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.facts = LoadFacts()
        self._core = core
        self._query = query
        self._meter = Meter()
        self._answers = Answers(failed, self)
        self._waiting: dict[str, int] = {}
        self._left: deque[int] = deque()
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self.ask)

    def start(self) -> None:
        """Follow the queue from now on."""
        self._beat.start()
        self.ask()

    def stop(self) -> None:
        self._beat.stop()

    def take(self, rows: Sequence[Row]) -> list[Row]:
        """Take what has arrived; give what is to be told now: in a flood only what is severe."""
        grave = {row[_AT["id"]] for row in severe(rows)}
        now = self._core.clock.now()
        alarms = [_alarm(row, now, severe=row[_AT["id"]] in grave) for row in rows]
        told, _ = self._meter.came(alarms, now)
        before = self.facts.load.state
        self._show(self.facts.breaking)
        if self.facts.load.state == "flood" != before:
            self.flooded.emit()
        ids = {alarm.id for alarm in told}
        return [row for row in rows if row[_AT["id"]] in ids]

    def ask(self) -> None:
        """Read what waits, on another thread."""
        found = self._core.work.call(lambda: self._core.find(self._query))
        self._answers.ask("load", found, self._took)

    def words(self) -> str:
        """Say it in one line."""
        load, breaking = self.facts.load, self.facts.breaking
        said = [text("load.rate", count=load.count)]
        if load.state in ("over", "flood"):
            said.append(text(f"load.{load.state}"))
        if load.waiting:
            said.append(text("load.held", count=load.waiting))
        if breaking:
            said.append(text("load.breaking", count=len(breaking)))
        return text("panel.and").join(said)

    def why(self) -> str:
        """Say what it means: the limits, the groups that are held, what will be over."""
        limits, facts = read_limits(), self.facts
        urgent = text("panel.and").join(text(f"urgency.{each}") for each in limits.urgencies)
        said = [
            text("load.limits", urgent=urgent, fine=limits.fine, most=limits.most,
                 flood=limits.flood)
        ]  # fmt: skip
        said += [self.group(group) for group in facts.load.held]
        if facts.breaking is None:
            said.append(text("load.no_pace"))
        elif facts.breaking:
            names = "、".join(self._no(each) for each in facts.breaking[:NAMED])
            minutes = limits.ahead_s // 60
            said.append(
                text("load.will_break", minutes=minutes, count=len(facts.breaking), names=names)
            )
        return "\n".join(said)

    def group(self, group: Group) -> str:
        """Say one group: where, of what, how many."""
        place = self._core.names("district", group.place) or text("load.no_place")
        cause = self._core.names("type", group.cause) or text("load.no_cause")
        return text("load.group", place=place, cause=cause, count=len(group.ids))

    # ---- private

    def _no(self, id: str) -> str:
        held = self._core.get("incident", id)
        return str(getattr(held, "no", "") or getattr(held, "title", ""))

    def _took(self, rows: list[Row]) -> None:
        limits, now = read_limits(), self._core.clock.now()
        held = {str(row[_AT["id"]]): int(row[_AT["due"]] or 0) for row in rows}
        gone = self._waiting.keys() - held.keys()
        self._left.extend([now] * len(gone))
        self._waiting = held
        self._meter.done(gone)
        while self._left and now - self._left[0] > limits.pace_s * 1000:
            self._left.popleft()
        breaking = None
        if len(self._left) >= FEWEST:
            pace = max(now - self._left[0], 1) / len(self._left)
            ahead = now + limits.ahead_s * 1000
            dues = [(due, each) for each, due in held.items() if now < due <= ahead]
            breaking = tuple(will_break(dues, now, pace))
        self._show(breaking)
        if groups := self._meter.let_go(now):
            self._show(breaking)
            self.freed.emit(groups)

    def _show(self, breaking: tuple[str, ...] | None) -> None:
        facts = LoadFacts(self._meter.load(self._core.clock.now()), breaking)
        if facts != self.facts:
            self.facts = facts
            self.changed.emit()


def _alarm(row: Row, now: int, *, severe: bool) -> Alarm:
    place, cause = str(row[_AT["district"]] or ""), str(row[_AT["type"]] or "")
    counts = severe or row[_AT["urgency"]] in read_limits().urgencies
    return Alarm(str(row[_AT["id"]]), now, place, cause, severe, counts)
