"""What asks for the display: grave incidents that have just come, indicators in alarm."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from console.app import Core
from console.base.text import TEXTS, text
from console.domain.figure import ALARM, LIVE
from console.domain.page import ANY, Page
from console.domain.query import parse_query
from console.domain.rows import SHAPES, Row
from console.domain.sensed import Judged
from ui.models.news import Answers
from ui.models.rotation import Alarm

LINE = "level:I,II,III state:{opened} reported_at>=@now-1h sort:-reported_at"
MOST = 60


class AlarmFeed(QObject):
    """Looks for alarms on a caller, one question at a time."""

    came = Signal(object)

    def __init__(
        self, core: Core, pages: Mapping[str, Page], failed: Callable[[BaseException], None]
    ) -> None:
        super().__init__()
        self._core = core
        self._pages = pages
        self._tell_failed = failed
        self._answers = Answers(self._failed, self)
        self._asking = self._closed = False
        opened = ",".join(sorted(core.machines["incident"].opened))
        self._query = parse_query("incident", LINE.format(opened=opened))

    def ask(self) -> None:
        """Look now, unless it is being looked already."""
        if not (self._asking or self._closed):
            self._asking = True
            self._answers.ask("alarms", self._core.work.call(self.look), self._took)

    def look(self) -> list[Alarm]:
        """Give the alarms there are; not on the screen's thread."""
        rows = self._core.find(self._query)[:MOST]
        found = [self._of_incident(row) for row in rows]
        found += [self._of_indicator(now) for now in self._core.indicators().values()]
        return [alarm for alarm in found if alarm is not None]

    def close(self) -> None:
        self._closed = True

    def _of_incident(self, row: Row) -> Alarm | None:
        shape = SHAPES["incident"]
        facts = {
            n: row[shape.index(n)]
            for n in ("id", "level", "scene", "title", "district", "reported_at")
        }
        page = page_of(self._pages, facts["scene"])
        if not page:
            return None
        level = text(f"level.{facts['level']}")
        where = self._core.names("district", facts["district"])
        why = " ".join(part for part in (level, where, facts["title"]) if part)
        return Alarm(
            f"{facts['id']} {facts['level']}", page, facts["level"], facts["reported_at"], why
        )

    def _of_indicator(self, now: Judged) -> Alarm | None:
        """Give the alarm of an indicator that is beyond its bands, fresh, and not shelved."""
        if now.state != ALARM or now.freshness != LIVE or now.shelved:
            return None
        known = self._core.gauges.known[now.id]
        page = page_of(self._pages, known.scene)
        if not page:
            return None
        english = TEXTS.language == "en"
        name = known.name_en if english and known.name_en else known.name
        unit = known.unit_en if english and known.unit_en else known.unit
        why = f"{name} {now.value:,.{known.decimals}f} {unit}".strip()
        return Alarm(f"{now.id} {now.since}", page, ALARM, now.since or now.at, why)

    def _took(self, alarms: Sequence[Alarm]) -> None:
        self._asking = False
        if not self._closed:
            self.came.emit(alarms)

    def _failed(self, error: BaseException) -> None:
        self._asking = False
        if not self._closed:
            self._tell_failed(error)


def page_of(pages: Mapping[str, Page], scene: str) -> str:
    """Give the page that a scene's alarms bring forward: its own, or that of all others."""
    for wanted in (scene, ANY):
        for page in pages.values():
            if wanted and wanted in page.scenes:
                return page.key
    return ""
