"""What the command line shows: the lines given before, the ways on, and what a line would do."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from console.app import Core
from console.base.errors import Refused
from console.base.text import text
from console.commands import SELECTED, BadLine
from console.domain.changes import Key
from console.domain.plan import Candidate, Change, Plan
from console.domain.words import Words
from ui.models import mask

FORM = "form.open"
KEPT = 200
LACKING = "line.missing"
AMBIGUOUS = "refused.ambiguous"
SHOWN = 9
"""How many candidates stand in the palette at once."""
FIELDS = 6
"""How many changed facts of a record a preview names."""


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a preview: words, in a role's colour."""

    words: str
    role: str = "text.second"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a line would do, or why it would not; ``position`` counts from 1, 0: nowhere."""

    line: str
    said: tuple[Said, ...] = ()
    refused: str = ""
    position: int = 0
    lacking: bool = False
    """Nothing is wrong, but something is still to be said: a form can ask for it."""

    @property
    def ready(self) -> bool:
        return not self.refused


class LineHistory:
    """The lines given before, walked with up and down; what was being typed is not lost."""

    def __init__(self, kept: bytes | None = None) -> None:
        self._lines: list[str] = msgspec.json.decode(kept, type=list[str]) if kept else []
        self._at = len(self._lines)
        self._typed = ""

    @property
    def walking(self) -> bool:
        return self._at < len(self._lines)

    def add(self, line: str) -> None:
        """Take in a line that was given; a line said again moves to the end."""
        self._lines = [*(each for each in self._lines if each != line), line][-KEPT:]
        self.leave()

    def back(self, typed: str) -> str:
        """Give the line before the one shown."""
        if not self.walking:
            self._typed = typed
        self._at = max(0, self._at - 1)
        return self._lines[self._at] if self._lines else typed

    def forth(self, typed: str) -> str:
        """Give the line after the one shown; past the last, what was being typed."""
        if not self.walking:
            return typed
        self._at += 1
        return self._lines[self._at] if self.walking else self._typed

    def leave(self) -> None:
        self._at = len(self._lines)

    def pack(self) -> bytes:
        return msgspec.json.encode(self._lines)


class Ways:
    """The candidates, the one that is chosen, and the few that fit on the screen around it."""

    def __init__(self) -> None:
        self.all: tuple[Candidate, ...] = ()
        self.chosen = -1

    def show(self, found: Sequence[Candidate]) -> None:
        self.all = tuple(found)
        self.chosen = -1

    def move(self, by: int) -> None:
        """Choose another one; past either end none is chosen."""
        n = len(self.all)
        self.chosen = (self.chosen + 1 + by) % (n + 1) - 1 if n else -1

    @property
    def taken(self) -> Candidate | None:
        return self.all[self.chosen] if 0 <= self.chosen < len(self.all) else None

    @property
    def first(self) -> Candidate | None:
        """Give the chosen one, or the first."""
        return self.taken or (self.all[0] if self.all else None)

    def seen(self) -> tuple[int, tuple[Candidate, ...]]:
        """Give the place of the first one that is on the screen, and those that are."""
        start = max(0, min(self.chosen - SHOWN + 1, len(self.all) - SHOWN))
        return start, self.all[start : start + SHOWN]


def preview(core: Core, line: str, selected: Key | None, known: Collection[str] = ()) -> Preview:
    """Say what a line would do; reads only, and may be asked on any thread.

    ``known``: fields that need not be said of what is born, for they stand in the form.
    """
    words = Words(core)
    try:
        plan = core.plan(line, selected)
    except BadLine as bad:
        return Preview(line, (), words.refused(bad), bad.position + 1, bad.key == LACKING)
    except Refused as refused:
        if refused.key == AMBIGUOUS:
            # The names themselves stand in the list above.
            word = refused.args_by_name.get("word", "")
            return Preview(line, (), text("palette.choose", word=word))
        return Preview(line, (), words.refused(refused))
    return Preview(line, tuple(_said(words, plan, known)))


def _said(words: Words, plan: Plan, known: Collection[str]) -> list[Said]:
    said: list[Said] = []
    for change in plan.changes:
        said += _change(words, change, known)
    for clock in plan.clocks:
        due = words.instant(clock.due)
        name = text(f"clock.{clock.deadline}")
        said.append(Said(text(f"palette.clock.{clock.what}", clock=name, due=due), "text"))
    said += [Said(words.notice(each), "warning") for each in plan.warnings]
    return said


def _change(words: Words, change: Change, known: Collection[str]) -> list[Said]:
    after = change.after
    title = words.title(after)
    key = "palette.new" if change.before is None else "palette.record"
    kind = text(f"kind.{after.kind}")
    said = [Said(text(key, kind=kind, title=title), "text")]
    fields = [f for f in change.fields() if f[0] not in ("asked",)]
    if change.before is None:
        quiet = {*known, "state", "crs", "lon", "lat", "incident", "scope", "issued_at"}
        fields = [f for f in fields if f[0] not in quiet]
    for name, before, now in fields[:FIELDS]:
        label = text(f"field.{name}")
        shown = words.value(name, now, after.kind)
        if change.before is None:
            said.append(Said(text("palette.fact", label=label, now=shown)))
        else:
            old = mask.hidden(name, words.value(name, before, after.kind))
            now_ = mask.hidden(name, shown)
            said.append(Said(text("palette.change", label=label, before=old, now=now_)))
    if len(fields) > FIELDS:
        said.append(Said(text("palette.more", n=len(fields) - FIELDS), "text.caption"))
    return said


def keys_of(keys: Mapping[str, str]) -> dict[str, str]:
    """Give each command the key that runs it, from which key runs which line."""
    found: dict[str, str] = {}
    for key, line in keys.items():
        words = line.split()
        # A key that opens a command's form is that command's key, where it has no other.
        if words[:1] == [FORM] and len(words) > 1:
            found.setdefault(words[1], key)
        elif len(words) == 1 or words[1:] == [SELECTED]:
            found[words[0]] = key
    return found
