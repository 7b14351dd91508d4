"""What is advised of a case, as values: its kind, those it may be one with, how urgent it is."""

from dataclasses import dataclass

from console.advise.bands import BandName
from console.advise.model import Deciding
from console.advise.urgency import Urgent
from console.base.notice import Notice

NOT_SAID = Urgent()


@dataclass(frozen=True, slots=True)
class Callers:
    """Who has told of an incident: reports, different callers, and how often this one had."""

    reports: int = 0
    callers: int = 0
    before: int = 0


NOBODY = Callers()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An incident that may be the same; ``likely`` in percent; the strongest reason first."""

    id: str
    no: str
    title: str
    likely: int
    reasons: tuple[Notice, ...]
    callers: Callers = NOBODY


@dataclass(frozen=True, slots=True)
class Kind:
    """A type that a case may be of: its code, how sure, and who would lead it there."""

    type: str
    confidence: float
    lead: str


@dataclass(frozen=True, slots=True)
class CaseAdvice:
    """What is advised of words as they stand. ``text``: what the deciding words stand in.

    ``beside``: how many are known at the place or near it; None where no place is said.
    """

    text: str
    band: BandName
    kinds: tuple[Kind, ...] = ()
    deciding: tuple[Deciding, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    urgent: Urgent = NOT_SAID
    beside: int | None = None
    model: str = ""
