"""python -m console brief: the daily brief of a day, or the report of an incident, as a file."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from console.app import Core, build_aside
from console.base.settings import Settings
from console.base.text import text
from console.base.work import Inline
from console.press import write_daily, write_special
from console.tools.sit import sit

DONE, BAD_LINE = 0, 2


def main(words: Sequence[str], settings: Settings) -> int:
    """Write one brief; give the exit status. Refused when nobody has signed in here."""
    asked = _parser().parse_args(list(words))
    core = build_aside(settings, Inline())
    try:
        sit(core, settings, asked.password_file)
        if asked.incident:
            file = write_special(core, _found(core, asked.incident), asked.out)
        else:
            file = write_daily(core, asked.date.isoformat() if asked.date else "", asked.out)
    finally:
        core.close()
    sys.stdout.write(f"{file}\n")
    return DONE


def _found(core: Core, said: str) -> str:
    """Find the incident that a word means: its id, or the last figures of its number."""
    if core.get("incident", said) is not None:
        return said
    return core.plan(f"incident.note {said} -").changes[0].key[1]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("console brief", description=text("brief.help"))
    parser.add_argument("--date", type=date.fromisoformat, help=text("brief.help_date"))
    parser.add_argument("--incident", default="", help=text("brief.help_incident"))
    parser.add_argument("--out", type=Path, help=text("brief.help_out"))
    parser.add_argument("--password-file", type=Path, help=text("cli.password_file"))
    return parser
