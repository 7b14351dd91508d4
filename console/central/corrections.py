"""python -m console.central corrections: the place corrections of all seats, for their owners."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from console.base.clock import SystemClock
from console.base.tablefile import write_table
from console.base.text import text
from console.central.build import CITY, build, home
from console.central.centre import Centre
from console.domain.access import system
from console.domain.corrected import corrected, headings
from console.domain.record import Correction, Incident
from console.wire import record_of


def main(argv: Sequence[str], say: Callable[[str], object] = sys.stdout.write) -> int:
    """Write the file, say how many there are; BadData when it is to be neither .csv nor .json."""
    args = _parser().parse_args(argv)
    built = build(args.database or args.data, SystemClock(), city=args.city)
    try:
        rows = told(built.centre, {p.user: p.name for p in built.people.all()}, args.state)
        write_table(args.out, headings(), rows)
    finally:
        built.close()
    say(text("corrected.written", count=len(rows), file=args.out) + "\n")
    return 0


def told(
    centre: Centre, people: dict[str, str], state: str = ""
) -> list[dict[str, str | float]]:  # fmt: skip
    """Tell every correction of every seat, the oldest first; ``state``: those in it alone."""
    kept = [c for c in _held(centre) if state in ("", c.state)]
    cases = centre.found(Incident.kind, [c.incident for c in kept if c.incident])
    city = centre.place.city
    named = {
        "district": {code: d.name for code, d in city.districts.items()},
        "street": {code: s.name for code, s in city.streets.items()},
        "person": people,
    }

    def name(kind: str, code: str) -> str:
        return named[kind].get(code, "")

    return corrected(kept, cases.get, name, ZoneInfo(city.zone))


def _held(centre: Centre) -> list[Correction]:
    puts = centre.snapshot(system())[1]
    found = (record_of(p.kind, p.body) for p in puts if p.kind == Correction.kind)
    return [each for each in found if isinstance(each, Correction)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m console.central corrections", description=text("corrected.help.about")
    )
    parser.add_argument("--out", type=Path, required=True, help=text("corrected.help.out"))
    parser.add_argument("--state", default="", choices=("recorded", "adopted", "dismissed"),
                        help=text("corrected.help.state"))  # fmt: skip
    parser.add_argument("--data", type=Path, default=home(), help=text("central.help.data"))
    parser.add_argument("--database", default="", help=text("central.help.database"))
    parser.add_argument("--city", default=CITY)
    return parser
