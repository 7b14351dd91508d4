"""The wall's log in words, and what of it is written beside the incident it was shown for."""

from collections.abc import Callable, Iterable, Mapping

from console.app import Core
from console.base.text import text
from console.video.event_wall import Line
from console.video.eyes import Eye
from ui.models.moment import moment
from ui.models.news import Answers

NOTED_MOST = 12


class ShownLog:
    """Words of lines. ``eyes``: the cameras; ``title``: what an incident is called, by its id."""

    def __init__(
        self, core: Core, answers: Answers, eyes: Callable[[], Mapping[str, Eye]],
        title: Callable[[str], str],
    ) -> None:  # fmt: skip
        self._core = core
        self._answers = answers
        self._eyes = eyes
        self._title = title
        self._noted: set[str] = set()

    def lines(self, log: Iterable[Line], incident: str = "") -> list[str]:
        """Give the log in words, oldest first; of one incident alone where that is named."""
        return [self._line(line) for line in log if incident in ("", line.alarm)]

    def note(self, log: Iterable[Line], incident: str) -> None:
        """Write once into an incident's timeline what was shown for it, where and when."""
        mine = [line for line in log if line.alarm == incident]
        if incident in self._noted or not mine:
            return
        self._noted.add(incident)
        shown = [part for part in map(self._span, _spans(mine)) if part]
        said = text("wall.join").join(shown[:NOTED_MOST])
        seat = self._core.names("seat", self._core.seat) or self._core.seat
        words = text("wall.shown_note", wall=seat, said=said).replace('"', "")
        line = f'incident.note {incident} "{words}"'
        self._answers.ask(f"shown {incident}", self._core.run(line), lambda _done: None)

    def _span(self, pair: tuple[Line, Line | None]) -> str:
        up, down = pair
        until = self._clock(down.at) if down is not None else ""
        return text(
            "wall.shown_span", tile=up.tile + 1, camera=self._name(up), at=self._clock(up.at),
            until=until, why=text(f"wall.logged.{down.why}") if down is not None else "",
        )  # fmt: skip

    def _line(self, line: Line) -> str:
        return text(
            "wall.log_line", at=self._clock(line.at), tile=line.tile + 1, camera=self._name(line),
            why=text(f"wall.logged.{line.why}"), what=self._title(line.alarm) or line.alarm,
        )  # fmt: skip

    def _name(self, line: Line) -> str:
        eye = self._eyes().get(line.camera)
        return eye.name if eye else line.camera

    def _clock(self, at: float) -> str:
        clock = self._core.clock
        began = clock.now() - round(clock.monotonic() * 1_000)
        return f"{moment(began + round(at * 1_000), self._core.city):%H:%M:%S}"


def _spans(lines: list[Line]) -> list[tuple[Line, Line | None]]:
    """Pair each picture's coming with its going; None: it is still up."""
    found: list[tuple[Line, Line | None]] = []
    for n, up in enumerate(lines):
        if up.why == "raised":
            later = (d for d in lines[n + 1 :] if d.tile == up.tile and d.why != "raised")
            found.append((up, next(later, None)))
    return found
