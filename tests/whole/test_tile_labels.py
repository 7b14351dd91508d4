"""天地图's names are a layer apart, laid on its map; when they fail the map goes on and says so."""

import http.server
import io
import threading

import pytest
from PIL import Image

from console.app import build
from console.base.settings import Settings
from console.base.work import Inline
from console.gateways.tiles import TileDoor
from console.maps.cache import TileCache
from console.maps.online import FAILURES, FRESH_MS, REST_MS, Service
from tests.ui.kit.mapseat import ground
from tests.whole.test_tile_service import die
from ui.kit import theme
from ui.kit.mapground import said_of
from ui.kit.maptiles import Pictures, Wanted

HERE, BESIDE = (11, 1698, 832), (11, 1699, 832)
GROUND, NAME = (250, 240, 220, 255), (20, 40, 60, 255)
NAMED = (64, 64, 192, 128)


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as 天地图: vec is opaque, cva is clear but for a name; what is `down` is refused."""

    def do_GET(self):
        layer = self.path[1:4]
        self.server.asked.append(self.path)
        names = layer == "cva"
        image = Image.new("RGBA", (256, 256), (0, 0, 0, 0) if names else GROUND)
        if names:
            image.paste(NAME, NAMED)
        body = io.BytesIO()
        image.save(body, "PNG")
        good = layer not in self.server.down and self.path.endswith("tk=secret")
        self.send_response(200 if good else 500)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(body.getvalue() if good else b"")

    def log_message(self, *_):
        return None


@pytest.fixture
def server():
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.asked, made.down = [], set()
    made.thread = threading.Thread(target=made.serve_forever)
    made.thread.start()
    yield made
    die(made)


@pytest.fixture
def address(server):
    """Give the address of a layer, as a person writes it into the settings."""

    def made(layer, matrix="w"):
        return (
            f"http://127.0.0.1:{server.server_port}/{layer}_{matrix}/wmts?LAYER={layer}"
            f"&TILEMATRIXSET={matrix}&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={{key}}"
        )

    return made


@pytest.fixture
def clock():
    return [1_800_000_000_000]


@pytest.fixture
def service(address, tmp_path, clock):
    """Give a function that makes the service of a layer."""
    made = []

    def of(layer):
        door = TileDoor(address(layer), "secret")
        cache = TileCache(tmp_path / f"{layer}.db")
        made.append(Service(door.host, door.fetch, cache, Inline().call, lambda: clock[0]))
        return made[-1]

    yield of
    for each in made:
        each.close()


def shown(pictures, id=HERE, worn="day"):
    """Draw a tile twice: what is asked for comes at once here, and is seen the second time."""
    wanted = Wanted(id, 256, 11.8, 1.0, theme.read(worn))
    pictures.draw(wanted)
    return pictures.draw(wanted)


def seen(pictures):
    """Give the colours where the name is, and beside it, by day."""
    image = shown(pictures)
    return tuple(image.pixelColor(*at).getRgb() for at in ((128, 96), (10, 200)))


@pytest.mark.parametrize("matrix", ["w", "c"])
def test_the_two_addresses_of_the_settings_are_one_map_with_names(
    address, server, qapp, tmp_path, matrix
):
    settings = Settings(
        data=str(tmp_path / "desk"), tiles=address("vec", matrix),
        tiles_labels=address("cva", matrix), tiles_key="secret",
    )  # fmt: skip
    core = build(settings, Inline())
    try:
        pictures = Pictures(core.maps.ground, core.maps.under, over=core.maps.labels)
        image = shown(pictures)
        colours = {image.pixelColor(128, y).getRgb() for y in range(256)}
        assert {NAME, GROUND} <= colours
        assert {path[1:6] for path in server.asked} == {f"vec_{matrix}", f"cva_{matrix}"}
        said = said_of(core.maps.ground, core.maps.under, labels=core.maps.labels)
        assert "注记" in said
        assert "secret" not in said
    finally:
        core.close()
    kept = {file.name for file in (tmp_path / "desk").glob("*.db")}
    assert kept == {f"tiles_{matrix}.db", f"labels_{matrix}.db"}


def test_names_that_fail_leave_the_map_as_it_is_and_come_when_they_can(
    service, server, clock, qapp
):
    vec, cva, package = service("vec"), service("cva"), ground()
    pictures = Pictures(vec, package, over=cva)
    server.down.add("cva")
    for n in range(FAILURES):
        shown(pictures, (11, 1690 + n, 832))

    # The map is there, without names of the service: those of the package on disk serve.
    assert seen(pictures) == (GROUND, GROUND)
    assert pictures.labels(HERE)[1] == Pictures(package).labels(HERE)[1] != ()
    assert cva.standing().rests_until == clock[0] + REST_MS
    assert not vec.standing().rests_until
    said = said_of(vec, package, lambda at: f"@{at}", cva)
    assert f"@{clock[0] + REST_MS}" in said
    assert "连不上" in said

    # Within the minute nobody asks for names; after it they come, and no others beside them.
    server.down.clear()
    asked = sum(path.startswith("/cva") for path in server.asked)
    assert seen(pictures) == (GROUND, GROUND)
    assert sum(path.startswith("/cva") for path in server.asked) == asked
    clock[0] += REST_MS
    assert seen(pictures) == (NAME, GROUND)
    assert pictures.labels(HERE)[1] == ()
    assert "连不上" not in said_of(vec, package, lambda at: f"@{at}", cva)

    # Old ones serve while the service fails again; what never came is the package's, whole.
    server.down |= {"vec", "cva"}
    clock[0] += FRESH_MS + 1
    fresh = Pictures(vec, package, over=cva)
    assert seen(fresh) == (NAME, GROUND)
    assert shown(fresh, BESIDE) == shown(Pictures(package), BESIDE)
    assert fresh.labels(BESIDE)[1] == Pictures(package).labels(BESIDE)[1] != ()


def test_names_are_darkened_at_night_with_their_map(service, qapp):
    pictures = Pictures(service("vec"), over=service("cva"))
    image = shown(pictures, worn="night")
    name, beside = image.pixelColor(128, 96), image.pixelColor(10, 200)
    assert name.lightness() < beside.lightness() < 150
