"""Briefs of a seat: written from its own store, as of what it last heard; also while off line."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from console.app import Core
from console.base.errors import Refused, SignedOut, Unreachable
from console.base.text import TEXTS
from console.briefs.daily import daily
from console.briefs.facts import Facts
from console.briefs.files import write_brief
from console.briefs.special import special
from console.domain.query import Query, Viewpoint
from console.domain.record import Record
from console.domain.rows import Row

FOLDER, DOWN = "briefs", "down"


class _Seat:
    """The records of a seat."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def find(self, query: Query, view: Viewpoint) -> Sequence[Row]:
        del view
        return self._core.find(query)

    def get(self, kind: str, id: str) -> Record | None:
        return self._core.get(kind, id)

    def history(self, kind: str, id: str) -> Sequence[Any]:
        return self._core.history(kind, id)

    def names(self, kind: str, code: str) -> str:
        return self._core.names(kind, code)


def facts_of(core: Core) -> Facts:
    """Give what briefs of this seat are written from; not on the screen's thread."""
    ground = core.figures().ground(core.person.user)
    language, city = TEXTS.language, core.city
    return Facts(
        held=_Seat(core), counting=ground.counting, machines=core.machines,
        zone=ZoneInfo(city.zone), city=city.name_en if language == "en" else city.name,
        now=ground.view.now, as_of=ground.at, language=language, sensing=ground.sensing,
    )  # fmt: skip


def write_daily(core: Core, date: str = "", file: Path | None = None) -> Path:
    """Write the daily brief of a day ("" today) to a file, or into the seat's folder."""
    facts = facts_of(core)
    brief = daily(facts, date or f"{facts.local(facts.now):%Y-%m-%d}")
    return write_brief(brief, file or _usual(core, brief.name))


def write_special(core: Core, incident: str, file: Path | None = None) -> Path:
    """Write the special report of an incident. Refused: it is not known here.

    Its timeline is fetched first; without the centre it is told as far as this seat knows it.
    """
    if core.link().state != DOWN:
        with suppress(Unreachable, SignedOut, Refused):
            core.ask_history("incident", incident).result()
    brief = special(facts_of(core), incident)
    return write_brief(brief, file or _usual(core, brief.name))


def _usual(core: Core, name: str) -> Path:
    return core.settings.folder / FOLDER / f"{name}.pdf"
