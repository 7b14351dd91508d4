"""Says the values of records, plans and refusals in words, in the city's zone and its names."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol, cast
from zoneinfo import ZoneInfo

from console.base.clock import Clock
from console.base.errors import Refused
from console.base.notice import Notice
from console.base.text import TEXTS, text
from console.domain.city import City
from console.domain.limit import parse_limit
from console.domain.machine import Machine
from console.domain.record import Forewarning, Incident, Record, Report, Task, Unit

UNKNOWN = "—"
SECOND = 1_000
NUMBER = 20
"""A number's figures: division 6, date 8, count 6. People say the last: district, day, count."""

# What the values of fields are, where no verb takes an argument of that name, or of another type.
FIELDS: Mapping[str, str] = {
    "lead": "dept", "dept": "dept", "assists": "dept", "handler": "person", "watchers": "person",
    "supervised_by": "person", "pivot_by": "person", "person": "person", "handed_to": "person",
    "unit": "unit", "type": "type", "scene": "scene", "scope": "scope", "incident": "incident",
    "parent": "incident", "level": "level", "urgency": "urgency", "shift": "shift",
    "sign": "limit", "arrive": "limit", "handle": "limit", "limit": "limit", "gap": "limit",
    "until": "instant", "suspended_until": "instant", "at": "instant", "since": "instant",
    "resume_when": "text",
}  # fmt: skip
CHOICES: Mapping[str, str] = {"transferred_to": "choice.to", "source": "source"}
# What the reasons of a refusal name by codes: the texts they begin with, or the names they have.
PREFIXED: Mapping[str, str] = {
    "kind": "kind", "argument": "argument", "args": "argument", "field": "field",
    "deadline": "clock",
}  # fmt: skip
NAMED = frozenset(("unit", "dept", "scope", "incident", "person", "gap", "limit"))
ASKED_BY = "by"
"""Takes a limit in a verb's arguments, and is a person in the reasons of a refusal."""


class Known(Protocol):
    """What words are found in: the core of a seat."""

    @property
    def city(self) -> City: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def machines(self) -> Mapping[str, Machine]: ...
    def names(self, kind: str, code: str) -> str: ...
    def get(self, kind: str, id: str) -> Record | None: ...


class Words:
    """Says things as this seat's people say them."""

    def __init__(self, core: Known) -> None:
        self._core = core
        self._zone = ZoneInfo(core.city.zone)

    # ---- values ----------------------------------------------------------------------------------

    def value(self, name: str, value: object, kind: str = "") -> str:
        """Give the value of a field or argument in words; nothing is a dash."""
        if value in (None, "", (), [], {}) or (value == 0 and self._type(name) == "instant"):
            return UNKNOWN
        if isinstance(value, bool):
            return text("panel.yes" if value else "panel.no")
        if isinstance(value, tuple | list):
            many = cast("Iterable[object]", value)
            return text("panel.and").join(self.value(name, one, kind) for one in many)
        if isinstance(value, Mapping):
            named = cast("Mapping[str, object]", value)
            return text("panel.and").join(self.name(name, one) for one in named)
        if name == "state":
            return text(f"state.{kind}.{value}")
        return self._said(self._type(name), name, str(value))

    def instant(self, at: int) -> str:
        """Give a time of today as hh:mm, of another day with its date."""
        if not at:
            return UNKNOWN
        when, today = self.local(at), self.local(self._core.clock.now())
        if when.date() == today.date():
            return text("cell.time.today", t=when)
        return text("cell.time.year" if when.year == today.year else "cell.time.other", t=when)

    def second(self, at: int) -> str:
        """Give a time of today to the second, of another day with its date."""
        when, today = self.local(at), self.local(self._core.clock.now())
        if when.date() == today.date():
            return text("panel.second", t=when)
        return text("cell.time.year" if when.year == today.year else "cell.time.other", t=when)

    def local(self, at: int) -> datetime:
        return datetime.fromtimestamp(at / SECOND, self._zone)

    def limit(self, value: str) -> str:
        try:
            limit = parse_limit(value)
        except Refused:
            return value
        return text(f"deadline.limit.{limit.unit}", amount=f"{limit.amount:g}")

    def scope(self, scope: str) -> str:
        """Give district and street of a scope."""
        district, _, street = scope.partition(".")
        if not district:
            return self._core.city.name if TEXTS.language == "zh_CN" else self._core.city.name_en
        names = [self._core.names("district", district)]
        return " ".join([*names, self._core.names("street", street)] if street else names)

    def name(self, kind: str, code: str) -> str:
        """Give the name of a code; a code that nobody knows stands for itself."""
        return (self._core.names(kind, code) or code) if code else UNKNOWN

    def births(self, kind: str, verb: str) -> bool:
        """Tell whether a verb makes a record: its facts then stand in the record itself."""
        known = self._core.machines[kind].verbs.get(verb)
        return known is not None and known.births

    # ---- records ---------------------------------------------------------------------------------

    def record(self, kind: str, id: str) -> str:
        """Name a record as people call it: its number and what it is about."""
        held = self._core.get(kind, id)
        return self.title(held) if held is not None else text(f"kind.{kind}")

    def title(self, record: Record) -> str:
        match record:
            case Incident():
                return f"{short(record.no)} {record.title}".strip()
            case Task():
                unit = self._unit(record.unit) if record.unit else ""
                return " ".join(filter(None, (self.name("dept", record.dept), unit)))
            case Report():
                return f"{self.value('source', record.source)} {record.number}".strip()
            case Unit():
                return record.call_sign or record.name
            case Forewarning():
                return record.headline or record.event or record.identifier
            case _:
                return text(f"kind.{record.kind}")

    # ---- refusals --------------------------------------------------------------------------------

    def refused(self, error: Refused) -> str:
        return self.reason(error.key, error.args_by_name)

    def notice(self, notice: Notice) -> str:
        return self.reason(notice.key, notice.args)

    def reason(self, key: str, args: Mapping[str, object]) -> str:
        """Give a refusal's words, what it names by codes in words too."""
        if not key:
            return ""
        kind = str(args.get("kind", "incident"))
        return text(key, **{n: self._reason(n, v, kind, args) for n, v in args.items()})

    def _reason(self, name: str, value: object, kind: str, args: Mapping[str, object]) -> object:
        code = str(value)
        if name in PREFIXED:
            each = (self._known(f"{PREFIXED[name]}.{a}", a) for a in code.split(", "))
            return text("panel.and").join(each)
        if name in NAMED:
            return self._said(FIELDS[name], name, code) if code else UNKNOWN
        return self._odd(name, value, kind, args)

    def _odd(self, name: str, value: object, kind: str, args: Mapping[str, object]) -> object:
        code = str(value)
        match name:
            case "verb":
                return self._verb(code, kind)
            case "state":
                return self._known(f"state.{kind}.{code}", code)
            case "command":
                return self._known(f"command.{code}", self._known(f"verb.{code}", code))
            case "id" | "task":
                of = "task" if name == "task" else kind
                return self.record(of, code) if code else UNKNOWN
            case "why":
                return self._known(code, code)
            case "now":
                return self.value(str(args.get("field", "")), value, kind)
            case "by":
                said = self.limit(code)
                return said if said != code else self.name("person", code)
            case _:
                return value

    def _verb(self, verb: str, kind: str) -> str:
        for each in (kind, "incident", "task", "report", "unit", "duty", "seat"):
            if TEXTS.has(f"verb.{each}.{verb}"):
                return text(f"verb.{each}.{verb}")
        return verb

    def _known(self, key: str, otherwise: str) -> str:
        return text(key) if TEXTS.has(key) else otherwise

    # ---- kinds of values -------------------------------------------------------------------------

    def _type(self, name: str) -> str:
        if name in FIELDS:
            return FIELDS[name]
        return "instant" if name.endswith("_at") else "limit" if name == ASKED_BY else "choice"

    def _said(self, type: str, name: str, code: str) -> str:
        match type:
            case "dept" | "type" | "scene" | "person" | "shift":
                return self.name(type, code)
            case "unit":
                return self._unit(code)
            case "scope":
                return self.scope(code)
            case "incident":
                return self.record("incident", code)
            case "level" | "urgency":
                return self._known(f"{type}.{code}", code)
            case "limit":
                return self.limit(code)
            case "instant":
                return self.instant(int(code)) if code.isdigit() else code
            case _:
                return self._choice(name, code)

    def _choice(self, name: str, code: str) -> str:
        return self._known(f"{CHOICES.get(name, f'choice.{name}')}.{code}", code)

    def _unit(self, code: str) -> str:
        unit = self._core.get("unit", code)
        return unit.call_sign if isinstance(unit, Unit) and unit.call_sign else code


def short(no: str) -> str:
    """Give what tells a number from the others of these days: 06-1126-000025."""
    if len(no) != NUMBER or not no.isdigit():
        return no
    return f"{no[4:6]}-{no[10:14]}-{no[14:]}"


def quoted(value: str) -> str:
    """Give a value as one word of a command line, whatever it holds."""
    if value and not any(c in value for c in " \t\n\u3000\"'\u201c\u201d\u300c\u300d="):
        return value if not value.startswith("--") else f'"{value}"'
    for opening, closing in (('"', '"'), ("'", "'"), ("\u300c", "\u300d"), ("\u201c", "\u201d")):
        if opening not in value and closing not in value:
            return f"{opening}{value}{closing}"
    return '"' + value.replace('"', "\u201d") + '"'


def line_of(command: str, target: str = "", values: Mapping[str, str] | None = None) -> str:
    """Make a command line; arguments without a value are left out."""
    said = [command, *([quoted(target)] if target else [])]
    for name, value in (values or {}).items():
        if value:
            said += [f"--{name}", quoted(value)]
    return " ".join(said)
