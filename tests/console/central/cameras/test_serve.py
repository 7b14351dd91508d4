"""The demo's cameras run until told to stop, on another port where theirs is taken."""

import socket
import threading

from console.central.cameras.serve import serve_cameras
from console.central.cameras.views import View


def test_it_tells_its_port_and_stops_when_told():
    stopping, ports = threading.Event(), []

    def ready(port, cameras):
        assert cameras.views[0].name == "一"
        ports.append(port)
        stopping.set()

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        serve_cameras(
            {0: View("一")}, ("127.0.0.1", port), stopping, ready, wall=lambda: 0.0, zone="UTC"
        )
    assert len(ports) == 1
    assert ports[0] != port
