"""Draws every page of the large display, calm, in alarm, and with half of its sources lost.

    .venv/bin/python .ci/page_pictures.py            # those that are kept: .ci/pictures/pages
    … --out DIR --size 3840x1080 --state lost --theme day --lang en --page water

The records are those of a demo city that a centre of its own makes; what is measured is made here,
by a seed, so that each state can be drawn at will. The pictures have few colours: they stay small.
"""

# ruff: noqa: SLF001 - it puts a window into states that no hand brings about
import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from ready import PYTHON, ROOT

sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from console.app import Core, build
from console.base.settings import Settings
from console.base.text import LANGUAGES, speak
from console.base.work import Threads
from console.domain.alarm import Standing
from console.domain.indicator import Indicator
from console.domain.reading import Reading
from console.domain.record import Forewarning, Record
from console.domain.sensed import Sensed
from console.domain.words import Words
from console.wire import Page, put_of
from demo import answers, free_port
from ui.app import CoreNames
from ui.kit import fonts, icons, theme
from ui.kit.icons import Icons
from ui.kit.notices import Notices
from ui.kit.outfit import Outfit
from ui.kit.sound import Sounds
from ui.kit.theme import Look
from ui.models import columns
from ui.models.news import News
from ui.windows.cockpit import Cockpit
from ui.windows.station import Given, Options

OUT = ROOT / ".ci" / "pictures" / "pages"
SIZES = ("1920x1080", "3840x2160", "3840x1080")
STATES = ("calm", "alarm", "lost")
COLOURS, MOST, PARTS = 96, 170_000, (1.0, 0.8, 0.66, 0.5)
MINUTE, HOUR = 60_000, 3_600_000
KEPT = "alarm"
POINTS = 144
OUT_OF_BAND = 7  # in alarm every so manyth indicator is beyond its bands
PATIENCE = 180.0
WARNINGS = (("II", "暴雨橙色预警：未来三小时雨量将达五十毫米"), ("III", "地质灾害气象风险黄色预警"))


def main() -> int:
    asked = _asked()
    with _centre(asked.centre) as place, tempfile.TemporaryDirectory() as folder:
        core = _seat(place, Path(asked.seat or folder))
        try:
            return _draw_all(core, asked)
        finally:
            core.close()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--out", type=Path, default=OUT)
    add("--size", action="append", default=[], help="such as 3840x1080; again for more")
    add("--state", action="append", default=[], choices=STATES)
    add("--theme", choices=("night", "day"), default="night")
    add("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    add("--page", action="append", default=[])
    add("--centre", type=Path, help="the data folder of a demo centre that is at work")
    add("--seat", help="a folder in which the seat's copy is kept for the next time")
    asked = parser.parse_args()
    asked.size = asked.size or [SIZES[0]]
    asked.state = asked.state or [KEPT]
    return asked


@contextmanager
def _centre(given: Path | None) -> Iterator[Path]:
    """Give the folder of a demo centre at work: the one named, or one of our own."""
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        data, port = Path(folder), free_port()
        line = [
            str(PYTHON),
            "-m",
            "console.central",
            "serve",
            "--demo",
            "--data",
            folder,
            "--port",
            str(port),
        ]
        child = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            until = time.monotonic() + PATIENCE
            while not (
                (data / "demo-sign-in.json").is_file() and answers(f"http://127.0.0.1:{port}")
            ):
                if child.poll() is not None or time.monotonic() > until:
                    raise SystemExit("the demo centre did not start")
                time.sleep(0.2)
            yield data
        finally:
            child.terminate()
            child.wait(30)


def _seat(centre: Path, folder: Path) -> Core:
    """Give a seat that has everything that the centre has, and follows it no further."""
    facts = json.loads((centre / "demo-sign-in.json").read_text("utf-8"))
    leader = next(u for u in facts["users"] if "leader" in u["roles"])
    core = build(Settings(centre=facts["url"], data=str(folder), user=leader["user"]), Threads())
    core.sign_in(leader["user"], leader["password"]).result()
    core.sync_once()
    return core


def _measure(core: Core, state: str) -> None:
    """Say what is measured: within the bands, beyond some of them, or no more by every second."""
    values, now = core._parts.values, core.clock.now()
    values.absorb([], 1, state)
    dice = random.Random(2026)  # noqa: S311 - no secret
    found: list[Sensed] = []
    for n, each in enumerate(core.gauges.known.values()):
        beyond = state == "alarm" and n % OUT_OF_BAND == 0
        quiet = state == "lost" and n % 2 == 0
        last = now - (20 * each.refresh_s * 1000 if quiet else 1000)
        course = _course(each, last, dice, beyond=beyond)
        values.absorb_points(each.id, "picture", course)
        band = each.band(course[-1][1])
        standing = Standing(band=band, since=last - 25 * MINUTE if band != "normal" else 0, at=last)
        reading = Reading(
            topic="indicator", of=each.id, source="picture", at=last, value=course[-1][1]
        )
        found.append(Sensed(reading=reading, standing=standing))
    values.absorb(found, 1, state)
    core.gauges._now = (-1, {})


def _course(
    of: Indicator, last: int, dice: random.Random, *, beyond: bool
) -> list[tuple[int, float]]:
    base, spread = (of.sim.base, of.sim.sd) if of.sim else (sum(of.normal) / 2, 0.0)
    low, high = of.normal
    shift = dice.random() * 6
    points: list[tuple[int, float]] = []
    for n in range(POINTS):
        part = n / POINTS
        value = base + spread * (0.7 * math.sin(shift + part * 7) + 0.25 * dice.gauss(0, 1))
        value = min(max(value, low), high)
        if beyond and part > 0.8:
            value += (_far(of) - value) * (part - 0.8) * 5.2
        points.append((last - (POINTS - 1 - n) * 10 * MINUTE, round(value, of.decimals + 1)))
    return points


def _tell(core: Core, state: str) -> None:
    """Put warnings beside the demo city's records, as they come in each state."""
    now, late = core.clock.now(), state == "alarm"
    found: list[Record] = []
    for n, (level, headline) in enumerate(WARNINGS):
        found.append(Forewarning(
            id=f"picture-w{n}", version=1 + STATES.index(state), headline=headline, level=level,
            state="in_force" if late else "expired", scope="320100", event="暴雨", area="全市",
            sent_at=now - 40 * MINUTE, expires_at=now + 5 * HOUR, updated_at=now,
        ))  # fmt: skip
    core._store.absorb(Page(next="picture", head=0, puts=[put_of(r) for r in found]))


def _far(of: Indicator) -> float:
    warn, alarm = (v[1] if isinstance(v, tuple) else v for v in (of.warn, of.alarm))
    return alarm + 0.1 * (alarm - warn)


def _draw_all(core: Core, asked: argparse.Namespace) -> int:
    app = QApplication.instance() or QApplication([])
    fonts.dress(app)
    speak(asked.lang)
    look = Look(app, icons.draw, theme.read(asked.theme))
    sheet = columns.read()
    setting = columns.setting(sheet, CoreNames(core), core.clock.now)
    outfit = Outfit(look, Icons(look), sheet, setting)
    link = core.link()
    core.link = lambda: replace(link, state="up", as_of=core.clock.now())
    core._standing = lambda: _Up(core.clock.now())
    for size in asked.size:
        for state in asked.state:
            _measure(core, state)
            _tell(core, state)
            _draw(core, outfit, size, state, asked)
    return 0


class _Up:
    def __init__(self, as_of: int) -> None:
        self.as_of, self.up = as_of, True


def _draw(core: Core, outfit: Outfit, size: str, state: str, asked: argparse.Namespace) -> None:
    notices = Notices(core.clock.now, Words(core).notice)
    window: Any = Cockpit(Given(core, outfit, News(), notices, Sounds(on=False), Options()))
    wide, _, high = size.partition("x")
    window.resize(int(wide), int(high))
    window.show()
    window.begin()
    window._beat.stop()
    window._step.stop()
    window._take_alarms(window._alarm_feed.look() if state == "alarm" else [])
    asked.out.mkdir(parents=True, exist_ok=True)
    for key in asked.page or window.pages:
        window.run(f"page.open {key}")
        until = time.monotonic() + 60
        while window.page != key and time.monotonic() < until:
            QApplication.processEvents()
        for alarm in window._alarms:
            if alarm.page == key:
                window.rotation._take(alarm, core.clock.now())
                window._say()
        _save(window, asked.out / f"{key}-{state}-{size}-{asked.theme}-{asked.lang}.png")
    window.end()
    delete(window)


def _save(window: Any, file: Path) -> None:
    """Save a picture so that it stays small: fewer colours, and if need be a smaller copy.

    Not so few colours that one severity is taken for another.
    """
    window.grab().save(str(file))
    with Image.open(file) as picture:
        whole = picture.convert("RGB")
    for part in PARTS:
        size = round(whole.width * part), round(whole.height * part)
        small = whole.resize(size, Image.Resampling.LANCZOS) if part < 1 else whole
        small.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            file, optimize=True
        )
        if file.stat().st_size <= MOST:
            break
    sys.stdout.write(f"{file} {file.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    sys.exit(main())
