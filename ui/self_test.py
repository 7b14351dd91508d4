"""Checks that this copy of the program is whole: builds a seat in an empty folder and draws it."""

import sys
import tempfile
from dataclasses import replace

import PySide6.QtCore

from console import __version__
from console.base.settings import Settings
from ui import app
from ui.app import Seat

NOWHERE = "http://127.0.0.1:9"


def run() -> int:
    """Open the window at no centre, draw it once, and leave; 0: everything was there."""
    with tempfile.TemporaryDirectory(prefix="chengyun-self-test-") as folder:
        settings = replace(Settings(), data=folder, centre=NOWHERE, lock_minutes=0, sound=False)
        return app.run(app.Start(settings), _draw)


async def _draw(seat: Seat) -> int:
    await seat.open()
    seat.station.hands.open_queue("pending")
    drawn = not seat.frame.grab().isNull() and not seat.station.grab().isNull()
    qt = PySide6.QtCore.qVersion()
    sys.stdout.write(
        f"chengyun {__version__}, Qt {qt}, {len(seat.core.commands.commands)} commands\n"
    )
    return 0 if drawn else 1
