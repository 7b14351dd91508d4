"""Facts that a type of event has of its own: read from one word, checked by what they are."""

import re
from collections.abc import Mapping

from console.base.errors import Refused
from console.base.text import TEXTS
from console.scenes.lists import Entry, known_fields
from console.scenes.scene import EventType

LONGEST = 500
_NUMBER = re.compile(r"[-+]?\d{1,12}(\.\d{1,6})?")
_PARTED = re.compile(r"[;；]\s*(?=[^=;；]+=)")


def read(said: str, type: EventType | None) -> dict[str, str]:
    """Read ``depth_cm=30；lift_id=3`` of a type, each by its id or its name.

    Refused names the fact that the type has not, or whose value is not what it should be; what it
    names as ``field`` is the fact under ``extra.``.
    """
    known = known_fields()
    own = {name: known[name] for name in type.fields} if type else {}
    found: dict[str, str] = {}
    for part in filter(None, (each.strip(" ;；") for each in _PARTED.split(said))):
        name, _, value = part.partition("=")
        entry = _meant(name.strip(), own)
        if entry is None:
            has = ", ".join(f"{_name(e)} ({e.id})" for e in own.values())
            raise Refused("refused.extra_unknown", word=name.strip(), has=has or "-")
        found[entry.id] = checked(entry, value.strip())
    return found


def checked(entry: Entry, value: str) -> str:
    """Give a value as it is kept; Refused when it is not what the fact is."""
    if len(value) > LONGEST:
        raise _wrong("refused.extra_long", entry, value[:20], str(LONGEST))
    if entry.value == "number" and not _NUMBER.fullmatch(value):
        raise _wrong("refused.extra_number", entry, value)
    if entry.value == "choice":
        for choice in entry.choices:
            if value in (choice.id, choice.name, choice.name_en):
                return choice.id
        has = ", ".join(c.name_en if TEXTS.language == "en" else c.name for c in entry.choices)
        raise _wrong("refused.extra_choice", entry, value, has)
    return value


def _wrong(key: str, entry: Entry, word: str, has: str = "") -> Refused:
    return Refused(key, field=f"extra.{entry.id}", label=_name(entry), word=word, has=has)


def _meant(name: str, own: Mapping[str, Entry]) -> Entry | None:
    return next((e for e in own.values() if name in (e.id, e.name, e.name_en)), None)


def _name(entry: Entry) -> str:
    return entry.name_en if TEXTS.language == "en" else entry.name
