"""Plans at work as a display lists them: how far each is, what is late, who is next and by when."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from console.app import Core
from console.base.text import text
from console.domain.figure import Behind
from console.domain.query import parse_query
from console.domain.record import Incident
from console.domain.rows import SHAPES, Row
from ui.models.columns import Cell, Setting, Sheet, Write
from ui.models.formats import FORMATS
from ui.models.names import DisplayNames
from ui.models.writing import NOTHING, Line

DONE, GONE = frozenset(("feedback", "done")), frozenset(("returned", "withdrawn"))
"""States of a step that is done, and of one that is no longer asked for."""
_TASK, _PLAN = SHAPES["task"], SHAPES["plan"]


class PlanLines:
    """Writes the lines of plans; asked on a caller, not on the screen's thread."""

    def __init__(self, core: Core, sheet: Sheet, setting: Setting) -> None:
        self._core = core
        self._named = DisplayNames(core).name
        column = sheet.columns["task"]["clock"]
        self._clock: Write = FORMATS[column.format](column, _TASK, setting)
        column = sheet.columns["plan"]["level"]
        self._level: Write = FORMATS[column.format](column, _PLAN, setting)

    def written(self, plans: Sequence[Row]) -> tuple[Line, ...]:
        """Write the lines of plans: those with a late step first, then whose next step is due."""
        steps = self._steps([str(row[0]) for row in plans])
        now = self._core.clock.now()
        found = [self._line(row, steps.get(str(row[0]), []), now) for row in plans]
        return tuple(line for _, line in sorted(found, key=lambda each: each[0]))

    def _steps(self, plans: Sequence[str]) -> Mapping[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        if plans:
            rows = self._core.find(parse_query("task", f"plan:{','.join(plans)}"))
            for row in rows:
                found.setdefault(str(_of(row, "plan")), []).append(row)
        return found

    def _line(self, plan: Row, steps: Sequence[Row], now: int) -> tuple[tuple[int, int, str], Line]:
        asked = [row for row in steps if _of(row, "state") not in GONE]
        done = sum(_of(row, "state") in DONE for row in asked)
        open_ = sorted(_open(asked), key=lambda row: _of(row, "due"))
        late = sum(0 < _of(row, "due") < now for row in open_)
        incident = self._core.get("incident", str(plan[_PLAN.index("incident")]))
        title = incident.title if isinstance(incident, Incident) else NOTHING
        code = str(plan[_PLAN.index("plan")])
        cells = (
            self._level(plan, now),
            Cell(self._core.names("plan", code) or code, "text"),
            Cell(title, "text.second"),
            Cell(text("page.plan.done", done=done, all=len(asked)), "text"),
            Cell(text("page.plan.late", n=late), "danger", "alarm") if late
            else Cell(text("page.plan.in_time"), "text.second"),
            *self._next(open_, now),
        )  # fmt: skip
        first = _of(open_[0], "due") if open_ else now << 1
        id = str(plan[0])  # noqa: A001
        return (-late, first, id), Line(id, cells, Behind("task", f"plan:{id}"))

    def _next(self, open_: Sequence[Row], now: int) -> tuple[Cell, Cell]:
        """Give who is next, and by when."""
        if not open_:
            return Cell(text("page.plan.all_done"), "text.second"), Cell()
        dept = str(_of(open_[0], "dept"))
        return Cell(self._named("dept", dept) or dept, "text"), self._clock(open_[0], now)


def _open(steps: Sequence[Row]) -> Iterator[Row]:
    """Give the steps whose time runs."""
    for row in steps:
        if _of(row, "state") not in DONE and _of(row, "due") and not _of(row, "paused"):
            yield row


def _of(row: Row, field: str) -> Any:
    return row[_TASK.index(field)]
