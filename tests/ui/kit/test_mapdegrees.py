"""A service with the `c` matrix, over real HTTP: what it draws at a place lies there to a pixel."""

import http.server
import io
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from PIL import Image

from console.base.work import Inline
from console.domain.datum import Cgcs2000
from console.gateways.tiles import TileDoor
from console.maps.cache import TileCache
from console.maps.degrees import matrix_of
from console.maps.mercator import world
from console.maps.online import Service
from tests.serving import serving
from ui.kit import theme
from ui.kit.mapdegrees import assembled
from ui.kit.maptiles import Pictures, Wanted

DAY = theme.read("day")
PLACE = (118.7894, 32.0431)


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as 天地图's vec_c: GetTile by TILEMATRIX, TILEROW, TILECOL, with the key."""

    def do_GET(self):
        said = {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
        self.server.asked.append(said)
        good = self.path.startswith("/vec_c/wmts") and said["tk"] == "secret"
        body = tile(*(int(said[n]) for n in ("TILEMATRIX", "TILECOL", "TILEROW")))
        self.send_response(200 if good else 403)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(body if good else b"")

    def log_message(self, *_):
        return None


def tile(zoom, column, row):
    """Draw white ground with a red cross through PLACE."""
    each = 360 / 2**zoom / 256
    image = np.full((256, 256, 3), 255, np.uint8)
    right = (PLACE[0] + 180) / each - column * 256
    down = (90 - PLACE[1]) / each - row * 256
    if 0 <= right < 256:
        image[:, int(right)] = (255, 0, 0)
    if 0 <= down < 256:
        image[int(down)] = (255, 0, 0)
    body = io.BytesIO()
    Image.fromarray(image).save(body, "PNG")
    return body.getvalue()


@pytest.fixture
def server():
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.asked = []
    with serving(made):
        yield made


@pytest.fixture
def service(server, tmp_path):
    address = (
        f"http://127.0.0.1:{server.server_port}/vec_c/wmts?SERVICE=WMTS&REQUEST=GetTile"
        "&VERSION=1.0.0&LAYER=vec&STYLE=default&TILEMATRIXSET=c&FORMAT=tiles"
        "&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}"
    )
    door = TileDoor(address, "secret")
    cache = TileCache(tmp_path / "tiles_c.db")
    made = Service(door.host, door.fetch, cache, Inline().call, lambda: 5, matrix_of(address))
    yield made
    made.close()
    door.close()


def at(zoom):
    """Give the tile of PLACE in the `w` matrix, and where in it, in pixels."""
    x, y = (float(v) * 2**zoom for v in world(Cgcs2000.of(*PLACE)))
    return (zoom, int(x), int(y)), (x % 1) * 256, (y % 1) * 256


@pytest.mark.parametrize("zoom", [5, 9, 12, 15, 18])
def test_a_place_lies_where_it_is_to_a_pixel(service, qapp, zoom):
    where, right, down = at(zoom)
    pictures = Pictures(service)
    wanted = Wanted(where, 256, zoom, 1.0, DAY)
    for _ in range(2):  # what is asked for comes at once here, and is seen the second time
        image = pictures.draw(wanted)
    held = np.array([[image.pixelColor(x, y).green() for x in range(256)] for y in range(256)])
    assert abs(held.mean(axis=0).argmin() + 0.5 - right) <= 1
    assert abs(held.mean(axis=1).argmin() + 0.5 - down) <= 1


def test_it_is_asked_for_by_its_own_numbers(service, server):
    where, _, _ = at(12)
    assembled(where, service.tile)
    (said,) = [s for s in server.asked if s["TILEROW"] == str(int((90 - PLACE[1]) / 360 * 2**12))]
    assert said["TILECOL"] == str(where[1])
    assert said["TILEMATRIX"] == "12"


def test_a_tile_is_whole_or_not_there(qapp):
    where, _, _ = at(12)
    rows = []

    def some(wanted):
        rows.append(wanted[2])
        return tile(*wanted) if len(rows) == 1 else None

    crossing = next(
        (12, where[1], n) for n in range(where[2], where[2] + 40) if _count((12, where[1], n)) == 2
    )
    assert assembled(crossing, some) is None
    assert len(rows) == 2
    assert assembled(where, lambda _: b"no picture") is None


def _count(where):
    asked = []
    assembled(where, asked.append)
    return len(asked)
