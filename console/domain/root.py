"""What every record has, whatever it tells of; see console.domain.record for the kinds."""

from typing import ClassVar

from msgspec import Struct


class Note(Struct, frozen=True, array_like=True):
    """A free remark on a record: when, who, what."""

    at: int
    by: str
    text: str


class Asked(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something a unit asked for that another role has yet to grant."""

    what: str
    by: str
    at: int
    reason: str = ""
    value: str = ""


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The facts that every kind has.

    ``version`` is the centre's: the fence in the high bits, one more for each step.
    ``pivot`` is the version at which another's step last turned the record.
    """

    kind: ClassVar[str] = ""
    id: str
    state: str = ""
    version: int = 0
    scope: str = ""
    updated_at: int = 0
    pivot: int = 0
    pivot_by: str = ""
    before: str = ""
