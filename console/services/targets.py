"""Which record a line means: by its id, the last digits of its number, its name, or as selected."""

import re
from collections.abc import Iterable

from console.base.errors import Refused
from console.commands import SELECTED, BadLine, Call, Word
from console.domain.changes import Key
from console.domain.query import Query
from console.domain.record import Incident, Record
from console.domain.words import short
from console.services.around import Around

FEWEST_DIGITS = 3
MOST_SAID = 6
_DIGITS = re.compile(r"#?((?:(?:\d{2}-)?\d{4}-)?\d{3,20})(?:\s.*)?$", re.DOTALL)
"""The figures of a number, as they stand in queues, and with the title after them."""
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}$|[A-Z]{1,3}\d+$")


class Targets:
    """Finds records by what people call them."""

    def __init__(self, around: Around) -> None:
        self._around = around

    def of(self, call: Call, selected: Key | None) -> tuple[Record, int]:
        """Give the record that a call works on, and how many of its words said so."""
        kind = call.command.kind
        if call.words:
            first = call.words[0]
            if first.text == SELECTED:
                return self._selected(call, selected), 1
            if not self._is_argument(call, first, selected):
                found = self.named(kind, first)
                if found is not None:
                    return found, 1
                if selected is None or _ID.match(first.text) or _DIGITS.match(first.text):
                    raise Refused("refused.no_such", kind=kind, word=first.text)
        return self._selected(call, selected), 0

    def named(self, kind: str, word: Word) -> Record | None:
        """Find a record by a word; None when nothing has that name, Refused when several have."""
        held = self._around.store.get(kind, word.text)
        if held is not None:
            return held
        if kind == "task":
            incident = self._around.store.get("incident", word.text) or self.named("incident", word)
            return self._task_of(incident) if isinstance(incident, Incident) else None
        return self._one(list(self._found(kind, word.text)), word)

    def _found(self, kind: str, said: str) -> Iterable[Record]:
        digits = _DIGITS.match(said)
        wanted = digits[1] if digits else said
        if kind in ("incident", "report"):
            # The day and the count stand side by side in a number; the district does not.
            sought = "".join(wanted.split("-")[-2:]) if digits else wanted
            query = Query(kind, words=(sought,), limit=500)
        else:
            query = Query(kind)
        for row in self._around.store.find(query, self._around.view()):
            found = self._around.store.get(kind, str(row[0]))
            if found is not None and _called(found, wanted, numeric=bool(digits)):
                yield found

    def _one(self, found: list[Record], word: Word) -> Record | None:
        if not found:
            return None
        opened = [r for r in found if self._around.is_open(r)]
        meant = opened or found
        if len(meant) == 1:
            return meant[0]
        said = ", ".join(_said(r) for r in meant[:MOST_SAID])
        raise Refused("refused.ambiguous", word=word.text, found=said)

    def _is_argument(self, call: Call, word: Word, selected: Key | None) -> bool:
        """Tell whether a short number is the first argument, as in "transfer 110"."""
        first = next(iter(call.command.takes.values()), None)
        brief = len(word.text) <= FEWEST_DIGITS + 2 and first is not None and first.type == "choice"
        return brief and selected is not None and len(call.words) == 1

    def _selected(self, call: Call, selected: Key | None) -> Record:
        kind = call.command.kind
        if selected is None:
            raise BadLine("line.target", len(call.line), kind=kind)
        found = self._around.store.get(*selected)
        if found is None:
            raise Refused("refused.unknown", kind=selected[0], id=selected[1])
        if found.kind == kind:
            return found
        meant = self._related(found, kind)
        if meant is None:
            raise Refused("refused.no_such", kind=kind, word=SELECTED)
        return meant

    def _related(self, record: Record, kind: str) -> Record | None:
        incident = self._around.incident_of(record)
        if incident is None or kind == "incident":
            return incident
        if kind == "task":
            return self._task_of(incident)
        reports = self._around.reports_of(incident.id) if kind == "report" else []
        return reports[0] if reports else None

    def _task_of(self, incident: Incident) -> Record | None:
        """Give the person's own department's task of an incident, else that of its lead."""
        tasks = [t for t in self._around.tasks_of(incident.id) if self._around.is_open(t)]
        own = [t for t in tasks if t.dept in self._around.person.depts]
        return own[0] if own else self._around.lead_task(incident)


def _called(record: Record, wanted: str, *, numeric: bool) -> bool:
    names = [
        getattr(record, n, "") for n in ("no", "number", "call_sign", "name", "title", "person")
    ]
    if numeric:
        return any(str(n).endswith(wanted) or short(str(n)).endswith(wanted) for n in names if n)
    return wanted in names or (len(wanted) > 1 and wanted in str(getattr(record, "title", "")))


def _said(record: Record) -> str:
    names = [getattr(record, n, "") for n in ("no", "call_sign", "name", "title", "number")]
    return " ".join(str(n) for n in names if n) or record.id
