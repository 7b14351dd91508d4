"""python -m console.central: serve a centre, make accounts, bring in files of cases."""

import argparse
import asyncio
import importlib
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import time
from pathlib import Path
from typing import Any

from console.base import log
from console.base.clock import Clock, SystemClock
from console.base.errors import BadData, Refused
from console.base.text import text
from console.base.work import Threads
from console.central.build import CITY, Built, build, home
from console.central.centre import READING_DAYS
from console.central.intake.bounds import bounds
from console.central.intake.mqtt import Ear, password_of, read_broker
from console.central.intake.pace import Pace
from console.central.intake.sensorthings import SensorThings
from console.central.intake.taking import Intake
from console.central.onvif import read_driver
from console.central.self_test import self_test
from console.central.serve import ask_for, look_after, serve
from console.domain.access import Access

PORT = 8642
SIGN_IN = "demo-sign-in.json"
SEED = 1
"""The seed of the demo city's life."""
ELSEWHERE = {
    "import": "console.central.importing",
    "replay": "console.central.replay",
    "retrain": "console.central.retrain",
    "corrections": "console.central.corrections",
    "key": "console.central.keys",
    "aside": "console.central.intake.asides",
    "check-source": "console.central.intake.check",
    "simulate": "console.central.life.simulate",
}
"""Subcommands with a module of their own, read only when asked for."""
LONGEST_DAYS = 3_650


def main(words: Sequence[str]) -> int:
    """Run one subcommand; give the exit status."""
    try:
        return _run(words)
    except (BadData, Refused) as error:
        said = text(error.key, **error.args_by_name) if isinstance(error, Refused) else str(error)
        sys.stderr.write(f"{said}\n")
        return 2


def _run(words: Sequence[str]) -> int:
    if words and words[0] in ELSEWHERE:
        part: Any = importlib.import_module(ELSEWHERE[words[0]])
        return int(part.main(list(words[1:])))
    if list(words) == ["--self-test"]:
        return self_test(sys.stdout.write)
    args = _parser().parse_args(words)
    return int(args.run(args))


def run_serve(args: argparse.Namespace) -> int:
    """Serve until a signal comes."""
    ask_for(args.host, args.port)
    folder: Path = args.data
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    log.start(folder)
    clock = SystemClock()
    built = build(
        args.database or folder, clock, demo=args.demo, city=args.city,
        reading_days=args.reading_days,
    )  # fmt: skip
    work = Threads()
    try:
        users = _demo(built, clock) if args.demo else []
        asyncio.run(_serve(args, built, work, clock, users))
    finally:
        work.close()
        built.close()
    return 0


def run_person(args: argparse.Namespace) -> int:
    """Make an account; its password is read from a file, or from standard input."""
    password = args.password_file.read_text("utf-8") if args.password_file else sys.stdin.readline()
    built = build(args.database or args.data, SystemClock(), city=args.city)
    access = Access(
        user=args.user, name=args.name or args.user, roles=tuple(args.role),
        scopes=tuple(args.scope), depts=tuple(args.dept),
    )  # fmt: skip
    try:
        built.people.put(access, password.strip())
    finally:
        built.close()
    return 0


async def _serve(
    args: argparse.Namespace, built: Built, work: Threads, clock: Clock, users: list[Any]
) -> None:
    url = f"http://{args.host}:{args.port}"
    stopping = asyncio.Event()
    _on_signals(stopping)

    built.steering.beside = work.call
    if args.onvif:
        found = read_driver(args.onvif, args.onvif_passwords, clock)
        built.steering.drivers.append(found)

    def ready() -> None:
        look_after(built.centre, work)
        work.follow("steering", built.steering.watch)
        work.follow("camera health", built.health.watch)
        if args.demo:
            _keep(args.data / SIGN_IN, {"url": url, "users": users})
            work.follow("drill", lambda ending: _live(built, clock, ending))
            work.follow("life", lambda ending: _living(built, url, clock, ending))
            work.follow("cameras", lambda ending: _show(args, built, clock, ending))
        if args.demo or args.gb28181:
            _follow_field(args, built, work)
        if args.mqtt:
            work.follow("broker", _ear(args, built).listen)
        if args.brief_at:
            work.follow("briefs", _press(args, built))
        sys.stdout.write(text("central.serving", url=url) + "\n")
        sys.stdout.flush()

    await serve(built, args.host, args.port, stopping, ready)
    await asyncio.wrap_future(work.call(built.steering.rest))


def _ear(args: argparse.Namespace, built: Built) -> Ear:
    broker = read_broker(args.mqtt, password_of(args.mqtt_password_file), args.mqtt_ca)
    intake = Intake(built.centre, built.limits)
    pace = Pace(built.centre.clock, bounds().pace)
    return Ear(broker, intake, SensorThings(built.centre, intake), built.people, pace)


def _press(args: argparse.Namespace, built: Built) -> Callable[[threading.Event], None]:
    """Give what writes the daily briefs; the libraries for paper are read only then."""
    press: Any = importlib.import_module("console.central.press")
    folder: Path = args.briefs or args.data / "briefs"
    return press.keep_hours(built.centre, press.Hours(args.brief_at, folder))


def _demo(built: Built, clock: Clock) -> list[dict[str, Any]]:
    """Make the demo city, and passwords for its people."""
    drill: Any = importlib.import_module("console.central.drill")
    drill.populate(built.centre, clock)
    return [
        {"user": g.user, "password": g.password, "name": g.access.name, "roles": g.access.roles}
        for g in drill.give_passwords(built.people, built.centre)
    ]


def _live(built: Built, clock: Clock, stopping: threading.Event) -> None:
    drill: Any = importlib.import_module("console.central.drill")
    drill.live(built.centre, clock, stopping)


def _show(args: argparse.Namespace, built: Built, clock: Clock, stopping: threading.Event) -> None:
    """Let the demo city's cameras be watched; the catalogue learns at which port."""
    cameras: Any = importlib.import_module("console.central.drill_cameras")
    served: Any = importlib.import_module("console.central.cameras.serve")
    eyes = cameras.eyes_of(cameras.town_of(built.centre))

    def ready(port: int, shown: Any) -> None:
        built.steering.drivers.append(cameras.DemoDriver(eyes, shown))
        built.gate.hosts.append(f"{args.host}:{port}")
        cameras.give_addresses(built.centre, eyes, f"rtsp://{args.host}:{port}")

    served.serve_cameras(
        {eye.number: eye.view for eye in eyes}, (args.host, args.video_port or args.port + 1),
        stopping, ready, wall=lambda: clock.now() / 1000, zone=built.centre.place.city.zone,
        door=built.gate.door({str(eye.number): eye.id for eye in eyes}.__getitem__),
    )  # fmt: skip


def _follow_field(args: argparse.Namespace, built: Built, work: Threads) -> None:
    """Let others register by GB/T 28181; the demo's lower platform is one of them."""
    field: Any = importlib.import_module("console.central.fielding")
    setup, passwords = (
        field.setup_of(args.gb28181, args.gb28181_passwords) if args.gb28181
        else field.demo_setup(built, args.host, args.port + 2)
    )  # fmt: skip
    serving = field.serving_of(built, setup, passwords)
    built.steering.drivers.append(serving)

    def ready() -> None:
        built.gate.hosts.append(serving.host)
        if args.demo and not args.gb28181:
            work.follow("lower platform", field.demo_lower(built, serving, passwords))

    work.follow("gb28181", lambda ending: serving.run(ending, ready))


def _living(built: Built, url: str, clock: Clock, stopping: threading.Event) -> None:
    """Let the city measure, call and warn, by the doors that departments use."""
    simulate: Any = importlib.import_module("console.central.life.simulate")
    line: Any = importlib.import_module("console.central.centre_line")
    door = line.CentreLine(url, *simulate.account(built))
    simulate.live(built.centre, door, clock, stopping, seed=SEED)


def _keep(file: Path, facts: dict[str, Any]) -> None:
    """Write facts where only this account can read them, whole or not at all."""
    beside = file.with_suffix(".new")
    beside.unlink(missing_ok=True)
    made = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(made, "w", encoding="utf-8") as out:
        json.dump(facts, out, ensure_ascii=False, indent=1)
    beside.replace(file)


def _on_signals(stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()

    def heard(_number: int, _frame: object) -> None:
        loop.call_soon_threadsafe(stopping.set)

    for each in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(each, stopping.set)
        except NotImplementedError:  # Windows
            signal.signal(each, heard)


def _hour(said: str) -> str:
    """Read an hour of the day: 07:30."""
    return f"{time.fromisoformat(said):%H:%M}"


def _days(said: str) -> int:
    """Read for how many days to keep what was measured: 1 to 3650."""
    days = int(said)
    if not 1 <= days <= LONGEST_DAYS:
        raise ValueError(said)
    return days


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m console.central")
    parser.add_argument("--self-test", action="store_true", help=text("central.help.self_test"))
    parts = parser.add_subparsers(
        required=True,
        metavar="serve | person | key | aside | check-source | corrections | import | replay",
    )
    served = parts.add_parser("serve", help=text("central.help.serve"))
    served.add_argument("--demo", action="store_true", help=text("central.help.demo"))
    served.add_argument("--host", default="127.0.0.1")
    served.add_argument("--port", type=int, default=PORT)
    served.add_argument("--video-port", type=int, default=0, help=text("central.help.video_port"))
    served.add_argument("--gb28181", type=Path, help=text("central.help.gb28181"))
    served.add_argument(
        "--gb28181-passwords", type=Path, help=text("central.help.gb28181_passwords")
    )
    served.add_argument("--onvif", type=Path, help=text("central.help.onvif"))
    served.add_argument("--onvif-passwords", type=Path, help=text("central.help.onvif_passwords"))
    served.add_argument("--mqtt", default="", help=text("central.help.mqtt"))
    served.add_argument("--mqtt-password-file", type=Path, help=text("central.help.mqtt_password"))
    served.add_argument("--mqtt-ca", default="", help=text("central.help.mqtt_ca"))
    served.add_argument(
        "--reading-days", type=_days, default=READING_DAYS, help=text("central.help.reading_days")
    )
    served.add_argument("--brief-at", type=_hour, help=text("central.help.brief_at"))
    served.add_argument("--briefs", type=Path, help=text("central.help.briefs"))
    served.set_defaults(run=run_serve)
    person = parts.add_parser("person", help=text("central.help.person"))
    person.add_argument("user")
    person.add_argument("--name", default="")
    for name in ("--role", "--scope", "--dept"):
        person.add_argument(name, action="append", default=[])
    person.add_argument("--password-file", type=Path)
    person.set_defaults(run=run_person)
    for part in (served, person):
        part.add_argument("--data", type=Path, default=home(), help=text("central.help.data"))
        part.add_argument("--database", default="", help=text("central.help.database"))
        part.add_argument("--city", default=CITY)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
