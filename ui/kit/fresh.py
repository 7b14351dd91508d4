"""What new pictures change on the wall's surface: worked out once for each set of tiles."""

from dataclasses import dataclass, field

from PySide6.QtGui import QRegion

from ui.kit.tilepaint import Drawn

MOST = 256
"""Cameras keep their pace: of all sets of tiles that may have new pictures at once, few come."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """What new pictures of certain tiles change: the ``region`` of those ``drawn`` before.

    ``whole``: the tiles that are to be painted whole.
    """

    region: QRegion = field(default_factory=QRegion)
    drawn: tuple[tuple[int, Drawn], ...] = ()
    whole: tuple[int, ...] = ()


NOTHING = Fresh()


class Plans:
    """Gives what new pictures change, for tiles as they are ``drawn`` until that is cleared."""

    def __init__(self, drawn: dict[int, Drawn]) -> None:
        self._drawn = drawn
        self._kept: dict[tuple[int, ...], Fresh] = {}

    def of(self, numbers: tuple[int, ...]) -> Fresh:
        return self._kept.get(numbers) or self._made(numbers)

    def clear(self) -> None:
        """Work out all anew: tiles are drawn otherwise."""
        self._kept.clear()

    def _made(self, numbers: tuple[int, ...]) -> Fresh:
        found = [(n, self._drawn.get(n)) for n in numbers]
        drawn = tuple((n, d) for n, d in found if d is not None and not d.still)
        region = QRegion()
        for _, each in drawn:
            region += each.live
        whole = tuple(n for n, d in found if d is None or d.still)
        if len(self._kept) >= MOST:
            self._kept.clear()
        made = self._kept[numbers] = Fresh(region, drawn, whole)
        return made
