"""The tile door over real HTTP: the address has its holes filled, and odd answers are refused."""

import http.server

import pytest

from console.base.errors import Unreachable
from console.gateways.tiles import LARGEST, TileDoor
from tests.serving import serving


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        status, kind, body = self.server.answer
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        return None


@pytest.fixture
def server():
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.asked, made.answer = [], (200, "image/png", b"tile")
    with serving(made):
        yield made


@pytest.fixture
def door(server):
    made = TileDoor(
        f"http://127.0.0.1:{server.server_port}/vec_w/wmts?TILEMATRIX={{z}}&TILEROW={{y}}"
        "&TILECOL={x}&tk={key}&s={s}",
        "secret",
    )
    yield made
    made.close()


def test_a_tile_is_fetched_as_the_form_says(server, door):
    assert door.fetch((10, 849, 416)) == b"tile"
    assert server.asked == ["/vec_w/wmts?TILEMATRIX=10&TILEROW=416&TILECOL=849&tk=secret&s=1"]
    assert "secret" not in door.host


def test_a_tile_that_is_not_there_is_empty(server, door):
    server.answer = (404, "text/html", b"no")
    assert door.fetch((10, 1, 1)) == b""


@pytest.mark.parametrize(
    "answer",
    [(500, "image/png", b"x"), (403, "text/plain", b"bad key"), (200, "text/html", b"<html>"),
     (200, "image/png", b"x" * (LARGEST + 1))],
)  # fmt: skip
def test_what_is_no_tile_is_refused(server, door, answer):
    server.answer = answer
    with pytest.raises(Unreachable):
        door.fetch((10, 1, 1))


def test_without_a_line_it_is_unreachable():
    with pytest.raises(Unreachable) as error:
        TileDoor("http://127.0.0.1:9/{z}/{x}/{y}?tk={key}", "secret").fetch((1, 1, 1))
    assert "secret" not in str(error.value)
