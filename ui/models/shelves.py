"""Layouts of a wall by number: those that ship, this seat's own, and those that all share."""

from collections.abc import Mapping

from console.app import Core
from console.base.errors import BadData, Refused
from console.domain.query import parse_query
from console.domain.record import SharedLayout
from console.video.layout import Layout, read_layouts, recalled, saved

OWN = "wall/own/"
NUMBERS = range(7, 100)
"""The numbers of layouts that people save; those before it ship."""


class Layouts:
    """Finds a layout, and the cameras that were saved with it."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.shipped: Mapping[str, Layout] = read_layouts()

    def find(self, said: str) -> tuple[Layout, dict[int, str] | None]:
        """Give a layout by name or number; None for its cameras where it ships without.

        This seat's own goes before a shared one of the same number. Refused when there is none.
        """
        for layout in self.shipped.values():
            if said in (layout.name, str(layout.number)):
                return layout, None
        found = self._own(said) or self._shared(said)
        if found is None:
            raise Refused("refused.no_such", kind="layout", word=said)
        return found

    def keep(self, number: int, name: str, layout: Layout, homes: dict[int, str]) -> None:
        """Save a layout for this seat alone."""
        self._check(number)
        content = name.encode() + b"\n" + saved(layout, homes)
        self._core.keep(f"{OWN}{number}", content)

    def line(self, number: int, name: str, layout: Layout, homes: dict[int, str]) -> str:
        """Give the line that shares a layout with everybody."""
        self._check(number)
        content = saved(layout, homes).decode()
        return f"layout.share {number} 「{name.replace('」', '')}」 「{content}」"

    def _check(self, number: int) -> None:
        if number not in NUMBERS:
            raise Refused("refused.layout_number", least=NUMBERS[0], most=NUMBERS[-1])

    def _own(self, said: str) -> tuple[Layout, dict[int, str]] | None:
        kept = self._core.kept(OWN + said)
        if kept is None:
            return None
        name, _, content = kept.partition(b"\n")
        return _read(name.decode(), int(said), content)

    def _shared(self, said: str) -> tuple[Layout, dict[int, str]] | None:
        for row in self._core.find(parse_query("layout", "state:kept")):
            held = self._core.get("layout", str(row[0]))
            if isinstance(held, SharedLayout) and said in (held.name, str(held.number)):
                return _read(held.name, held.number, held.content)
        return None


def _read(name: str, number: int, content: bytes | str) -> tuple[Layout, dict[int, str]]:
    try:
        return recalled(name, number, content)
    except BadData as bad:
        raise Refused("refused.layout_bad", number=number, why=bad.why) from bad
