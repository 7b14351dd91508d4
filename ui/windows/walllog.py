"""The wall's log in words, and what of it is written beside the incident it was shown for."""

from collections.abc import Callable, Iterable, Mapping

from console.app import Core
from console.base.text import text
from console.commands import initials
from console.domain.steering import Steered
from console.video.event_wall import Line
from console.video.eyes import Eye
from ui.models.moment import moment
from ui.models.news import Answers
from ui.models.walllines import LogLine, done_words, who_words

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

    def lines(self, log: Iterable[Line], incident: str = "") -> list[LogLine]:
        """Give the log in words, oldest first; of one incident alone where that is named."""
        return [self._line(line) for line in log if incident in ("", line.alarm)]

    def steered(self, log: Iterable[Steered]) -> list[LogLine]:
        """Give in words who steered which camera."""
        return [self._steered(line) for line in log]

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
            "wall.shown_span", tile=up.tile + 1, camera=self._name(up.camera),
            at=self._clock(up.at), until=until,
            why=text(f"wall.logged.{down.why}") if down is not None else "",
        )  # fmt: skip

    def _line(self, line: Line) -> LogLine:
        words = text(
            "wall.log_line", at=self._clock(line.at), tile=line.tile + 1,
            camera=self._name(line.camera), why=text(f"wall.logged.{line.why}"),
            what=self._title(line.alarm) or line.alarm,
        )  # fmt: skip
        return LogLine(self._ms(line.at), "shown", words, self._found(line.camera, line.alarm))

    def _steered(self, line: Steered) -> LogLine:
        at = moment(line.at, self._core.city)
        seat = self._core.names("seat", line.seat) or line.seat
        words = text(
            "wall.steered.line", at=f"{at:%m-%d %H:%M:%S}", camera=self._name(line.camera),
            who=who_words(line, seat), what=done_words(line.what),
            incident=self._title(line.incident) or line.incident if line.incident else "",
        )  # fmt: skip
        return LogLine(line.at, "steered", words.rstrip(), self._found(line.camera, line.incident))

    def _name(self, camera: str) -> str:
        eye = self._eyes().get(camera)
        return eye.name if eye else camera

    def _found(self, camera: str, incident: str) -> str:
        eye = self._eyes().get(camera)
        return f"{initials(eye.name)} {eye.code} {incident}" if eye else incident

    def _clock(self, at: float) -> str:
        return f"{moment(self._ms(at), self._core.city):%H:%M:%S}"

    def _ms(self, at: float) -> int:
        """Give an instant of the monotonic clock as ms UTC."""
        clock = self._core.clock
        return clock.now() - round(clock.monotonic() * 1_000) + round(at * 1_000)


def _spans(lines: list[Line]) -> list[tuple[Line, Line | None]]:
    """Pair each picture's coming with its going; None: it is still up."""
    found: list[tuple[Line, Line | None]] = []
    for n, up in enumerate(lines):
        if up.why == "raised":
            later = (d for d in lines[n + 1 :] if d.tile == up.tile and d.why != "raised")
            found.append((up, next(later, None)))
    return found
