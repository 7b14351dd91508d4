"""Checks that this copy of the program is whole: keeps, judges and draws in an empty folder."""

import sys
import tempfile
from dataclasses import replace

import PySide6.QtCore

from console import __version__
from console.base.ids import new_id
from console.base.settings import Settings
from console.domain.access import Access
from console.domain.record import Act, Record, Step, Task
from ui import app
from ui.app import Seat

NOWHERE = "http://127.0.0.1:9"
WORD = b"self-test"


class _Nothing:
    """What a seat holds that has heard of no record yet."""

    def get(self, kind: str, id: str) -> Record | None:
        del kind, id

    def open_tasks_of(self, unit: str) -> list[Task]:
        del unit
        return []

    def number(self, scope: str, at: int) -> str:
        del scope, at
        return ""


def run() -> int:
    """Open the window at no centre, judge an act, draw it once; 0: everything was there."""
    with tempfile.TemporaryDirectory(prefix="chengyun-self-test-") as folder:
        settings = replace(Settings(), data=folder, centre=NOWHERE, lock_minutes=0, sound=False)
        return app.run(app.Start(settings), _tried)


async def _tried(seat: Seat) -> int:
    await seat.open()
    found = {"kept": _kept(seat), "judged": _judged(seat), "drawn": _drawn(seat)}
    qt = PySide6.QtCore.qVersion()
    said = ", ".join(name if well else f"NOT {name}" for name, well in found.items())
    sys.stdout.write(f"chengyun {__version__}, Qt {qt}: {said}\n")
    return 0 if all(found.values()) else 1


def _kept(seat: Seat) -> bool:
    """Write to the encrypted file of this seat and read it back."""
    seat.core.keep("self-test", WORD).result()
    return seat.core.kept("self-test") == WORD


def _judged(seat: Seat) -> bool:
    args = {"title": "self-test", "scope": seat.core.city.code, "limit": "30m"}
    step = Step(kind="incident", record=new_id(), verb="create", args=args)
    someone = Access(user="self-test", roles=("intake",), scopes=("",))
    now = seat.core.clock.now()
    act = Act(id=new_id(), steps=(step,), by=someone.user, at=now)
    return len(seat.core.judge.act(act, someone, _Nothing(), now)) == 1


def _drawn(seat: Seat) -> bool:
    seat.station.run("queue.open pending")
    return not seat.frame.grab().isNull() and not seat.station.grab().isNull()
