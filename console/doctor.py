"""Checks this installation, in words: what is right, what may hurt, what must be put right."""

import importlib.metadata
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from console.app import Core
from console.base import resources
from console.base.clock import FAR_MS, SystemClock
from console.base.errors import BadData, Refused, SignedOut, Unreachable
from console.base.settings import Settings
from console.base.text import text
from console.domain.calendar import read_calendar
from console.domain.city import read_city
from console.store import files
from console.video.hardware import Hardware
from console.video.libyuv import Library, libyuv

OK, WARN, FAIL = "ok", "warn", "fail"
SAFE_SQLITE = (3, 51, 3)
"""From here on SQLite is without the fault that could spoil a WAL file."""
ROOM_WARN, ROOM_FAIL = 2_000_000_000, 200_000_000
APART_MS = 2_000
FONT_BYTES = 1_000_000
QT = "PySide6-Essentials"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; its words are ``doctor.<check>.<said>``."""

    check: str
    standing: str
    said: str
    args: tuple[tuple[str, object], ...] = ()

    @property
    def words(self) -> str:
        return text(f"doctor.{self.check}.{self.said}", **dict(self.args))


def examine(settings: Settings, open_core: Callable[[], Core]) -> Iterator[Finding]:
    """Make every check, one after the other; none stops the rest."""
    yield fonts()
    yield qt(_version(QT), sys.version_info[:2])
    yield sqlite(files.sqlite_version())
    yield calendar(settings, SystemClock().now())
    yield room(settings.folder)
    yield screen(dict(os.environ), sys.platform)
    yield scaler(libyuv())
    yield hardware(Hardware() if settings.hardware else None)
    yield from _of_core(open_core)


def fonts() -> Finding:
    folder = resources.path("fonts")
    missing = [
        name for name in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
        if not (folder / name).is_file() or (folder / name).stat().st_size < FONT_BYTES
    ]  # fmt: skip
    if missing:
        return Finding("fonts", FAIL, "missing", (("names", ", ".join(missing)),))
    return Finding("fonts", OK, "good")


def qt(version: str, python: tuple[int, ...]) -> Finding:
    """Tell whether Qt for Python is one that can be trusted with this Python."""
    args = (("version", version),)
    if not version:
        return Finding("qt", FAIL, "missing")
    if python < (3, 12) and _numbers(version) >= (6, 12):
        return Finding(
            "qt", FAIL, "frees", args
        )  # it frees None and True: a crash, sooner or later
    return Finding("qt", OK if _numbers(version) >= (6, 8) else WARN, "good", args)


def sqlite(version: str) -> Finding:
    args = (("version", version), ("wanted", ".".join(map(str, SAFE_SQLITE))))
    safe = _numbers(version) >= SAFE_SQLITE
    return Finding("sqlite", OK if safe else FAIL, "good" if safe else "old", args)


def calendar(settings: Settings, now: int) -> Finding:
    try:
        file = f"cities/{settings.city}.toml"
        city = read_city(resources.table(file), file)
        covered = read_calendar(resources.table(city.calendar), city.calendar).covers(now)
    except BadData as error:
        return Finding("calendar", FAIL, "wrong", (("why", str(error)),))
    args = (("city", city.name), ("file", city.calendar))
    return Finding("calendar", OK if covered else WARN, "good" if covered else "uncovered", args)


def room(folder: Path) -> Finding:
    place = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    free = shutil.disk_usage(place).free
    args = (("folder", folder), ("free", f"{free / 1e9:.1f}"))
    if free < ROOM_WARN:
        return Finding("room", FAIL if free < ROOM_FAIL else WARN, "short", args)
    return Finding("room", OK, "good", args)


def screen(environment: dict[str, str], platform: str) -> Finding:
    seen = not platform.startswith("linux") or any(
        environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    return Finding("screen", OK if seen else WARN, "good" if seen else "none")


def scaler(library: Library | None) -> Finding:
    """Tell what makes the wall's pictures small: swscale does it too, at a higher cost."""
    if library is None:
        return Finding("scaler", WARN, "swscale")
    return Finding("scaler", OK, "libyuv", (("file", library.name),))


def hardware(found: Hardware | None) -> Finding:
    """Tell what decodes large pictures; None: graphics hardware is not to."""
    if found is None:
        return Finding("hardware", OK, "off")
    found.look()
    return Finding("hardware", OK, "found" if found.kind else "none", (("kind", found.kind),))


def _of_core(open_core: Callable[[], Core]) -> Iterator[Finding]:
    try:
        core = open_core()
    except (Refused, BadData, OSError) as error:
        yield Finding("store", FAIL, "shut", (("why", str(error)),))
        return
    try:
        waiting = len(core.outbox())
        yield Finding("store", OK, "good", (("waiting", waiting),))
        yield _key(core)
        yield from _line(core)
    finally:
        core.close()


def _key(core: Core) -> Finding:
    in_file = core.key_notice()
    return Finding("key", WARN if in_file else OK, "file" if in_file else "ring")


def _line(core: Core) -> Iterator[Finding]:
    url = (("url", core.settings.centre),)
    try:
        core.knock()
    except Unreachable as error:
        yield Finding("line", WARN, "down", (*url, ("why", text(error.why) if error.why else "")))
        return
    except (Refused, SignedOut) as error:
        yield Finding("line", FAIL, "refused", (*url, ("why", str(error))))
        return
    yield Finding("line", OK, "good", url)
    apart = abs(core.clock.wall() - core.clock.now())
    standing = OK if apart < APART_MS else WARN if apart < FAR_MS else FAIL
    yield Finding("clock", standing, "good" if standing == OK else "apart",
                  (("seconds", f"{apart / 1000:.1f}"),))  # fmt: skip


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
