"""A picture of each scene at the desk, made from a running demo centre: see `--help`."""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from ready import ROOT, say

sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image

from console.app import build
from console.base.settings import Settings
from console.base.work import Inline
from console.domain.query import parse_query
from console.domain.record import StartedPlan
from drawn import arguments, tell, window
from ui import app
from ui.app import Seat, Start
from ui.windows.workstation import Workstation

FOLDER = ROOT / ".ci" / "pictures" / "scenes"
SIZE = (1440, 840)
SHADES = (4, 2, 1)
"""Steps from a ground to each colour of the theme: as many as the limit of a file allows."""
INKS = (
    "text",
    "text.second",
    "text.caption",
    "accent",
    "danger",
    "warning",
    "good",
    "lost",
    "severity.I",
    "severity.II",
    "severity.III",
    "severity.IV",
    "line",
    "edge",
)
GROUNDS = ("panel", "ground", "raised", "selection")
MOST_BYTES = 80 << 10
FED_S, SETTLE_S = 60.0, 2.5
"""How long a scene that was just opened waits to be fed; how long a page settles."""
DAY, ENGLISH = 4, 7
"""Every so many pictures are by day; every so many in English."""
ORDER = ("宁疫指〔2026〕1号", "演练：平急转换")


def main() -> int:
    """Make them all, or those that are named."""
    asked = arguments("pictures.py", __doc__, "scene", "these scenes alone")
    with tempfile.TemporaryDirectory() as folder:
        if unseal(asked.centre, asked.people["leader"], Path(folder) / "leader"):
            say("the sealed scenes are opened by order; waiting for their departments")
        settings = Settings(
            centre=asked.centre, user="dispatcher", data=str(Path(folder) / "desk"),
            lock_minutes=0, sound=False,
        )  # fmt: skip
        start = Start(settings, asked.people["dispatcher"])
        return app.run(start, lambda seat: draw(seat, tuple(asked.scene)))


def unseal(centre: str, password: str, folder: Path) -> bool:
    """Open every sealed scene in the leader's name; say whether there was one."""
    core = build(Settings(centre=centre, data=str(folder), user="leader"), Inline())
    try:
        core.sign_in("leader", password).result()
        core.sync_once()
        dormant = [s.id for s in core.scenes.values() if s.lifecycle == "dormant"]
        shut = [s for s in dormant if core.get("scene", s) is None]
        for scene in shut:
            order, reason = ORDER
            core.run(f'scene.unseal {scene} "{order}" "{reason}"').result()
        core.sync_once()
        return bool(shut)
    finally:
        core.close()


async def draw(seat: Seat, wanted: tuple[str, ...]) -> int:
    """Draw one scene after another at one desk."""
    seat.frame.resize(*SIZE)
    await seat.open()
    station = seat.station
    if not isinstance(station, Workstation) or not seat.frame.seated:
        return 1
    await asyncio.sleep(FED_S)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for n, scene in enumerate(seat.core.scenes):
        if not wanted or scene in wanted:
            await shown(seat, station, scene, n)
            keep(seat, FOLDER / f"{scene}.png")
    return 0


async def shown(seat: Seat, station: Workstation, scene: str, n: int) -> None:
    """Open a scene with the incident of its newest plan beside it, and wait until it stands."""
    station.run(f"theme.set {'day' if n % DAY == DAY - 1 else 'night'}")
    station.run(f"language.set {'en' if n % ENGLISH == ENGLISH - 1 else 'zh_CN'}")
    station.run(f"scene.open {scene}")
    rows = seat.core.find(parse_query("plan", f"scene:{scene} state:running"))
    held = [seat.core.get("plan", str(row[0])) for row in rows]
    started = [plan for plan in held if isinstance(plan, StartedPlan)]
    if started:
        newest = max(started, key=lambda plan: plan.started_at)
        station.run(f"card.open {newest.incident}")
    await asyncio.sleep(SETTLE_S)
    station.banner.put_away()
    station.bar.hide()
    await asyncio.sleep(0.2)


def palette(seat: Seat, shades: int) -> Image.Image:
    """Give the colours of the theme that is worn, and those on the way to them from its ground."""
    hexes = seat.outfit.look.theme.hexes
    grounds = [rgb(hexes[role]) for role in GROUNDS]
    found = list(dict.fromkeys(grounds))
    for ink in dict.fromkeys(rgb(hexes[role]) for role in INKS if role in hexes):
        for step in range(1, shades + 1):
            pairs = zip(grounds[0], ink, strict=True)
            found.append(tuple(round(a + (b - a) * step / shades) for a, b in pairs))
    made = Image.new("P", (1, 1))
    made.putpalette([part for colour in found[:256] for part in colour])
    return made


def rgb(said: str) -> tuple[int, ...]:
    """Read #rrggbb."""
    return tuple(bytes.fromhex(said.lstrip("#")))


def keep(seat: Seat, file: Path) -> None:
    """Write the window as a small picture: of few colours, within the limit."""
    whole = window(seat)
    for shades in SHADES:
        few = whole.quantize(palette=palette(seat, shades), dither=Image.Dither.NONE)
        few.save(file, optimize=True)
        if file.stat().st_size <= MOST_BYTES:
            break
    tell(file)


if __name__ == "__main__":
    sys.exit(main())
