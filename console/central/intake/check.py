"""Checks a department's own files by the rules of the doors, without a centre.

Exit status 0: every message would be taken in. 1: some would not; each is told with file, line,
place and rule.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from console.base import resources
from console.base.clock import SystemClock
from console.base.errors import BadData
from console.base.text import text
from console.central.build import CITY
from console.central.centre import Place
from console.central.intake.cap import read_cap
from console.central.intake.cot import read_cot
from console.central.intake.eido import read_eido
from console.central.intake.frame import (
    Finding,
    Ground,
    Message,
    Reader,
    Unreadable,
    finding,
    table_of,
)
from console.central.intake.national import read_national
from console.central.intake.reports import read_reports
from console.central.intake.requests311 import message_of
from console.central.intake.tabular import reader_of
from console.central.intake.things import draft_of, read_json, shapes
from console.central.profile import read_profile
from console.domain.city import read_city
from console.scenes.read import read_scenes

READERS: Mapping[str, Reader] = {
    "reports": read_reports, "cap": read_cap, "12379": read_national, "eido": read_eido,
    "cot": read_cot,
}  # fmt: skip
KINDS = (*READERS, "table", "open311", "sensorthings")
Say = Callable[[str], object]


class AnyUnit(dict[str, str]):
    """Every call sign is taken for one that the centre knows."""

    def get(self, key: str, default: Any = None) -> Any:
        return key or default


def main(words: Sequence[str], say: Say = sys.stdout.write) -> int:
    """Check files; 0 when every message in them would be taken in."""
    args = _parser().parse_args(words)
    try:
        reader = _reader(args)
        place = _place(args.city)
    except BadData as error:
        say(f"{error}\n")
        return 2
    ground = Ground(place, SystemClock().now(), "check", AnyUnit())
    return max(check(file, reader, ground, say) for file in args.file)


def check(file: Path, reader: Reader, ground: Ground, say: Say) -> int:
    """Check one file, telling everything that is found; 0 when nothing in it is wrong."""
    try:
        messages = reader(file.read_bytes(), ground)
    except OSError as error:
        say(f"{file}: {error.strerror}\n")
        return 1
    except Unreadable as error:
        _tell(file, error.found, "check.wrong", say)
        return 1
    for message in messages:
        for found in message.wrong:
            _tell(file, found, "check.wrong", say)
        for found in message.remarks:
            _tell(file, found, "check.remark", say)
    wrong = sum(bool(message.wrong) for message in messages)
    say(text("check.done", file=file, count=len(messages), wrong=wrong) + "\n")
    return 1 if wrong else 0


def read_form(body: bytes, ground: Ground) -> list[Message]:
    """Read the fields of an Open311 request: as a JSON object, or as a form."""
    if body.lstrip()[:1] == b"{":
        said = table_of(read_json(body)) or {}
        fields = {name: str(value) for name, value in said.items()}
    else:
        try:
            fields = dict(parse_qsl(body.decode("utf-8").strip(), errors="strict"))
        except ValueError as error:
            raise Unreadable(finding("open311.form", why=error)) from None
    return [message_of(fields, b"", "check", ground)[0]]


def things_reader(name: str) -> Reader:
    """Give a reader of SensorThings entities: of one set, or of the set that fits."""

    def read(body: bytes, ground: Ground) -> list[Message]:
        del ground
        said = read_json(body)
        if isinstance(said, list):
            return _arrays(table_of(one) for one in said)  # pyright: ignore[reportUnknownVariableType]
        found = name or _likely(table_of(said) or {})
        draft_of(found, said, shapes().sets[found].ones)
        return [Message("", body)]

    return read


# ---- inside


def _reader(args: argparse.Namespace) -> Reader:
    match args.kind:
        case "table":
            return reader_of(read_profile(args.profile))
        case "open311":
            return read_form
        case "sensorthings":
            return things_reader(args.set)
        case _:
            return READERS[args.kind]


def _likely(said: Mapping[str, Any]) -> str:
    """Give the set whose needs are met best."""
    sets = shapes().sets

    def fit(name: str) -> tuple[int, int]:
        held = sets[name]
        known = {*held.needs, *held.may, *held.ones, *held.maybe, *held.manys}
        return -len(said.keys() - known), sum(key in said for key in held.needs)

    return max(sets, key=fit)


def _arrays(groups: Any) -> list[Message]:
    found: list[Message] = []
    for n, group in enumerate(groups):
        if not {"Datastream", "components", "dataArray"} <= (group or {}).keys():
            raise Unreadable(finding("sta.array", f"[{n}]"))
        names = group["components"]
        for m, row in enumerate(group["dataArray"]):
            where = f"[{n}]/dataArray[{m}]"
            said = {
                k: v for k, v in zip(names, row, strict=False) if "/" not in str(k)
            } if len(row) == len(names) else {}  # fmt: skip
            try:
                draft_of("Observations", said, ("Datastream",))
                found.append(Message("", b""))
            except Unreadable as error:
                inner = error.found
                told = Finding(inner.rule, f"{where}/{inner.where}", 0, inner.args)
                found.append(Message("", b"", wrong=(told,)))
    return found


def _place(city: str) -> Place:
    read = read_city(resources.table(city), city, resources.path(city).read_text("utf-8"))
    return Place.of(read, read_scenes(read), ())


def _tell(file: Path, found: Finding, key: str, say: Say) -> None:
    line = f":{found.line}" if found.line else ""
    where = f" {found.where}:" if found.where else ""
    say(f"{file}{line}: {text(key)}:{where} {found.why} [{found.rule}]\n")


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m console.central check-source")
    made.add_argument("kind", choices=KINDS, help=text("check.help.kind"))
    made.add_argument("file", nargs="+", type=Path, help=text("check.help.file"))
    made.add_argument("--profile", default="generic_report", help=text("import.help.profile"))
    made.add_argument(
        "--set", default="", choices=("", *shapes().sets), help=text("check.help.set")
    )
    made.add_argument("--city", default=CITY)
    return made
