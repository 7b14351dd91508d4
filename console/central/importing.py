"""Brings a file of historical cases into a centre, once each, in the state they really have."""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from console.base.clock import Clock, SystemClock
from console.base.errors import BadData
from console.base.tablefile import harmless
from console.base.text import text
from console.central.build import CITY, build, home
from console.central.centre import Centre, Place
from console.central.mapping import Mapped, Mapper, Wrong
from console.central.profile import Profile, read_profile
from console.central.sheet import Row, Sheet, read_sheet
from console.central.steps import of_task, times_of
from console.domain import deadline
from console.domain.access import SYSTEM, Access
from console.domain.record import SHARED, Act, Step, Term
from console.scenes.scene import EventType
from console.wire import APPLIED

USER = "import"
ROLES = (SYSTEM, "intake", "dispatch", "unit", "callback", "duty_lead", "district")
STRAIGHT = ("sign", "start", "feedback")
_SPACE = UUID("6f0c1d1e-7d53-5a3c-8f0e-2b8c2f1d9a47")


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that did not go in."""

    row: Row
    column: str
    why: str


@dataclass(slots=True)
class Tally:
    """What became of a file."""

    rows: int = 0
    new: int = 0
    known: int = 0
    names: int = 0
    aside: list[Aside] = field(default_factory=list[Aside])
    file: Path | None = None


def main(argv: Sequence[str], say: Callable[[str], object] = sys.stdout.write) -> int:
    """Import one file; 0 when anything went in or was there, 1 when nothing could."""
    args = parser("import").parse_args(argv)
    clock = SystemClock()
    built = build(args.database or args.data, clock, city=args.city)
    try:
        profile = read_profile(args.profile)
        tally = bring_in(built.centre, args.file, profile, clock, args.data)
    except BadData as error:
        say(f"{error}\n")
        return 1
    finally:
        built.close()
    _tell(args.file, tally, say)
    return 0 if tally.new + tally.known else 1


def parser(name: str) -> argparse.ArgumentParser:
    """Give what import and replay both understand."""
    made = argparse.ArgumentParser(prog=f"python -m console.central {name}")
    made.add_argument("file", type=Path, help=text("import.help.file"))
    made.add_argument("--profile", required=True, help=text("import.help.profile"))
    made.add_argument("--data", type=Path, default=home(), help=text("import.help.data"))
    made.add_argument("--database", default="", help=text("import.help.database"))
    made.add_argument("--city", default=CITY)
    return made


def bring_in(
    centre: Centre, file: Path, profile: Profile, clock: Clock, folder: Path
) -> Tally:  # fmt: skip
    """Bring a file's good rows into a centre; put the bad ones into a file beside its data."""
    tally = Tally()
    sheet, rows, mapper = opened(centre.place, file, profile, clock.now())
    tally.rows = len(rows)
    good = list(mapped_rows(mapper, rows, tally.aside))
    named = Namer(centre, profile)
    tally.names = named.define(mapper.terms.values(), clock.now())
    by_line = {row.line: row for row in rows}
    _load(centre, profile, good, by_line, tally)
    if tally.aside:
        tally.file = _set_aside(folder, file, sheet, tally.aside, clock.now())
    return tally


def opened(place: Place, file: Path, profile: Profile, now: int) -> tuple[Sheet, list[Row], Mapper]:
    """Open a file, and get ready to read it by a profile."""
    sheet = read_sheet(file, profile.encodings)
    rows = list(sheet.rows)
    mapper = Mapper(profile, place, rows, now)
    absent = mapper.columns - set(sheet.columns)
    if absent:
        raise BadData(str(file), "", text("import.columns", columns=", ".join(sorted(absent))))
    return sheet, rows, mapper


def mapped_rows(mapper: Mapper, rows: Iterable[Row], aside: list[Aside]) -> Iterator[Mapped]:
    """Give the good rows, each number once; put down what is wrong with the others."""
    first: dict[str, Row] = {}
    for row in rows:
        try:
            found = mapper.read(row)
            if _first(first, found.number, row, mapper.profile.number):
                yield found
        except Wrong as wrong:
            aside.append(Aside(row, wrong.column, text(wrong.key, **wrong.args_by_name)))


def _first(first: dict[str, Row], number: str, row: Row, column: str) -> bool:
    """Tell whether a number comes for the first time; Wrong when it came with other content."""
    before = first.setdefault(number, row)
    if before.cells != row.cells:
        raise Wrong(column, "import.repeated", line=before.line)
    return before is row


def importer() -> Access:
    """Give who acts when a file is brought in."""
    return Access(user=USER, name=USER, roles=ROLES, scopes=("",))


def id_of(profile: Profile, number: str, what: str) -> str:
    """Give the id of a record that came with a source's number: the same every time."""
    return str(uuid5(_SPACE, f"{profile.id}\0{number}\0{what}"))


class Namer:
    """Makes known what the codes of a file stand for."""

    def __init__(self, centre: Centre, profile: Profile) -> None:
        self._centre = centre
        self._profile = profile

    def define(self, terms: Iterable[Term], at: int) -> int:
        """Define the terms that are not there yet; give how many those were."""
        wanted = {term.id: term for term in (*terms, _myself())}
        held = self._centre.found(Term.kind, list(wanted))
        acts = [
            Act(id=id_of(self._profile, key, f"term {at}"), steps=(define(term),), by=USER, at=at)
            for key, term in wanted.items() if key not in held
        ]  # fmt: skip
        verdicts = self._centre.load(acts, importer())
        return sum(verdict.verdict == APPLIED for verdict in verdicts)


def define(term: Term) -> Step:
    """Give the step that makes a term known."""
    args = {"scope": SHARED, "of": term.of, "code": term.code, "name": term.name}
    if term.under:
        args["under"] = term.under
    return Step(kind="term", record=term.id, verb="define", args=args)


def _myself() -> Term:
    return Term(id=f"person_{USER}", of="person", code=USER, name=text("import.name"))


# ---- inside


def _load(
    centre: Centre, profile: Profile, good: list[Mapped], rows: dict[int, Row], tally: Tally
) -> None:
    before = centre.head
    lines: dict[str, int] = {}

    def acts() -> Iterator[Act]:
        telling = _Telling(centre, profile)
        for mapped in good:
            for act in telling.acts(mapped):
                lines[act.id] = mapped.line
                yield act

    refused: set[int] = set()
    seen: set[int] = set()
    for verdict in centre.load(acts(), importer()):
        line = lines[verdict.id]
        if verdict.verdict != APPLIED:
            why = text(verdict.key, **verdict.args)
            if line not in refused:
                tally.aside.append(Aside(rows[line], "", why))
            refused.add(line)
        elif line not in seen:
            seen.add(line)
            tally.new += verdict.pos > before
            tally.known += verdict.pos <= before


class _Telling:
    """Tells the past of a case as acts; the data do not say who did what, or when."""

    def __init__(self, centre: Centre, profile: Profile) -> None:
        self._profile = profile
        self._place = centre.place
        self._calendar = centre.judge.calendar

    def acts(self, mapped: Mapped) -> Iterator[Act]:
        incident, report = (self._id(mapped, what) for what in ("incident", "report"))
        steps = [*self._told(mapped, incident, report)]
        if not mapped.archived:
            yield self._act(mapped, "act", steps, mapped.at)
            return
        steps += self._handled(mapped, incident)
        if not mapped.late:
            yield self._act(mapped, "act", [*steps, *self._over(mapped, incident)], mapped.at)
            return
        # Past the limit by the least there is: only that it was too late is known.
        limits = self._kind(mapped).limits
        due = deadline.start(limits.handle, mapped.at, self._calendar).due if limits.handle else 0
        note = Step(
            kind="incident", record=incident, verb="note", args={"note": text("import.late")}
        )
        yield self._act(mapped, "act", steps, mapped.at)
        over = [note, *self._over(mapped, incident)]
        yield self._act(mapped, "end", over, max(due, mapped.at) + 1)

    def _told(self, mapped: Mapped, incident: str, report: str) -> Iterator[Step]:
        where = place_of(self._place, mapped)
        said = {n: v for n, v in mapped.values.items() if n in ("purpose", "caller", "phone")}
        told = {
            "number": mapped.number, "words": mapped.texts["words"], "at": mapped.at,
            "type": mapped.codes.get("type", ""),
        }  # fmt: skip
        yield Step(kind="report", record=report, verb="receive", args=_only(where | said | told))
        kind = self._kind(mapped)
        facts = {
            "title": mapped.texts["title"], "detail": mapped.texts["detail"], "type": kind.code,
            "scene": kind.scene, "level": mapped.values.get("level", kind.level),
            "urgency": mapped.values.get("urgency", ""), "community": mapped.community,
            "occurred_at": mapped.at, "reported_at": mapped.at,
        }  # fmt: skip
        yield Step(kind="incident", record=incident, verb="create", args=_only(where | facts))
        yield Step(kind="report", record=report, verb="attach", args={"incident": incident})

    def _handled(self, mapped: Mapped, incident: str) -> Iterator[Step]:
        kind = self._kind(mapped)
        district, street = mapped.codes.get("district", ""), mapped.codes.get("street", "")
        lead = mapped.codes.get("department") or self._place.city.resolve(
            kind.lead, district, street
        )
        times, task = times_of(kind.limits), self._id(mapped, "task")
        scope = place_of(self._place, mapped)["scope"]
        yield _step(incident, "accept")
        yield _step(incident, "dispatch", lead=lead or kind.lead, **times)
        job: dict[str, Any] = {"incident": incident, "scope": scope, "dept": lead or kind.lead}
        yield of_task(task, "issue", **job, **times)
        for verb in STRAIGHT[:-1]:
            yield of_task(task, verb)
            yield _step(incident, verb)

    def _over(self, mapped: Mapped, incident: str) -> Iterator[Step]:
        task = self._id(mapped, "task")
        result = {"result": "-"}
        yield of_task(task, STRAIGHT[-1], **result)
        yield _step(incident, STRAIGHT[-1], **result)
        yield _step(incident, "verify")
        yield of_task(task, "finish")
        yield _step(incident, "close")
        yield _step(incident, "archive")

    def _kind(self, mapped: Mapped) -> EventType:
        held = self._place.types.get(mapped.codes.get("type", ""))
        return held or EventType(code="", name="", name_en="", scene="")

    def _act(self, mapped: Mapped, what: str, steps: list[Step], at: int) -> Act:
        return Act(id=self._id(mapped, what), steps=tuple(steps), by=USER, at=at, device_at=at)

    def _id(self, mapped: Mapped, what: str) -> str:
        return id_of(self._profile, mapped.number, what)


def place_of(place: Place, mapped: Mapped) -> dict[str, Any]:
    """Give where a row lies, as an incident and a report take it."""
    street, district = mapped.codes.get("street", ""), mapped.codes.get("district", "")
    point = {n: mapped.values[n] for n in ("lon", "lat") if n in mapped.values}
    scope = place.city.scope_of(district, street)
    source = {"source": mapped.values.get("source", USER), "address": mapped.texts["address"]}
    return {"scope": scope, **source, **point}


def _step(incident: str, verb: str, **args: Any) -> Step:
    return Step(kind="incident", record=incident, verb=verb, args=args, base=1 << 30)


def _only(args: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in args.items() if value not in ("", 0)}


def _set_aside(
    folder: Path, file: Path, sheet: Sheet, aside: Sequence[Aside], now: int
) -> Path:  # fmt: skip
    """Write the bad rows, with line, column and reason; no cell of it is a formula."""
    stamp = datetime.fromtimestamp(now / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    place = folder / "set-aside" / f"{file.stem}-{stamp}.csv"
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.touch(mode=0o600)
    heads = [text(f"import.column.{name}") for name in ("line", "column", "why")]
    with place.open("w", encoding="utf-8-sig", newline="") as out:
        lines = csv.writer(out)
        lines.writerow([*heads, *map(harmless, sheet.columns)])
        for each in sorted(aside, key=lambda a: a.row.line):
            cells = [each.row.cells.get(column, "") for column in sheet.columns]
            said = (each.column, each.why, *cells)
            lines.writerow([each.row.line, *map(harmless, said)])
    return place


def _tell(file: Path, tally: Tally, say: Callable[[str], object]) -> None:
    counts = {"rows": tally.rows, "new": tally.new, "known": tally.known}
    say(text("import.done", file=file.name, **counts, aside=len(tally.aside)) + "\n")
    if tally.names:
        say(text("import.named", count=tally.names) + "\n")
    for (column, why), count in Counter((a.column, a.why) for a in tally.aside).most_common(10):
        say(text("import.why", count=count, column=column, why=why) + "\n")
    if tally.file:
        say(text("import.aside", file=tally.file) + "\n")
    if not tally.new + tally.known:
        say(text("import.nothing") + "\n")
