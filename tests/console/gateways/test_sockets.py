"""Whoever waits for an answer is let go at once when the line is hung up from another thread."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from console.gateways.sockets import Lines
from tests.fault_line import Fault, fault_line


def test_a_call_that_waits_is_broken_off():
    lines, began = Lines(), threading.Event()
    session = requests.Session()
    session.mount("http://", lines.adapter())
    with fault_line(9) as line, ThreadPoolExecutor(1) as other:
        line.set(Fault(silent=True))

        def wait():
            began.set()
            return session.get(line.url, timeout=50)

        call = other.submit(wait)
        began.wait(5)
        while not call.done():
            lines.hang_up()
            threading.Event().wait(0.02)
        with pytest.raises(requests.ConnectionError):
            call.result(5)
    session.close()


def test_hanging_up_when_nothing_is_open_does_nothing():
    Lines().hang_up()
