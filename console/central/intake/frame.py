"""What every standard's reader gives, whatever the standard: messages, with what is wrong in them.

A reader takes the bytes of one body and the ground it is read on, and gives a Message for each
thing that the body tells of. What is wrong is a Finding: a rule by its text key, the place in the
body, the line. A message with ``wrong`` is not taken in; ``remarks`` are told, and stop nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol, cast

from msgspec import Struct

from console.base.text import text
from console.central.centre import Place
from console.domain.reading import Reading
from console.domain.warning import Bulletin
from console.wire import PostedReport

NUMBER = 128
"""The longest number that a source may give to a message."""
EXCERPT = 60
_EARLIEST, _LATEST = 0, 1 << 43


class Finding(Struct, frozen=True):
    """One rule that does not hold: ``rule`` is its text key, ``line`` 0: no lines."""

    rule: str
    where: str = ""
    line: int = 0
    args: dict[str, str] = {}

    @property
    def why(self) -> str:
        return text(self.rule, **self.args)


def finding(rule: str, where: str = "", line: int = 0, **args: object) -> Finding:
    """Make a finding; what it quotes from the body is cut short."""
    return Finding(rule, where, line, {k: cut(str(v)) for k, v in args.items()})


def cut(said: str, most: int = EXCERPT) -> str:
    """Give words that can be kept and shown: no NUL, and not too many."""
    said = said.replace("\0", " ")
    return said if len(said) <= most else f"{said[:most]}…"


def table_of(said: Any) -> dict[str, Any] | None:
    """Give a JSON object as one; None when it is something else."""
    return cast("dict[str, Any]", said) if isinstance(said, dict) else None


def list_of(said: Any) -> list[Any] | None:
    """Give a JSON array as one; None when it is something else."""
    return cast("list[Any]", said) if isinstance(said, list) else None


class Unreadable(Exception):
    """The body as a whole cannot be read: nothing of it is taken in."""

    def __init__(self, found: Finding) -> None:
        super().__init__(found.rule)
        self.found = found


@dataclass(frozen=True, slots=True)
class Message:
    """One thing told. ``number``: the sender's own; ``raw``: its bytes, kept if it is wrong.

    ``thread``: what all reports of one incident share, when they are more than one. ``account``:
    whose number it is, where the number alone does not say.
    """

    number: str
    raw: bytes
    report: PostedReport | None = None
    bulletin: Bulletin | None = None
    readings: tuple[Reading, ...] = ()
    wrong: tuple[Finding, ...] = ()
    thread: str = ""
    account: str = ""
    remarks: tuple[Finding, ...] = field(default=())


class Units(Protocol):
    """Which unit a call sign, or an id, stands for."""

    def get(self, called: str, /) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Ground:
    """What a reader may know: the city and its types, the time (ms UTC), whose body it is.

    ``sealed`` tells of a type's code whether its scene takes nothing now.
    """

    place: Place
    now: int
    source: str = ""
    units: Units = field(default_factory=dict[str, str])
    sealed: Callable[[str], bool] = lambda _code: False


Reader = Callable[[bytes, Ground], list[Message]]


def instant(said: str) -> int:
    """Give ms UTC of an ISO 8601 instant with a zone; 0 when it is none, or far out of reach."""
    try:
        read = datetime.fromisoformat(said.strip())
        at = int(read.timestamp() * 1000) if read.tzinfo else 0
    except (ValueError, OverflowError, OSError):
        return 0
    return at if _EARLIEST < at < _LATEST else 0


def stamp(at: int) -> str:
    """Give an instant (ms UTC) in ISO 8601, by the second, with its zone."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
