"""A city's tile service over real HTTP that dies and comes back: the map never goes blank."""

import http.server
import io
import threading

import pytest
from PIL import Image

from console.base.work import Threads
from console.gateways.tiles import TileDoor
from console.maps.cache import TileCache
from console.maps.online import FRESH_MS, REST_MS, Service
from tests.ui.kit.mapseat import ground
from ui.kit import theme
from ui.kit.mapground import said_of
from ui.kit.maptiles import Pictures, Wanted

HERE, BESIDE, FAR = (11, 1699, 832), (11, 1700, 832), (11, 1699, 833)
RED = (200, 30, 30)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked += 1
        assert self.server.open.wait(30)
        body = io.BytesIO()
        Image.new("RGB", (256, 256), RED).save(body, "PNG")
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(body.getvalue())

    def log_message(self, *_):
        return None


def serve(port=0):
    made = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    made.asked, made.open = 0, threading.Event()
    made.thread = threading.Thread(target=made.serve_forever)
    made.thread.start()
    return made


def die(server):
    server.shutdown()
    server.thread.join()
    server.server_close()


@pytest.fixture
def clock():
    return [1_800_000_000_000]


@pytest.fixture
def work():
    made = Threads()
    yield made
    made.close()


def wanted(id, night):
    return Wanted(id, 256, 11.8, 1.0, night)


def test_a_service_that_dies_is_left_alone_and_the_map_goes_on(work, clock, qapp, qtbot, tmp_path):
    night = theme.read("night")
    server = serve()
    port = server.server_port
    door = TileDoor(f"http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}.png?tk={{key}}", "secret")
    service = Service(door.host, door.fetch, TileCache(tmp_path / "t.db"), work.call,
                      lambda: clock[0])  # fmt: skip
    package = ground()
    pictures = Pictures(service, package)

    def red(id):
        colour = pictures.draw(wanted(id, night)).pixelColor(128, 128)
        return colour.red() > 2 * max(colour.green(), colour.blue(), 1)

    def rests():
        return service.standing().rests_until

    # Before the first answer the package on disk is seen, with its names.
    assert not red(HERE)
    assert pictures.draw(wanted(HERE, night)) == Pictures(package).draw(wanted(HERE, night))
    assert pictures.labels(HERE)[1]
    server.open.set()
    qtbot.waitUntil(lambda: red(HERE))
    assert "127.0.0.1" in said_of(service, package)
    assert not rests()

    # It dies: after three failures nobody asks for a minute; what came before is still shown.
    die(server)
    clock[0] += FRESH_MS + 1
    for n in range(12):
        service.tile((11, 1690 + n, 832))
    qtbot.waitUntil(lambda: bool(rests()))
    assert rests() == clock[0] + REST_MS
    assert red(HERE)
    assert not red(BESIDE)
    assert pictures.labels(BESIDE)[1]
    said = said_of(service, package, lambda at: f"@{at}")
    assert f"@{rests()}" in said
    assert "2026-11-03" in said

    # It comes back; within the minute it is not asked, after it it is.
    server = serve(port)
    server.open.set()
    try:
        service.tile(FAR)
        assert server.asked == 0
        clock[0] += REST_MS
        qtbot.waitUntil(lambda: red(BESIDE))
        assert server.asked >= 1
        assert not rests()
        assert "secret" not in said_of(service, package)
    finally:
        die(server)
        service.close()
        door.close()
