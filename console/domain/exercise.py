"""An exercise: a span of time under a name, with the incidents that are made for it."""

from typing import ClassVar

from console.domain.root import Record


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
