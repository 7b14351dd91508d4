"""Themes: few colours, named by what they are used for; the only home of colours in the code."""

import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette  # noqa: TID251 - the one home of colours
from PySide6.QtWidgets import QApplication

from console.base import resources
from console.base.errors import BadData

HOLE = re.compile(r"@icon\(([a-z-]+), ([a-z]+(?:\.[A-Za-z]+)*)\)|@([a-z]+(?:\.[A-Za-z]+)*)")
HEX = re.compile(r"#[0-9A-Fa-f]{6}")

Draw = Callable[[str, str], str]
"""Gives the drawing of an icon (its SVG) in a colour: name, `#rrggbb`."""

# Qt's own palette, for what no style rule reaches: role of the palette, role of the theme.
PALETTE: Mapping[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text.caption",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Light: "line",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "hairline",
    QPalette.ColorRole.Shadow: "shade",
}
GREYED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours: the same roles in every theme."""

    name: str
    title: str
    dark: bool
    hexes: Mapping[str, str]

    def css(self, role: str) -> str:
        """Give the colour of a role as `#rrggbb`; a role that no theme names is a bug."""
        return self.hexes[role]

    def colour(self, role: str) -> QColor:
        return QColor(self.hexes[role])

    def faded(self, role: str, part: float) -> QColor:
        """Give the colour of a role, as much of it as `part` says (0 to 1)."""
        colour = QColor(self.hexes[role])
        colour.setAlphaF(max(0.0, min(1.0, part)))
        return colour

    def between(self, role: str, other: str, part: float) -> QColor:
        """Give a colour on the way from one role's to another's."""
        part = max(0.0, min(1.0, part))
        first, last = QColor(self.hexes[role]), QColor(self.hexes[other])

        def way(start: int, end: int) -> int:
            return round(start + (end - start) * part)

        return QColor(
            way(first.red(), last.red()), way(first.green(), last.green()),
            way(first.blue(), last.blue()),
        )  # fmt: skip

    def palette(self) -> QPalette:
        palette = QPalette()
        for role, ours in PALETTE.items():
            palette.setColor(role, self.colour(ours))
        for role in GREYED:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text.disabled"))
        return palette


def read(name: str) -> Theme:
    """Read a theme by its name: `night`."""
    file = f"themes/{name}.toml"
    data = resources.table(file)
    tokens = _table(file, data, "tokens")
    for token, value in tokens.items():
        if not HEX.fullmatch(value):
            raise BadData(file, f"tokens.{token}", f"{value!r} is not a colour such as #0E1217")
    hexes: dict[str, str] = {}
    for role, token in _table(file, data, "roles").items():
        if token not in tokens:
            raise BadData(file, f"roles.{role}", f"no token {token!r}")
        hexes[role] = tokens[token]
    missing = sorted(set(PALETTE.values()) - hexes.keys())
    if missing:
        raise BadData(file, "roles", f"not filled: {', '.join(missing)}")
    return Theme(name, str(data.get("title", name)), bool(data.get("dark", True)), hexes)


def names() -> list[str]:
    """Name every theme there is."""
    return [Path(file).stem for file in resources.names("themes")]


def sheet(theme: Theme, icon: Callable[[str, str], str], file: str = "style.qss") -> str:
    """Give the style sheet with its holes filled; `icon(name, role)` gives a picture's place."""
    words = resources.path(file).read_text("utf-8")

    def fill(hole: re.Match[str]) -> str:
        name, drawn_in, role = hole.groups()
        if (drawn_in or role) not in theme.hexes:
            line = words.count("\n", 0, hole.start()) + 1
            raise BadData(file, f"line {line}", f"theme {theme.name} has no role {hole[0]!r}")
        return icon(name, drawn_in) if name else theme.css(role)

    return HOLE.sub(fill, words)


class Look(QObject):
    """What the application wears now: a theme, and the drawings that its style sheet points at."""

    changed = Signal()

    def __init__(self, app: QApplication, draw: Draw, theme: Theme) -> None:
        super().__init__(app)
        self._app = app
        self._draw = draw
        self._pictures = tempfile.TemporaryDirectory(prefix="chengyun-look-")
        self.theme = theme
        app.setStyle("Fusion")
        self.wear(theme)

    def wear(self, theme: Theme) -> None:
        """Put on a theme, everywhere and at once."""
        self.theme = theme
        self._app.setPalette(theme.palette())
        self._app.setStyleSheet(sheet(theme, self._picture))
        self.changed.emit()

    def _picture(self, name: str, role: str) -> str:
        colour = self.theme.css(role)
        path = Path(self._pictures.name) / f"{name}-{colour[1:]}.svg"
        if not path.exists():
            path.write_text(self._draw(name, colour), "utf-8")
        return path.as_posix()


def _table(file: str, data: Mapping[str, Any], key: str) -> dict[str, str]:
    found = data.get(key)
    if not isinstance(found, dict):
        raise BadData(file, key, "a table is missing")
    pairs: dict[str, Any] = dict(found)  # pyright: ignore[reportUnknownArgumentType]
    for name, value in pairs.items():
        if not isinstance(value, str):
            raise BadData(file, f"{key}.{name}", "a text is wanted")
    return {name: str(value) for name, value in pairs.items()}
