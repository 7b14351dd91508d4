"""A profile says how the columns of a file from elsewhere become records: resources/profiles."""

from typing import Literal

from msgspec import Struct

from console.base import resources
from console.base.shape import shaped


class Time(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The column that holds when it came, and the forms (strptime) it may have."""

    column: str
    formats: tuple[str, ...]


class Texts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of a record, with the names of columns in braces."""

    title: str = ""
    detail: str = ""
    words: str = ""
    address: str = ""


class Code(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code of a row. With ``code`` it comes with the data; without, the city knows it."""

    of: Literal["district", "street", "community", "department", "type"]
    name: str
    id: str = ""
    code: str = ""
    known: dict[str, str] = {}
    under: str = ""
    optional: bool = False
    like_by: tuple[str, ...] = ()
    like: dict[str, str] = {}
    default: str = ""

    @property
    def brings(self) -> bool:
        """Tell whether what it names comes with the data."""
        return bool(self.code)


class Value(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field of a record: the column's own words, or what ``map`` makes of them."""

    field: Literal["source", "purpose", "urgency", "level", "caller", "phone", "lon", "lat"]
    column: str
    map: dict[str, str] = {}
    default: str = ""


class Archived(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Columns and the value by which a case that is over is known; ``late``: over, and too late."""

    when: dict[str, str] = {}
    late: dict[str, str] = {}


class Profile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to read one kind of file."""

    id: str
    name: str
    name_en: str
    encodings: tuple[str, ...]
    zone: str
    missing: tuple[str, ...] = ("",)
    number: str
    time: Time
    texts: Texts
    code: tuple[Code, ...] = ()
    value: tuple[Value, ...] = ()
    archived: Archived = Archived()


def read_profile(name: str) -> Profile:
    """Read a profile by its name: `pingshan_12345`; BadData names the line and key."""
    file = f"profiles/{name}.toml"
    table = resources.table(file)
    return shaped(table, Profile, file, resources.path(file).read_text("utf-8"))
