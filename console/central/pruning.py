"""When a push to a wall has had its time, as a file says: seats let go of it by a step of ours."""

from functools import cache

from msgspec import Struct

from console.base import resources
from console.base.shape import shaped
from console.domain.record import HIDDEN, Showing

FILE = "showing.toml"
DAY = 86_400_000


class Rules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For how many days seats keep a push, and the centre after that."""

    shown_days: int
    kept_days: int


@cache
def rules() -> Rules:
    return shaped(resources.table(FILE), Rules, FILE)


def prune_at(record: Showing) -> int:
    """Give when seats let go of a push (ms UTC); 0: they have."""
    return record.asked_at + rules().shown_days * DAY if record.scope != HIDDEN else 0


def delete_at(record: Showing) -> int:
    """Give when the centre lets go of it, too (ms UTC)."""
    return record.asked_at + (rules().shown_days + rules().kept_days) * DAY
