"""Sits down at a seat for one program of the command line, and catches up where that can be."""

import sys
from pathlib import Path

from console.app import Core
from console.base.errors import Refused, SignedOut, Unreachable
from console.base.settings import Settings
from console.base.text import text


def sit(core: Core, settings: Settings, password_file: Path | None) -> None:
    """Let somebody sit here and catch up; without the centre it is said that it was away.

    Refused when nobody has signed in here.
    """
    if settings.user and password_file:
        password = password_file.read_text("utf-8").rstrip("\r\n")
        core.sign_in(settings.user, password).result()
    elif not core.resume():
        raise Refused("refused.nobody")
    try:
        core.sync_once()
    except (Unreachable, SignedOut):
        sys.stderr.write(text("cli.as_held") + "\n")
