"""What is amended of a record: each fact as it was shown, and as a person wants it to be."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from console.app import Core
from console.domain.changes import Key
from ui.models import mask

CHANGES = "changes"


class Amend:
    """Remembers what was shown, so that another's change since then is noticed, not lost."""

    def __init__(self, core: Core, record: Key, names: Sequence[str]) -> None:
        self._core = core
        self._record = record
        self._names = tuple(names)
        self._seen: dict[str, Any] = {}
        self.look_again()

    def look_again(self) -> None:
        """Take what the record is now for what was shown."""
        held = self._core.get(*self._record)
        self._seen = {name: getattr(held, name) for name in self._names if held is not None}

    def filled(self, given: Mapping[str, str]) -> dict[str, str]:
        """Give what each field shows: what was given, else what is; numbers are hidden."""
        wanted = {**_wanted(given.get(CHANGES, "")), **given}
        shown = {name: str(wanted.get(name, value)) for name, value in self._seen.items()}
        return {name: mask.words(value) for name, value in shown.items()}

    def changed(self, values: Mapping[str, str]) -> dict[str, str]:
        """Give the fields that differ from what is; what was hidden and left so is as it was."""
        found: dict[str, str] = {}
        for name, seen in self._seen.items():
            wanted = mask.restored(values.get(name, ""), str(seen))
            if wanted != str(seen).strip():
                found[name] = wanted
        return found

    def packed(self, changed: Mapping[str, str]) -> str:
        """Give the changes as a command takes them, to stand in quotes in a line."""
        edits = {name: {"from": self._seen[name], "to": to} for name, to in changed.items()}
        return msgspec.json.encode(edits).decode().replace("'", "\\u0027") if edits else ""


def _wanted(said: str) -> dict[str, str]:
    """Read what an act wanted to change, from its own line."""
    try:
        edits = msgspec.json.decode(said, type=dict[str, dict[str, Any]]) if said else {}
    except msgspec.DecodeError:
        return {}
    return {name: str(edit.get("to", "")) for name, edit in edits.items()}
