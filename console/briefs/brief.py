"""A brief before it is paper: sections of words, tables and pictures, each with its time."""

from msgspec import Struct


class Table(Struct, frozen=True):
    """A table: its head, its rows, and how wide columns are against each other."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...] = ()


class Picture(Struct, frozen=True, kw_only=True):
    """A chart of bars: label and value of each (None: not known), its unit, and a target."""

    bars: tuple[tuple[str, float | None], ...]
    unit: str = ""
    target: float | None = None
    caption: str = ""


class Section(Struct, frozen=True, kw_only=True):
    """One section. ``note`` says as of when its figures are, and of how many."""

    title: str
    words: tuple[str, ...] = ()
    table: Table | None = None
    picture: Picture | None = None
    note: str = ""


class Brief(Struct, frozen=True, kw_only=True):
    """A whole brief. ``name``: what its file is called, without an ending."""

    name: str
    title: str
    office: str
    made: str
    language: str
    sections: tuple[Section, ...]
    warning: str = ""
