"""Papers by one key or line, from any window: briefs, and place corrections for their owners.

They are written on a caller, and where they lie is told.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject

from console.app import Core
from console.base.errors import Refused
from console.corrections import write_corrections
from console.domain.changes import Key
from console.press import write_daily, write_special
from ui.kit.notices import Notices
from ui.models.news import Answers

Args = Mapping[str, str]


class Paper(QObject):
    """Writes papers. ``found`` finds an incident by a word; ``selected``: what no word names."""

    def __init__(
        self, core: Core, notices: Notices, found: Callable[[str], Key],
        selected: Callable[[], Key | None], parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._core = core
        self._notices = notices
        self._found = found
        self._selected = selected
        self._answers = Answers(notices.failed, self)
        self.does: Mapping[str, Callable[[Args], None]] = {
            "brief.daily": self._daily,
            "brief.special": self._special,
            "correction.save": self._corrections,
        }

    def _daily(self, args: Args) -> None:
        day = args.get("day", "")
        self._write("daily", lambda: write_daily(self._core, day, _file(args)))

    def _special(self, args: Args) -> None:
        found = self._meant(args.get("record", ""))
        if found is None:
            raise Refused("refused.no_such", kind="incident", word=args.get("record", ""))
        self._write("special", lambda: write_special(self._core, found[1], _file(args)))

    def _corrections(self, args: Args) -> None:
        job = self._core.work.call(lambda: write_corrections(self._core, _file(args)))
        self._answers.ask("corrections", job, self._let_out)

    def _let_out(self, done: tuple[Path, int]) -> None:
        file, count = done
        self._notices.say("corrected.written", count=count, file=str(file))

    def _meant(self, said: str) -> Key | None:
        """Give the incident that a word names, or that of the selected record."""
        if said:
            return self._found(said)
        selected = self._selected()
        held = self._core.get(*selected) if selected else None
        incident = getattr(held, "incident", "") or getattr(held, "id", "")
        return ("incident", incident) if incident else None

    def _write(self, name: str, job: Callable[[], Path]) -> None:
        self._answers.ask(name, self._core.work.call(job), self._written)

    def _written(self, file: Path) -> None:
        self._notices.say("brief.written", file=str(file))


def _file(args: Args) -> Path | None:
    return Path(args["out"]).expanduser() if args.get("out") else None
