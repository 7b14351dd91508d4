"""Shows on the command line what the doors have set aside: python -m console.central aside."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from console.base.clock import SystemClock
from console.base.text import text
from console.central.build import CITY, build, home
from console.central.intake.aside import Aside
from console.central.intake.bounds import bounds
from console.central.intake.frame import stamp

Say = Callable[[str], object]


def main(words: Sequence[str], say: Say = sys.stdout.write) -> int:
    """List what is set aside, or show one message as it came; 1 when there is no such."""
    args = _parser().parse_args(words)
    built = build(args.database or args.data, SystemClock(), city=args.city)
    try:
        aside = Aside(built.centre, built.limits, bounds())
        return _show(aside, args.id, say) if args.id else _list(aside, say)
    finally:
        built.close()


def _list(aside: Aside, say: Say) -> int:
    held = aside.all()
    for each in held:
        who = each.by or text("aside.nobody")
        line = f":{each.line}" if each.line else ""
        say(f"{each.id}  {stamp(each.at)}  {each.door}  {each.source}  ×{each.times}  {who}\n")
        say(f"    {each.number} {each.field}{line} {each.why} [{each.rule}]\n")
    say(text("aside.count", count=len(held)) + "\n")
    return 0


def _show(aside: Aside, id: str, say: Say) -> int:
    found = aside.body(id)
    if found is None:
        say(text("aside.none", id=id) + "\n")
        return 1
    # A terminal obeys what it is shown: what is no plain character is written out.
    words = found.decode("utf-8", "backslashreplace")
    said = "".join(c if c.isprintable() or c in "\n\t" else f"\\x{ord(c):02x}" for c in words)
    say(said + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m console.central aside")
    made.add_argument("what", choices=("list", "show"), help=text("aside.help.what"))
    made.add_argument("id", nargs="?", default="", help=text("aside.help.id"))
    made.add_argument("--data", type=Path, default=home(), help=text("central.help.data"))
    made.add_argument("--database", default="", help=text("central.help.database"))
    made.add_argument("--city", default=CITY)
    return made
