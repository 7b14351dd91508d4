"""What a form asks for, made from what its command takes; drafts; where an error belongs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from console.app import Core
from console.base import resources
from console.base.errors import BadData, Refused
from console.base.text import text
from console.commands import BadLine, Command
from console.domain.words import quoted
from console.scenes.scene import leaves

FILE = "forms.toml"
FOLLOWED = 30
"""A title that follows the words takes so many letters of them."""
STOPS = "，。；！？,.;!?\n"


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one form asks for first, and what it works out from what."""

    first: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()
    suggest: tuple[str, ...] = ()
    follow: dict[str, str] = {}


class Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of forms.toml."""

    areas: tuple[str, ...]
    buttons: tuple[str, ...]
    form: dict[str, Form] = {}


class Draft(msgspec.Struct, frozen=True):
    """What was written in a form and not sent; when."""

    at: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked for.

    ``look``: line, area, pick, buttons or flag; ``options``: value and name of each button;
    ``more``: it stands under the fold.
    """

    name: str
    label: str
    type: str
    look: str
    required: bool
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A line made from a form, with the place of each field's value in it."""

    line: str
    places: Mapping[str, tuple[int, int]]


def read() -> Forms:
    """Read forms.toml."""
    try:
        return msgspec.convert(resources.table(FILE), Forms)
    except msgspec.ValidationError as error:
        raise BadData(FILE, "", str(error)) from error


def fields(core: Core, command: Command, forms: Forms) -> list[Field]:
    """Give the fields of a command's form in their order."""
    form = forms.form.get(command.name, Form())
    if form.edits:
        return [_edited(name, forms) for name in form.edits]
    first, takes = form.first, command.takes
    # What a type has of its own is asked for once the type is known: see ui.models.extras.
    takes = {name: taken for name, taken in takes.items() if taken.type != "extra"}
    order = [*(n for n in first if n in takes), *(n for n in takes if n not in first)]
    found: list[Field] = []
    for name in order:
        taken = takes[name]
        options = _options(core, name, taken.type) if name in forms.buttons else ()
        look = "buttons" if options else _look(name, taken.type, forms)
        more = bool(first) and name not in first and not taken.required
        field = Field(
            name,
            taken.title[:1].upper() + taken.title[1:],
            taken.type,
            look,
            taken.required,
            options,
            _hint(taken.type),
            more,
        )
        found.append(field)
    return found


def _edited(name: str, forms: Forms) -> Field:
    """Give the field in which a fact of a record is amended."""
    return Field(name, text(f"field.{name}"), "text", _look(name, "text", forms), required=False)


def line_of(command: str, target: str, values: Mapping[str, str]) -> Said:
    """Make the line of a form; fields with nothing in them are left out."""
    line = " ".join([command, *([quoted(target)] if target else [])])
    places: dict[str, tuple[int, int]] = {}
    for name, value in values.items():
        if value:
            line += f" --{name} "
            start = len(line)
            line += quoted(value)
            places[name] = (start, len(line))
    return Said(line, places)


def missing(asked: Iterable[Field], values: Mapping[str, str]) -> list[Field]:
    """Give the fields that must be filled in and are not."""
    return [field for field in asked if field.required and not values.get(field.name)]


def field_of(error: Refused, asked: Iterable[Field], said: Said) -> str:
    """Give the field that an error belongs to; "" when it is of the whole."""
    if isinstance(error, BadLine):
        for name, (start, end) in said.places.items():
            if start <= error.position < end:
                return name
    named = (error.args_by_name.get(n) for n in ("argument", "args", "field"))
    meant = str(next(filter(None, named), ""))
    for field in asked:
        if field.name in meant.split(", ") or (meant and field.label.lower() == meant.lower()):
            return field.name
    word = str(error.args_by_name.get("word", ""))
    places = said.places.items()
    return next((n for n, (a, b) in places if word and word in said.line[a:b]), "")


def followed(words: str) -> str:
    """Give a title made of the first words."""
    first = words.strip()
    for stop in STOPS:
        first = first.partition(stop)[0]
    return first[:FOLLOWED]


def suggested(core: Core, words: str) -> list[str]:
    """Give the names of the types whose words appear in what was said, the best first."""
    if len(words.strip()) < 2:
        return []
    ranked: list[tuple[int, str]] = []
    for kind in leaves(core.scenes.values()):
        weight = sum(len(word) for word in {*kind.keywords, kind.name} if word and word in words)
        if weight:
            ranked.append((-weight, kind.code))
    return [core.names("type", code) for _, code in sorted(ranked)]


def pack(at: int, values: Mapping[str, str]) -> bytes:
    return msgspec.json.encode(Draft(at, dict(values)))


def unpack(kept: bytes | None) -> Draft | None:
    """Read a draft; one that cannot be read is none."""
    if kept is None:
        return None
    try:
        return msgspec.json.decode(kept, type=Draft)
    except msgspec.DecodeError:
        return None


def _look(name: str, type: str, forms: Forms) -> str:
    if name in forms.areas:
        return "area"
    if type == "flag":
        return "flag"
    picked = type in ("dept", "depts", "unit", "type", "scope", "person", "choice", "level",
              "incident")  # fmt: skip
    return "pick" if picked else "line"


def _options(core: Core, name: str, type: str) -> tuple[tuple[str, str], ...]:
    lists = {"level": core.city.levels, "urgency": core.city.urgencies}
    if type in lists:
        return tuple((value, text(f"{type}.{value}")) for value in lists[type])
    choices: dict[str, list[str]] = resources.table("commands/choices.toml")["choice"]
    return tuple((value, text(f"choice.{name}.{value}")) for value in choices.get(name, []))


def _hint(type: str) -> str:
    hints = ("limit", "instant", "depts", "scope", "incident", "unit", "dept", "type")
    return text(f"form.hint.{type}") if type in hints else ""
