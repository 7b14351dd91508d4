"""python -m console map: which maps there are, new ones from files, where a point is, ways."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from console.base.clock import SystemClock
from console.base.errors import BadData
from console.base.settings import Settings
from console.base.text import text
from console.domain import datum
from console.domain.datum import Cgcs2000
from console.maps.build import build
from console.maps.components import SUFFIX
from console.maps.extract import gather
from console.maps.features import Harvest
from console.maps.furniture import furnish
from console.maps.invented import invented
from console.maps.library import Library, locate
from console.maps.package import Package
from console.maps.schematic import draw
from console.maps.shapes import read_shapes
from console.maps.source import open_file
from console.maps.stocktaking import take_stock, write
from console.maps.survey import read

DONE, WRONG, BAD_LINE = 0, 1, 2
NO_WAY = 3
DEMO_COUNT, TOLD = 200_000, 20


def main(words: Sequence[str], settings: Settings) -> int:
    """Run one of its acts; give the status: 3 where there is no answer."""
    try:
        asked = _parser().parse_args(words)
    except SystemExit as ended:
        return DONE if ended.code == 0 else BAD_LINE
    does: dict[str, Callable[[argparse.Namespace, Settings], int]] = {
        "info": _info, "build": _build, "components": _components, "locate": _locate,
        "route": _route, "layers": _layers,
    }  # fmt: skip
    try:
        return does[asked.act](asked, settings)
    except datum.UnknownDatum as error:
        _tell(text("map.tool.no_crs", word=error.said))
        return BAD_LINE


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser("console map", description=text("map.tool.what"))
    acts = made.add_subparsers(dest="act", required=True)
    info = acts.add_parser("info", help=text("map.tool.info"))
    info.add_argument("files", nargs="*", type=Path)
    make = acts.add_parser("build", help=text("map.tool.build"))
    source = make.add_mutually_exclusive_group(required=True)
    source.add_argument("--from", dest="files", nargs="+", type=Path)
    source.add_argument("--schematic", metavar="CITY")
    make.add_argument("--out", type=Path, required=True)
    for name, usual in (("name", ""), ("source", ""), ("date", ""), ("crs", datum.CGCS2000)):
        make.add_argument(f"--{name}", default=usual, help=text(f"map.tool.{name}"))
    take = acts.add_parser("components", help=text("map.tool.components"))
    source = take.add_mutually_exclusive_group(required=True)
    source.add_argument("--from", dest="files", nargs="+", type=Path)
    source.add_argument("--demo", action="store_true")
    take.add_argument("--out", type=Path, required=True)
    take.add_argument("--count", type=int, default=DEMO_COUNT, help=text("map.tool.count"))
    for name, usual in (("source", ""), ("date", ""), ("crs", datum.CGCS2000)):
        take.add_argument(f"--{name}", default=usual, help=text(f"map.tool.{name}"))
    layers = acts.add_parser("layers", help=text("map.tool.layers"))
    layers.add_argument("--schematic", metavar="CITY", required=True)
    layers.add_argument("--out", type=Path, required=True)
    where = acts.add_parser("locate", help=text("map.tool.locate"))
    for name in ("lon", "lat"):
        where.add_argument(name, type=float)
    where.add_argument("--crs", default=datum.CGCS2000)
    route = acts.add_parser("route", help=text("map.tool.route"))
    for name in ("start", "goal"):
        route.add_argument(name)
    route.add_argument("--crs", default=datum.CGCS2000)
    route.add_argument("--json", action="store_true")
    return made


def _info(asked: argparse.Namespace, settings: Settings) -> int:
    library = Library(settings.map_folder, settings.city)
    held = [open_file(f) for f in asked.files] if asked.files else library.files
    for each in held:
        about = each.about
        _say(f"{each.file}")
        kind = "schematic" if about.schematic else "surveyed"
        _say(text(f"map.tool.{kind}", name=about.name, source=about.source, date=about.date))
        west, south, east, north = about.bounds
        _say(
            text("map.tool.tiles", form=about.form, low=about.low, high=about.high,
                 bounds=f"{west:.3f},{south:.3f},{east:.3f},{north:.3f}")
        )  # fmt: skip
        if isinstance(each, Package):
            sizes = {n: len(each.part(n) or b"") for n in ("boundaries", "roads", "places")}
            _say(text("map.tool.parts", **{n: f"{size / 1e3:.0f} kB" for n, size in sizes.items()}))
    stocks = () if asked.files else library.components()
    for each in stocks:
        head = each.head
        _say(f"{each.file}")
        _say(text("map.tool.stock", n=f"{head.count:,}", source=head.source, date=head.date))
    for trouble in library.troubles:
        _tell(str(trouble))
    if not held:
        _say(text("map.no_ground"))
    return WRONG if library.troubles else DONE


def _build(asked: argparse.Namespace, _settings: Settings) -> int:
    harvest = draw(asked.schematic) if asked.schematic else _harvest(asked)
    about = build(harvest, asked.out, _progress)
    size = asked.out.stat().st_size / 1e6
    _say(text("map.tool.built", file=str(asked.out), size=f"{size:.1f}", name=about.name))
    return DONE


def _layers(asked: argparse.Namespace, _settings: Settings) -> int:
    """Write the lines and areas of scenes that are invented for a city's sketch."""
    asked.out.mkdir(parents=True, exist_ok=True)
    for name, body in invented(read(asked.schematic)).items():
        file = asked.out / f"{name}.geojson"
        file.write_bytes(body)
        _say(f"{file}  {len(read_shapes(file))}")
    return DONE


def _components(asked: argparse.Namespace, settings: Settings) -> int:
    """Put components on disk: out of the user's files, or invented along the roads of the map."""
    if asked.out.suffix != SUFFIX:
        raise BadData(str(asked.out), "", f"must end in {SUFFIX}")
    if asked.demo:
        library = Library(settings.map_folder, settings.city)
        roads = library.roads()
        if roads is None:
            _tell(text("refused.no_roads"))
            return NO_WAY
        some, source = furnish(roads.graph, library.boundaries(), asked.count)
    else:
        stock = take_stock(asked.files, asked.crs)
        for each in stock.left_out[:TOLD]:
            _tell(str(each))
        if stock.left_out:
            _tell(text("map.tool.left_out", n=len(stock.left_out)))
        some, source = stock.components, ", ".join(f.name for f in asked.files)
    if not some:
        raise BadData(str(asked.out), "", "no components")
    head = write(asked.out, some, asked.source or source, asked.date or _today())
    size = asked.out.stat().st_size / 1e6
    _say(text("map.tool.stocked", file=str(asked.out), size=f"{size:.1f}", n=f"{head.count:,}"))
    return DONE


def _harvest(asked: argparse.Namespace) -> Harvest:
    gathered = gather(asked.files, asked.crs)
    if gathered.left_out:
        _tell(text("map.tool.left_out", n=gathered.left_out))
    if not gathered.features:
        raise BadData(", ".join(map(str, asked.files)), "", "nothing that a map shows")
    source = asked.source or ", ".join(f.name for f in asked.files)
    name = asked.name or asked.out.stem
    return Harvest(gathered.features, source, asked.date or _today(), name=name)


def _today() -> str:
    return datetime.fromtimestamp(SystemClock().now() / 1_000, UTC).strftime("%Y-%m-%d")


def _progress(done: int, whole: int) -> None:
    if done % 100 == 0:
        _tell(text("map.tool.progress", done=done, whole=whole))


def _locate(asked: argparse.Namespace, settings: Settings) -> int:
    boundaries = Library(settings.map_folder, settings.city).boundaries()
    here = datum.enter(asked.lon, asked.lat, asked.crs)
    found = locate(boundaries.locate(here)[0], boundaries)
    lon, lat = here.one
    where = {"lon": round(lon, 7), "lat": round(lat, 7), "crs": datum.CGCS2000}
    basis = {"date": boundaries.date, "schematic": boundaries.schematic}
    _say(json.dumps({**found, **where, **basis}, ensure_ascii=False))
    return DONE if found["district"] else NO_WAY


def _route(asked: argparse.Namespace, settings: Settings) -> int:
    library = Library(settings.map_folder, settings.city)
    roads = library.roads()
    ends = [_place(library, word, asked.crs) for word in (asked.start, asked.goal)]
    if roads is None:
        _tell(text("refused.no_roads"))
        return NO_WAY
    start, goal = ends
    route = roads.route(start, goal) if start is not None and goal is not None else None
    if route is None:
        _tell(text("map.no_way"))
        return NO_WAY
    if asked.json:
        answer: dict[str, Any] = {
            "seconds": round(route.seconds), "metres": round(route.metres),
            "by": [[name, round(metres)] for name, metres in route.by],
            "line": [[round(x, 6), round(y, 6)] for x, y in route.line],
            "crs": datum.CGCS2000, "roads": roads.date, "source": roads.source,
        }  # fmt: skip
        _say(json.dumps(answer, ensure_ascii=False))
        return DONE
    by = " → ".join(name for name, metres in route.by if name and metres > 200)
    minutes = text("map.minutes", n=max(1, round(route.seconds / 60)))
    far = text("map.km", n=f"{route.metres / 1_000:.3g}")
    _say(text("map.way", time=minutes, far=far, by=by, date=roads.date))
    return DONE


def _place(library: Library, word: str, crs: str) -> Cgcs2000 | None:
    """Give the place that a word means: ``118.78,32.04`` or the name of a place or road."""
    lon, comma, lat = word.partition(",")
    try:
        if comma:
            return datum.enter(float(lon), float(lat), crs)
    except datum.UnknownDatum:
        raise
    except ValueError:
        pass
    found = library.find(word)
    if not found:
        _tell(text("map.tool.no_place", word=word))
        return None
    return Cgcs2000.of(found[0].lon, found[0].lat)


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")


def _tell(words: str) -> None:
    sys.stderr.write(words + "\n")
