"""python -m console.central simulate: keeps a demo city alive over HTTP, as its departments would.

It goes in by the doors of intake with a source's account of its own, which is made on the data
folder of the centre; what it hands in is judged there like everybody else's.
"""

import argparse
import logging
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from console.base.clock import Clock, SystemClock
from console.base.errors import BadData, Refused, Unreachable
from console.base.text import text
from console.central.build import CITY, Built, build, home
from console.central.centre import Centre
from console.central.centre_line import CentreLine
from console.central.drill_stage import DOORS
from console.central.life.courier import Courier
from console.central.life.life import Life
from console.central.life.script import read_script
from console.domain.access import Access
from console.domain.judge import sealed

TICK_S = 1.0
_log = logging.getLogger(__name__)


def account(built: Built) -> tuple[str, str]:
    """Make the account by which the city's life goes in, with a new password."""
    password = secrets.token_urlsafe(18)
    built.people.put(Access(user=DOORS, name=DOORS, roles=("source",), scopes=("",)), password)
    return DOORS, password


def sealing(centre: Centre) -> Callable[[str], bool]:
    """Give what tells whether a scene is sealed at a centre now."""
    return lambda scene: sealed(scene, centre.judge.dormant, centre.get)


def live(
    centre: Centre, line: CentreLine, clock: Clock, stopping: threading.Event, *, seed: int,
    speed: float = 1.0,
) -> Courier:  # fmt: skip
    """Keep the city alive until told to stop; while the centre is away it waits for it.

    ``centre`` is only read: the city it is in, and which scenes are sealed.
    """
    script = read_script()
    sender = Courier(line, centre.place, script.sheet)
    life = Life(
        centre.place, script, sender, sealing(centre), seed=seed, began=clock.now(), speed=speed,
    )  # fmt: skip
    signed = False
    while not stopping.wait(TICK_S):
        try:
            if not signed:
                line.sign_in()
                signed = True
            life.beat(clock.now())
        except (Unreachable, Refused) as error:
            _log.info("the city could not be heard: %s", error)
    return sender


def main(words: Sequence[str]) -> int:
    """Run until a signal comes; 0, or 2 when there is no such centre or city."""
    args = _parser().parse_args(words)
    clock = SystemClock()
    try:
        built = build(args.database or args.data, clock, city=args.city)
        line = CentreLine(args.url, *account(built))
        line.sign_in()
    except (BadData, Refused, Unreachable) as error:
        sys.stderr.write(text("central.no_life", url=args.url, why=str(error)) + "\n")
        return 2
    stopping = threading.Event()

    def heard(_number: int, _frame: object) -> None:
        stopping.set()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, heard)
    sys.stdout.write(text("central.living", url=args.url, seed=args.seed) + "\n")
    sys.stdout.flush()
    sent = live(built.centre, line, clock, stopping, seed=args.seed, speed=args.speed)
    built.close()
    said = text("central.lived", handed=sent.handed, refused=sum(sent.refused.values()))
    sys.stdout.write(said + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m console.central simulate")
    parser.add_argument("--seed", type=int, default=1, help=text("central.help.seed"))
    parser.add_argument("--speed", type=float, default=1.0, help=text("central.help.speed"))
    parser.add_argument("--url", default="http://127.0.0.1:8642", help=text("central.help.url"))
    parser.add_argument("--data", type=Path, default=home(), help=text("central.help.data"))
    parser.add_argument("--database", default="", help=text("central.help.database"))
    parser.add_argument("--city", default=CITY)
    return parser
