"""What a person is told: a level, a text key and its arguments."""

from dataclasses import dataclass, field
from enum import IntEnum

from console.base.errors import Refused


class Level(IntEnum):
    """How loud a notice is."""

    said = 0
    warned = 1
    alarmed = 2


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell; ``topic`` lets a repeated one replace the earlier."""

    level: Level
    key: str
    args: dict[str, object] = field(default_factory=dict[str, object])
    topic: str = ""

    @classmethod
    def of_refusal(cls, refused: Refused) -> "Notice":
        return cls(Level.warned, refused.key, refused.args_by_name, topic="refused")
