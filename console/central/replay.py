"""Feeds a file of cases to a centre as if they arrived now, at so many times their own pace."""

import argparse
import sys
import threading
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from typing import Protocol

from console.base import resources
from console.base.clock import Clock, SystemClock
from console.base.errors import BadData, Refused, Unreachable
from console.base.ids import new_id
from console.base.text import text
from console.central.build import build, city_file
from console.central.centre import Centre, Place
from console.central.centre_line import CentreLine
from console.central.importing import Aside, define, importer, mapped_rows, opened, parser
from console.central.intake.taking import KNOWN, NEW, WRONG, Intake
from console.central.mapping import Mapped
from console.central.profile import Profile, read_profile
from console.domain.city import read_city
from console.domain.record import Act, Step, Term
from console.scenes.read import read_scenes
from console.wire import APPLIED, Posted, PostedReport, Verdict, pack

TOGETHER = 100
"""The most reports in one post."""
TRIES = 60
AGAIN_S = 2.0
BORN = "refused.born"
Say = Callable[[str], object]
Wait = Callable[[float], object]


class Door(Protocol):
    """A way into a centre."""

    def define(self, steps: Sequence[Step], at: int) -> list[Verdict]: ...
    def post(self, reports: Sequence[PostedReport]) -> list[Posted]: ...


class Inside:
    """Straight into the tables, where no centre is at work on them."""

    def __init__(self, centre: Centre, intake: Intake) -> None:
        self._centre = centre
        self._intake = intake

    def define(self, steps: Sequence[Step], at: int) -> list[Verdict]:
        who = importer()
        acts = [Act(id=new_id(), steps=(step,), by=who.user, at=at) for step in steps]
        return list(self._centre.load(acts, who))

    def post(self, reports: Sequence[PostedReport]) -> list[Posted]:
        return self._intake.post([pack(report) for report in reports], importer())


@dataclass(frozen=True, slots=True)
class Pace:
    """How a file is fed. ``run``: what makes the numbers of this replay new, "" for once only."""

    speed: float = 1.0
    limit: int = 0
    run: str = ""


def main(argv: Sequence[str], say: Say = sys.stdout.write) -> int:
    """Replay one file; 0 when anything arrived or was there, 1 when nothing could."""
    args = _parser().parse_args(argv)
    clock = SystemClock()
    run = datetime.fromtimestamp(clock.now() / 1000, UTC).strftime("%Y%m%d%H%M%S")
    pace = Pace(args.speed, args.limit, run if args.again else "")
    try:
        with _door(args, clock) as (door, place):
            feed = Feed(door, place, read_profile(args.profile), clock, say)
            told = feed.run(args, pace, threading.Event().wait)
    except (BadData, Refused, Unreachable) as error:
        say(f"{_why(error)}\n")
        return 1
    return 0 if told[NEW] + told[KNOWN] else 1


class Feed:
    """Sends the rows of a file through a door, each when its time has come."""

    def __init__(self, door: Door, place: Place, profile: Profile, clock: Clock, say: Say) -> None:
        self._door = door
        self._place = place
        self._profile = profile
        self._clock = clock
        self._say = say

    def run(self, args: argparse.Namespace, pace: Pace, wait: Wait) -> Counter[str]:
        """Feed a file until its end, or until a person stops it; give what became of the rows."""
        _, rows, mapper = opened(self._place, args.file, self._profile, self._clock.now())
        aside: list[Aside] = []
        mapped = sorted(mapped_rows(mapper, rows, aside), key=lambda m: m.at)
        mapped = mapped[: pace.limit or None]
        told = Counter({WRONG: len(aside)})
        for each in aside[:10]:
            self._wrong(each.row.line, "", each.column, each.why)
        self._name(list(mapper.terms.values()))
        span = (mapped[-1].at - mapped[0].at) / pace.speed / 60_000 if mapped else 0
        about = {"rows": len(mapped), "speed": f"{pace.speed:g}", "minutes": f"{span:.0f}"}
        self._say(text("replay.begin", file=args.file.name, **about) + "\n")
        try:
            self._feed(mapped, pace, wait, told)
        except KeyboardInterrupt:
            self._say("\n")
        self._say(text("replay.done", new=told[NEW], known=told[KNOWN], wrong=told[WRONG]) + "\n")
        return told

    def _feed(self, mapped: list[Mapped], pace: Pace, wait: Wait, told: Counter[str]) -> None:
        begun, done = self._clock.monotonic(), 0
        while done < len(mapped):
            reached = mapped[0].at + (self._clock.monotonic() - begun) * 1000 * pace.speed
            some = list(takewhile(lambda m: m.at <= reached, mapped[done : done + TOGETHER]))  # noqa: B023 - used up at once
            if not some:
                wait((mapped[done].at - reached) / 1000 / pace.speed + 0.001)
                continue
            self._post(some, pace, wait, told)
            done += len(some)
            last = {"number": some[-1].number, "title": some[-1].texts["title"]}
            self._say(text("replay.progress", done=done, rows=len(mapped), **last) + "\n")

    def _post(self, some: list[Mapped], pace: Pace, wait: Wait, told: Counter[str]) -> None:
        reports = [self._report(m, pace) for m in some]
        for mapped, answer in zip(some, self._sent(reports, wait), strict=True):
            told[answer.status] += 1
            if answer.status == WRONG:
                self._wrong(mapped.line, mapped.number, answer.field, answer.why)

    def _sent(self, reports: list[PostedReport], wait: Wait) -> list[Posted]:
        """Post, again and again while the centre is away: a number goes in only once."""
        for _ in range(TRIES):
            try:
                return self._door.post(reports)
            except Unreachable as error:
                self._say(f"{_why(error)}\n")
                wait(AGAIN_S)
        return self._door.post(reports)

    def _report(self, mapped: Mapped, pace: Pace) -> PostedReport:
        now = datetime.fromtimestamp(self._clock.now() / 1000, UTC)
        kind = self._place.types.get(mapped.codes.get("type", ""))
        values = mapped.values
        return PostedReport(
            source=values.get("source", "import"),
            number="-".join(filter(None, (self._profile.id, mapped.number, pace.run))),
            at=now.isoformat(), community=mapped.community,
            district=mapped.codes.get("district", ""), street=mapped.codes.get("street", ""),
            type=kind.code if kind else "", scene=kind.scene if kind else "",
            level=values.get("level", kind.level if kind else "routine"),
            **{n: mapped.texts[n] for n in ("title", "words", "address")},
            **{n: values[n] for n in ("purpose", "caller", "phone", "urgency") if n in values},
            **{n: values[n] for n in ("lon", "lat") if n in values},
        )  # fmt: skip

    def _name(self, terms: list[Term]) -> None:
        """Make known what the file's own codes stand for, here and at the centre."""
        self._place = Place.of(self._place.city, self._place.scenes, terms)
        try:
            verdicts = self._door.define([define(term) for term in terms], self._clock.now())
        except Refused as no:
            self._say(text("replay.terms", why=_why(no)) + "\n")
            return
        refused = [v for v in verdicts if v.verdict != APPLIED and v.key != BORN]
        if refused:
            why = text(refused[0].key, **refused[0].args)
            self._say(text("replay.terms", why=why) + "\n")

    def _wrong(self, line: int, number: str, field: str, why: str) -> None:
        self._say(text("replay.wrong", line=line, number=number, field=field, why=why) + "\n")


def _why(error: BadData | Refused | Unreachable) -> str:
    match error:
        case Refused():
            return text(error.key, **error.args_by_name)
        case Unreachable():
            return text("replay.unreachable", why=error.why)
        case BadData():
            return str(error)


@contextmanager
def _door(args: argparse.Namespace, clock: Clock) -> Generator[tuple[Door, Place]]:
    if not args.centre:
        built = build(args.database or args.data, clock, city=args.city)
        try:
            place = built.centre.place
            yield Inside(built.centre, Intake(built.centre, built.limits)), place
        finally:
            built.close()
        return
    if not args.user or not args.password_file:
        raise Refused("replay.password")
    word = args.password_file.read_text("utf-8").strip()
    line = CentreLine(args.centre, args.user, word)
    line.sign_in()
    file = city_file(args.city)
    city = read_city(resources.table(file), file)
    yield line, Place.of(city, read_scenes(city), ())


def _parser() -> argparse.ArgumentParser:
    made = parser("replay")
    made.add_argument("--speed", type=_speed, default=1.0, help=text("replay.help.speed"))
    made.add_argument("--limit", type=int, default=0, help=text("replay.help.limit"))
    made.add_argument("--again", action="store_true", help=text("replay.help.again"))
    made.add_argument("--centre", default="", help=text("replay.help.centre"))
    made.add_argument("--user", default="", help=text("replay.help.user"))
    made.add_argument("--password-file", type=Path, help=text("replay.help.password_file"))
    return made


def _speed(words: str) -> float:
    found = float(words)
    if not found > 0:
        raise argparse.ArgumentTypeError(words)
    return found
