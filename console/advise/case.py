"""What is advised of a case, as values: its kind, those it may be one with, how urgent it is."""

from dataclasses import dataclass

from console.advise.bands import BandName
from console.advise.gazetteer import Found
from console.advise.model import Deciding
from console.advise.units import Advice
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
class Thing:
    """Something near: its sort and name, how far away, and how many of the sort there are."""

    sort: str
    name: str
    metres: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class Site:
    """What is at a place. ``past``: cases there that ended, ``usual`` of them the type of most.

    ``helps``, ``exposed``: what can be used, what is to be shielded. ``warnings``: headlines of
    those in force; ``plans``: ids of the plans that are proposed for the case.
    """

    open: int = 0
    past: int = 0
    usual: str = ""
    usual_count: int = 0
    helps: tuple[Thing, ...] = ()
    exposed: tuple[Thing, ...] = ()
    warnings: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseAdvice:
    """What is advised of words as they stand. ``text``: what the deciding words stand in.

    ``place``: where the words may mean; None where they name nothing that is known. ``site``:
    what is there; None while the place is not certain. ``units``: whom to send there, as ``site``.
    """

    text: str
    band: BandName
    kinds: tuple[Kind, ...] = ()
    deciding: tuple[Deciding, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    urgent: Urgent = NOT_SAID
    place: Found | None = None
    site: Site | None = None
    units: Advice | None = None
    model: str = ""
