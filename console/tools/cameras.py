"""python -m console cameras: bring a catalogue in, and say what each stream really delivers."""

import argparse
import json
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from console.app import Core, build_aside
from console.base.clock import SystemClock
from console.base.errors import Refused, SignedOut, Unreachable
from console.base.settings import Settings
from console.base.text import text
from console.base.work import Inline
from console.domain.health import CODES
from console.domain.query import parse_query
from console.domain.record import Camera
from console.tools import discover
from console.video.camera_table import read_table
from console.video.entry import Catalogue, Entry, scope_of
from console.video.eyes import Eye, eye_of
from console.video.gb28181.catalogue import read_catalogue, together
from console.video.passwords import Passwords, without_password
from console.video.pool import decoding_for
from console.video.stream import Vitals, Wish
from console.video.truth import GOOD, standing

DONE, WRONG = 0, 1
AT_ONCE = 36
SECONDS = 6.0
FACTS = ("name", "type", "owner", "lon", "lat", "height", "bearing", "fov", "ptz", "main", "sub")
SIZE = (640, 360)


def main(words: Sequence[str], settings: Settings) -> int:
    """Run one subcommand; give the exit status. 1: something was set aside, or is not well."""
    args = _parser().parse_args(words)
    if args.run is discover.run:
        return discover.run(args)
    core = build_aside(settings, Inline())
    try:
        _sit(core, settings, args.password_file)
        return int(args.run(core, args))
    finally:
        core.close()


def run_import(core: Core, args: argparse.Namespace) -> int:
    """Enter what is new, amend what is other, leave the rest; say what was set aside and why."""
    catalogue = together(_read(file) for file in args.files)
    counts = {"new": 0, "amended": 0, "same": 0, "aside": 0}
    passwords = Passwords()
    for bad in catalogue.bad:
        counts["aside"] += 1
        _note(text("cameras.aside", where=bad.where, what=bad.what, why=text(bad.why)))
    for entry in catalogue.entries:
        try:
            counts[_entered(core, entry, passwords)] += 1
        except Refused as refused:
            counts["aside"] += 1
            why = text(refused.key, **refused.args_by_name)
            _note(text("cameras.aside", where=entry.code, what=entry.name, why=why))
    _sync(core)
    _say(text("cameras.imported", **counts))
    if catalogue.told > len(catalogue.entries) + len(catalogue.bad):
        _note(text("cameras.missing", told=catalogue.told,
                   found=len(catalogue.entries) + len(catalogue.bad)))  # fmt: skip
    return WRONG if counts["aside"] else DONE


def run_check(core: Core, args: argparse.Namespace) -> int:
    """Play every stream for a while and say what it delivers."""
    core.watching.renew()
    eyes = _wanted(core, args.where)
    well = True
    seen: dict[str, str] = {}
    for begin in range(0, len(eyes), AT_ONCE):
        for eye, vitals, stands in _played(core, eyes[begin : begin + AT_ONCE], args.seconds):
            well = well and stands in GOOD
            if stands in CODES:
                seen[eye.id] = str(stands)
            _say(_line(eye, vitals, stands, as_json=args.json))
    with suppress(Unreachable, SignedOut):
        core.eyesight.say(seen)
    if not args.json:
        _say(text("cameras.checked", count=len(eyes)))
    return DONE if well else WRONG


def _wanted(core: Core, where: Sequence[str]) -> list[Eye]:
    """Give the cameras in service that meet every condition, and hold every word in their names."""
    conditions = [word for word in where if ":" in word]
    words = [word for word in where if ":" not in word]
    rows = core.find(parse_query("camera", " ".join(["state:in_service", *conditions])))
    eyes = [eye_of(row) for row in rows]
    return [eye for eye in eyes if all(word in eye.name for word in words)]


def _played(core: Core, eyes: Sequence[Eye], seconds: float) -> Iterator[tuple[Eye, Vitals, str]]:
    clock, passwords = SystemClock(), Passwords()
    decoding = decoding_for(len(eyes), clock)
    try:
        slots: dict[int, Eye] = {}
        for eye in eyes:
            address = eye.sub or eye.main
            if not address:
                yield eye, Vitals(), text("wall.no_address")
                continue
            user, password = core.watching.door(address)
            if not user:
                user, password = passwords.door(address)
            wish = Wish(address=address, width=SIZE[0], height=SIZE[1], user=user,
                        password=password)  # fmt: skip
            slots[decoding.begin(wish)] = eye
        waits = threading.Event()
        for _ in range(max(1, round(seconds))):
            waits.wait(1.0)
            decoding.tend()
        for slot, eye in slots.items():
            vitals = decoding.vitals(slot)
            yield eye, vitals, standing(vitals, clock.monotonic())
    finally:
        decoding.close()


def _line(eye: Eye, vitals: Vitals, stands: str, *, as_json: bool) -> str:
    facts: dict[str, Any] = {
        "id": eye.id, "code": eye.code, "name": eye.name, "standing": str(stands),
        "address": without_password(eye.sub or eye.main), "codec": vitals.codec,
        "width": vitals.native_width, "height": vitals.native_height,
        "frames_a_second": round(vitals.rate, 1), "kbits": vitals.kbits,
        "latency_ms": vitals.latency_ms, "frames": vitals.seq, "reconnects": vitals.reconnects,
        "hardware": vitals.hardware, "trouble": vitals.trouble.name.lower(),
    }  # fmt: skip
    if as_json:
        return json.dumps(facts, ensure_ascii=False)
    said = text(f"wall.standing.{stands}") if stands.isascii() else stands
    size = f"{vitals.native_width}x{vitals.native_height}" if vitals.frame else "—"
    figures = f"{size}\t{vitals.rate:.1f}/s\t{vitals.kbits} kbit/s"
    return f"{said}\t{eye.name}\t{vitals.codec or '—'}\t{figures}"


def _read(file: Path) -> Catalogue:
    data = file.read_bytes()
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        return read_catalogue(data, file.name)
    return read_table(data, file.name)


def _entered(core: Core, entry: Entry, passwords: Passwords) -> str:
    """Enter one camera; say what became of it: new, amended or same."""
    facts: dict[str, Any] = {name: getattr(entry, name) for name in FACTS}
    for stream in ("main", "sub"):
        facts[stream] = passwords.keep(facts[stream]) if facts[stream] else ""
    held = core.get("camera", f"cam-{entry.code}")
    if not isinstance(held, Camera):
        scope = _scope(core, entry)
        said = {n: v for n, v in facts.items() if v} | {"code": entry.code, "scope": scope}
        core.run("camera.enrol " + " ".join(_argument(n, v) for n, v in said.items())).result()
        return "new"
    changes = {
        name: {"from": getattr(held, name), "to": value}
        for name, value in facts.items()
        if value and value != getattr(held, name)
    }
    if not changes:
        return "same"
    words = json.dumps(changes, ensure_ascii=False)
    core.run(f"camera.amend {held.id} --changes='{words}'").result()
    return "amended"


def _scope(core: Core, entry: Entry) -> str:
    """Give the jurisdiction of a camera; Refused when the city has no such place."""
    found = scope_of(core.city, entry.place)
    if not found:
        raise Refused("refused.camera_place", place=entry.place)
    return found


def _argument(name: str, value: object) -> str:
    said = "yes" if value is True else str(value).replace('"', "").replace("'", "")
    return f'--{name}="{said}"'


def _sit(core: Core, settings: Settings, password_file: Path | None) -> None:
    if core.resume() and core.person.user == (settings.user or core.person.user):
        _sync(core)
        return
    if not settings.user or password_file is None:
        raise Refused("refused.nobody")
    core.sign_in(settings.user, password_file.read_text("utf-8").rstrip("\r\n")).result()
    _sync(core)


def _sync(core: Core) -> None:
    try:
        core.sync_once()
    except (Unreachable, SignedOut):
        _note(text("cameras.offline"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("console cameras", description=text("cameras.what"))
    parser.add_argument("--password-file", type=Path, help=text("cli.password_file"))
    parts = parser.add_subparsers(required=True, metavar="import | check | discover")
    brought = parts.add_parser("import", help=text("cameras.help_import"))
    brought.add_argument("files", type=Path, nargs="+", metavar="FILE")
    brought.set_defaults(run=run_import)
    checked = parts.add_parser("check", help=text("cameras.help_check"))
    checked.add_argument("where", nargs="*", help=text("cameras.help_where"))
    checked.add_argument(
        "--seconds", type=float, default=SECONDS, help=text("cameras.help_seconds")
    )
    checked.add_argument("--json", action="store_true", help=text("cameras.help_json"))
    checked.set_defaults(run=run_check)
    sought = parts.add_parser("discover", help=text("cameras.help_discover"))
    sought.add_argument(
        "--seconds", type=float, default=discover.SECONDS, help=text("cameras.help_listen")
    )
    sought.add_argument("--to", default="", metavar="HOST:PORT", help=text("cameras.help_to"))
    sought.add_argument("--onvif-user", default="", help=text("cameras.help_onvif_user"))
    sought.add_argument(
        "--onvif-password-file", type=Path, help=text("cameras.help_onvif_password")
    )
    sought.set_defaults(run=discover.run)
    return parser


def _note(words: str) -> None:
    sys.stderr.write(words + "\n")


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
