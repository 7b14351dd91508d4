"""An exercise: a span of time under a name, with the incidents that are made for it."""

from collections.abc import Callable
from typing import ClassVar

from msgspec.structs import replace

from console.base.text import LANGUAGES, table, text
from console.domain.root import Record

MARK = "exercise.mark"
"""The text that a title of an exercise begins with, in the language of who wrote it."""


class Exercise(Record, frozen=True, kw_only=True, omit_defaults=True):
    """演练: begun and ended by a person; incidents name it (``Incident.exercise``).

    Who took part is who was sent to those incidents; where they were is in the units' tracks of
    the span, for as long as the centre keeps them.
    """

    kind: ClassVar[str] = "exercise"
    name: str = ""
    started_at: int = 0
    by: str = ""
    ended_at: int = 0
    ended_by: str = ""
    result: str = ""


def held_to(before: Record, after: Record, get: Callable[[str, str], Record | None]) -> Record:
    """Give a record as an exercise asks: its incident's title says so, whoever wrote it.

    What belongs to an incident (a task, a report, a plan, an instruction) is of the exercise that
    the incident is of, from when it comes to belong to it. ``get``: a record by kind and id.
    """
    fields = after.__struct_fields__
    if "exercise" not in fields:
        return after
    if "incident" not in fields:
        title = getattr(after, "title", "")
        mine = getattr(after, "exercise", "") and title != marked(title)
        return replace(after, title=marked(title)) if mine else after
    home = getattr(after, "incident", "")
    if home == getattr(before, "incident", ""):
        return after
    of = getattr(get("incident", home), "exercise", "") if home else ""
    return replace(after, exercise=of)


def marked(title: str) -> str:
    """Give a title that says that it is an exercise; one that says so in any language stays."""
    marks = tuple(table(language)[MARK] for language in LANGUAGES)
    return title if title.startswith(marks) else f"{text(MARK)}{title}"
