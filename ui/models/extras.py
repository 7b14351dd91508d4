"""What a form asks for of the type that is chosen in it, and how that is said in one word."""

from collections.abc import Mapping

from console.app import Core
from console.base.text import TEXTS
from console.commands import Command
from console.domain.words import UNKNOWN
from console.scenes.lists import Entry, known_fields
from console.scenes.scene import EventType, leaves
from ui.models.form import Field

HEAD, ARGUMENT = "extra.", "extra"


def fields(core: Core, command: Command, said: str) -> list[Field]:
    """Give a field for each fact that a type has of its own; none while no one type is named."""
    if ARGUMENT not in command.takes:
        return []
    known, kind = known_fields(), _type(core, said)
    return [_field(core, known[name]) for name in kind.fields] if kind else []


def packed(values: Mapping[str, str]) -> dict[str, str]:
    """Give the values of a form with all facts of its type as one: ``depth_cm=30；lift_id=3``."""
    plain = {name: value for name, value in values.items() if not name.startswith(HEAD)}
    own = {n.removeprefix(HEAD): v for n, v in values.items() if n.startswith(HEAD) and v}
    if own:
        plain[ARGUMENT] = "；".join(f"{name}={value}" for name, value in own.items())
    return plain


def said(name: str, value: str) -> str:
    """Give the value of a fact in words: of a choice its name."""
    entry = known_fields().get(name)
    return dict(_options(entry)).get(value, value or UNKNOWN) if entry else value


def _field(core: Core, entry: Entry) -> Field:
    options = _options(entry)
    look = "buttons" if options else "line"
    label = core.names(ARGUMENT, entry.id)
    return Field(f"{HEAD}{entry.id}", label, entry.value, look, required=False, options=options)


def _options(entry: Entry) -> tuple[tuple[str, str], ...]:
    english = TEXTS.language == "en"
    return tuple((c.id, c.name_en if english else c.name) for c in entry.choices)


def _type(core: Core, said: str) -> EventType | None:
    found = (t for t in leaves(core.scenes.values()) if said in (t.code, t.name, t.name_en))
    return next(found, None) if said else None
