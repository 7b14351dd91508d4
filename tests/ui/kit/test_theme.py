"""Themes: every role filled, every word readable on every ground, no hole left in the style."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QPalette

from console.base import resources, text
from console.base.errors import BadData
from ui.kit import icons, theme
from ui.kit.theme import HOLE, Look, Theme
from ui.models.columns import read

GROUNDS = ("ground", "panel", "raised", "field", "selection", "selection.away", "hover")
WORDS = (
    "text", "text.second", "text.caption", "accent", "severity.I", "severity.II", "severity.III",
    "severity.IV", "severity.routine", "deadline.calm", "deadline.soon", "deadline.over",
    "deadline.paused", "mark.waiting", "mark.refused", "mark.conflict", "fresh.live", "fresh.stale",
    "fresh.lost", "danger", "warning", "good", "lost",
)  # fmt: skip
SHAPES = (
    "severity.I.shape",
    "severity.II.shape",
    "severity.III.shape",
    "severity.IV.shape",
    "focus",
)
BESIDE = ("edge",)
"""Edges of boxes: seen on the surfaces that boxes stand on."""

THEMES = [theme.read(name) for name in theme.names()]


def light(colour: str) -> float:
    """Give the relative luminance, as WCAG has it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def faint(worn: Theme, least: float, words: Any, grounds: Any) -> dict[str, float]:
    pairs = {
        (word, on): contrast(worn.css(word), worn.css(on)) for word, on in product(words, grounds)
    }
    return {
        f"{word} on {on}": round(found, 2) for (word, on), found in pairs.items() if found < least
    }


def test_there_is_a_night_and_a_day() -> None:
    assert {worn.name: worn.dark for worn in THEMES} == {"night": True, "day": False}
    assert all(text.TEXTS.has(worn.title) for worn in THEMES)


def test_every_role_is_filled_in_every_theme() -> None:
    assert len({frozenset(worn.hexes) for worn in THEMES}) == 1


@pytest.mark.parametrize("worn", THEMES, ids=lambda worn: worn.name)
def test_every_word_can_be_read_on_every_ground(worn: Theme) -> None:
    assert faint(worn, 4.5, WORDS, (*GROUNDS, "changed")) == {}
    assert faint(worn, 4.5, ["accent.text"], ["accent", "accent.strong"]) == {}


@pytest.mark.parametrize("worn", THEMES, ids=lambda worn: worn.name)
def test_every_shape_and_the_focus_can_be_seen(worn: Theme) -> None:
    assert faint(worn, 3, SHAPES, (*GROUNDS, "changed")) == {}
    assert faint(worn, 3, BESIDE, ("ground", "panel", "raised", "field")) == {}


@pytest.mark.parametrize("worn", THEMES, ids=lambda worn: worn.name)
def test_the_levels_differ_from_each_other_and_from_calm(worn: Theme) -> None:
    levels = [worn.css(standing.role) for standing in read().scale["level"].values()]
    assert len(set(levels)) == len(levels)


@pytest.mark.parametrize("worn", THEMES, ids=lambda worn: worn.name)
def test_columns_name_only_roles_there_are(worn: Theme) -> None:
    sheet = read()
    named = {each.role for kind in sheet.columns.values() for each in kind.values()}
    named |= {each.role for scale in sheet.scale.values() for each in scale.values()}
    assert named <= set(worn.hexes)


@pytest.mark.parametrize("worn", THEMES, ids=lambda worn: worn.name)
def test_no_hole_is_left_in_the_style(worn: Theme) -> None:
    filled = theme.sheet(worn, lambda name, role: f"/{name}.{role}")
    assert not HOLE.search(filled)
    assert "@" not in filled


def test_every_drawing_that_the_style_names_is_there() -> None:
    words = resources.path("style.qss").read_text("utf-8")
    assert {hole[1] for hole in HOLE.finditer(words) if hole[1]} <= set(icons.names())


def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    (tmp_path / "resources/themes").mkdir(parents=True)
    (tmp_path / "resources/themes/odd.toml").write_text(words, "utf-8")
    monkeypatch.setattr(resources, "ROOT", tmp_path)


@pytest.mark.parametrize(
    ("words", "where", "why"),
    [
        ("[tokens]\na = 'red'\n[roles]\n", "tokens.a", "not a colour"),
        ("[tokens]\na = 1\n[roles]\n", "tokens.a", "a text is wanted"),
        ("[tokens]\na = '#000000'\n[roles]\n'text' = 'b'", "roles.text", "no token 'b'"),
        ("[tokens]\na = '#000000'\n[roles]\n'text' = 'a'", "roles", "not filled: accent"),
        ("[tokens]\n", "roles", "a table is missing"),
    ],
)
def test_a_theme_that_is_wrong_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, where: str, why: str
) -> None:
    put(tmp_path, monkeypatch, words)
    with pytest.raises(BadData, match=why) as told:
        theme.read("odd")
    assert (told.value.file, told.value.where) == ("themes/odd.toml", where)


def test_a_style_that_names_a_strange_role_says_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, monkeypatch, "")
    (tmp_path / "resources/style.qss").write_text("a {}\nb { color: @odd; }", "utf-8")
    with pytest.raises(BadData, match="line 2: theme night has no role '@odd'"):
        theme.sheet(THEMES[-1], lambda name, role: "")


def test_what_is_worn_is_worn_everywhere_and_told(qapp: Any) -> None:
    night, day = theme.read("night"), theme.read("day")
    look = Look(qapp, icons.draw, night)
    told: list[str] = []
    look.changed.connect(lambda: told.append(look.theme.name))
    look.wear(day)
    assert told == ["day"]
    assert qapp.palette().color(QPalette.ColorRole.Base) == day.colour("panel")
    assert day.css("panel") in qapp.styleSheet()
    assert day.faded("text", 0.5).alpha() in {127, 128}
    qapp.setStyleSheet("")


def test_a_colour_may_lie_between_two_roles():
    night = theme.read("night")
    ends = [night.between("ground", "text", part) for part in (0, 1, 2)]
    assert [each.name().upper() for each in ends] == [
        night.css("ground"), night.css("text"), night.css("text")
    ]  # fmt: skip
    assert night.between("ground", "text", 0.5).lightness() > ends[0].lightness()
