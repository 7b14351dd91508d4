"""What each line carries for a wall, in words: use and limit, and what it holds back."""

from collections.abc import Callable
from dataclasses import dataclass

from console.base.text import TEXTS, text
from console.video.choose import Shares, Use
from console.video.trunks import Trunks, Way

FULL, NEAR = 0.98, 0.8


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``share``: 0 to 1; ``role``: of its colour; ``held``: what is held back, or ""."""

    name: str
    use: str
    share: float
    streams: str
    held: str
    role: str

    @property
    def words(self) -> str:
        return "  ".join(part for part in (self.name, self.use, self.streams, self.held) if part)


class TrunkLines:
    """Words for lines. ``name`` gives what a code of a kind is called."""

    def __init__(self, trunks: Trunks | None, name: Callable[[str, str], str]) -> None:
        self._trunks = trunks
        self._name = name

    def of(self, shares: Shares) -> list[Line]:
        """Give every line that something comes by, those that hold something back first.

        The order stays while what they carry goes up and down.
        """
        found = [self._line(way, use) for way, use in shares.lines.items()]
        return sorted(found, key=lambda line: (not line.held, line.name))

    def full(self, shares: Shares, way: Way | None) -> str:
        """Say that a line is full: ``区专线 40.0/40 Mbit/s``."""
        line = self._line(way, shares.lines.get(way, Use()))
        return f"{line.name} {line.use}"

    def strip(self, shares: Shares) -> tuple[str, str]:
        """Give words and role for a strip: the fullest line, and how many hold something back."""
        lines = self.of(shares)
        if not lines:
            return "", "text.caption"
        held = sum(bool(line.held) for line in lines)
        first = max(lines, key=lambda line: (bool(line.held), line.share))
        key = "wall.trunk.strip_held" if held else "wall.trunk.strip"
        said = text(key, n=len(lines), held=held, name=first.name, use=first.use)
        return said, "warning" if held else "text.caption"

    def _line(self, way: object, use: Use) -> Line:
        share = use.used / use.limit if use.limit else 0.0
        parts = [
            text(f"wall.trunk.{key}", n=n)
            for key, n in (("lighter", use.lighter), ("waiting", use.waiting)) if n
        ]  # fmt: skip
        return Line(
            name=self._called(way), share=min(1.0, share), held=text("wall.join").join(parts),
            use=text("wall.trunk.use", used=f"{use.used:.1f}", limit=f"{use.limit:g}"),
            streams=text("wall.trunk.streams", n=use.streams),
            role="warning" if parts or share >= FULL else "text" if share >= NEAR else "accent",
        )  # fmt: skip

    def _called(self, way: object) -> str:
        if self._trunks is None or not isinstance(way, Way):
            return text("wall.trunk.any")
        said = self._trunks.name(way, english=TEXTS.language == "en")
        return said.format(district=self._name("district", way.district) or way.district)
