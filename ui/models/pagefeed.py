"""The figures of the page that stands, asked for on a caller, at most once in two seconds."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from console.app import Core
from console.domain.figure import BROKEN, Figure
from console.domain.page import Page, Tile
from console.domain.query import parse_query
from console.domain.rows import SHAPES, Row
from console.domain.stretch import COURSE
from ui.models.columns import Cell, Setting, Sheet
from ui.models.formats import FORMATS
from ui.models.news import Answers
from ui.models.planlines import PlanLines
from ui.models.writing import Line

_log = logging.getLogger(__name__)
AGAIN_MS = 600_000
"""So often the centre is asked for what it has kept of a course; readings come by themselves."""
LISTED = 40
"""At most so many rows of a list are written: no display has room for more."""
LISTS = ("list", "plans")
"""Ways of drawing that list rows."""
BEAT_MS = 2_000
"""Figures change at most so often: a digit that flickers cannot be read."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that a page shows, of one moment."""

    page: str
    figures: Mapping[str, Figure]
    rows: Mapping[str, tuple[Line, ...]]


class PageFeed(QObject):
    """Works pages out, one at a time and never twice at once."""

    came = Signal(object)

    def __init__(
        self, core: Core, sheet: Sheet, setting: Setting, failed: Callable[[BaseException], None]
    ) -> None:
        super().__init__()
        self._core = core
        self._sheet = sheet
        self._setting = setting
        self._tell_failed = failed
        self._plans = PlanLines(core, sheet, setting)
        self._answers = Answers(self._failed, self)
        self._asking: set[str] = set()
        self._fetched: dict[str, int] = {}
        self._closed = False

    def ask(self, page: Page) -> None:
        """Ask for a page; one that is being worked out already is not asked for again."""
        if self._closed or page.key in self._asking:
            return
        self._asking.add(page.key)
        asked = self._core.work.call(lambda: self.work_out(page))
        self._answers.ask(page.key, asked, self._came)

    def work_out(self, page: Page) -> Shown:
        """Work a page out; not on the screen's thread."""
        self._ask_courses(page)
        figures = self._core.figures().work_out(page.tile, self._core.person.user)
        rows: dict[str, tuple[Line, ...]] = {}
        for tile in page.tile:
            if tile.draw in LISTS and figures[tile.key].fresh != BROKEN:
                try:
                    rows[tile.key] = self._written(tile, figures[tile.key])
                except Exception:  # noqa: BLE001 - whatever it was: logged, the page stands
                    _log.exception("the rows of tile %r could not be written", tile.key)
                    figures[tile.key] = Figure(fresh=BROKEN, why="page.why.broken")
        return Shown(page.key, figures, rows)

    def close(self) -> None:
        """Ask no more; an answer still under way is thrown away."""
        self._closed = True

    def _ask_courses(self, page: Page) -> None:
        """Fetch what the centre has kept of the courses of a page, now and then."""
        now = self._core.clock.now()
        if self._core.link().state != "up":
            return
        wanted = {of for tile in page.tile for of in (tile.of.indicator, *tile.of.indicators) if of}
        for of in wanted:
            source = self._core.indicators()[of].source
            if source and now - self._fetched.get(of, 0) > AGAIN_MS:
                self._fetched[of] = now
                # Off line it fails, and is asked for again when its time has come.
                self._core.gauges.ask_series(of, source, now - COURSE)

    def _written(self, tile: Tile, figure: Figure) -> tuple[Line, ...]:
        of = tile.of
        order = f" sort:{of.order}" if of.order else ""
        query = parse_query(of.kind, f"{figure.behind.where}{order}")
        found = self._core.find(replace(query, limit=LISTED))
        if tile.draw == "plans":
            return self._plans.written(found)
        shape, known = SHAPES[of.kind], self._sheet.columns[of.kind]
        writers = [FORMATS[known[k].format](known[k], shape, self._setting) for k in of.show]
        now = self._core.clock.now()
        return tuple(_row(row, [write(row, now) for write in writers]) for row in found)

    def _came(self, shown: Shown) -> None:
        self._asking.discard(shown.page)
        if not self._closed:
            self.came.emit(shown)

    def _failed(self, error: BaseException) -> None:
        # Not known whose it was: all may be asked for again.
        self._asking.clear()
        if not self._closed:
            self._tell_failed(error)


def _row(row: Row, cells: list[Cell]) -> Line:
    return Line(str(row[0]), tuple(cells))
