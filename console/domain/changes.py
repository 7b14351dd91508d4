"""What a transaction touched: the only news that travels to the screen."""

from dataclasses import dataclass

Key = tuple[str, str]
"""A record's kind and id."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The records touched.

    ``everything``: the cache was filled or rebuilt; ``line``: the outbox or the line changed;
    ``readings``: the (topic, of) whose last values came.
    """

    touched: frozenset[Key] = frozenset()
    everything: bool = False
    line: bool = False
    readings: frozenset[Key] = frozenset()

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            self.touched | other.touched,
            self.everything or other.everything,
            self.line or other.line,
            self.readings | other.readings,
        )

    def __bool__(self) -> bool:
        return bool(self.touched or self.readings) or self.everything or self.line

    def of(self, kind: str) -> frozenset[str]:
        """Give the ids touched of one kind."""
        return frozenset(i for k, i in self.touched if k == kind)
