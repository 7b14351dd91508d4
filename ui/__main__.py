"""The workstation: `python -m ui`. With --shot it draws itself to a picture instead."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from console import __version__
from console.base.errors import BadData, Refused
from console.base.settings import SITE_FILE, Settings, read_settings
from console.base.text import LANGUAGES, speak, text
from console.video import worker
from ui import app, self_test
from ui.shot import Shot, draw, scale_of, size_of
from ui.windows.station import Options
from ui.windows.stations import STATIONS, USUAL

BAD = 2


def parser() -> argparse.ArgumentParser:
    """Say which arguments there are."""
    made = argparse.ArgumentParser("chengyun", description=text("main.what"))
    add = made.add_argument
    add("--version", action="version", version=__version__)
    add("--window", choices=tuple(STATIONS), default=USUAL, help=text("main.window"))
    for name in ("centre", "user", "data", "seat"):
        add(f"--{name}", help=text(f"setting.{name}"))
    add("--password-file", type=Path, help=text("main.password_file"))
    add("--site", type=Path, default=SITE_FILE, help=text("main.site"))
    add("--theme", choices=("night", "day"), help=text("setting.theme"))
    add("--lang", choices=LANGUAGES, help=text("setting.language"))
    add("--shot", type=Path, help=text("main.shot"))
    add("--size", type=size_of, default=(1920, 1080), help=text("main.size"))
    add("--scale", type=float, default=0.0, help=text("main.scale"))
    add("--after", type=float, default=3.0, help=text("main.after"))
    add("--do", action="append", default=[], metavar="LINE", help=text("main.do"))
    add("--queue", default="", help=text("main.queue"))
    add("--select", default="", help=text("main.select"))
    add("--layout", default="", help=text("main.layout"))
    add("--page", default="", help=text("main.page"))
    add("--kiosk", action="store_true", help=text("main.kiosk"))
    add("--profile", type=Path, help=text("main.profile"))
    add("--self-test", action="store_true", help=text("main.self_test"))
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Start as the arguments say; give the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == [worker.FLAG]:
        return worker.main(words[1:])
    asked = parser().parse_args(words)
    try:
        if asked.self_test:
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
            return self_test.run()
        settings, chosen = _settings(asked)
        speak(settings.language)
        options = Options(asked.page, asked.kiosk, asked.profile, asked.layout)
        password = _password(asked.password_file)
        start = app.Start(settings, password, asked.window, options, chosen)
        if asked.shot is None:
            return app.run(start)
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ.setdefault("QT_SCALE_FACTOR", str(asked.scale or scale_of(asked.size)))
        shot = Shot(asked.shot, asked.size, asked.after, tuple(asked.do), asked.queue, asked.select)
        return app.run(start, lambda seat: draw(seat, shot))
    except Refused as refused:
        sys.stderr.write(text(refused.key, **refused.args_by_name) + "\n")
    except (BadData, OSError) as error:
        sys.stderr.write(f"{error}\n")
    return BAD


def _settings(asked: argparse.Namespace) -> tuple[Settings, frozenset[str]]:
    said = {
        "centre": asked.centre, "user": asked.user, "data": asked.data, "seat": asked.seat,
        "theme": asked.theme, "language": asked.lang,
    }  # fmt: skip
    chosen = frozenset(name for name, value in said.items() if value is not None)
    return read_settings(said, os.environ, site=asked.site), chosen


def _password(file: Path | None) -> str:
    return file.read_text("utf-8").strip() if file is not None else ""


if __name__ == "__main__":
    sys.exit(main())
