"""Cameras for whatever decodes: one well, one black, one that dies, one behind a door."""

import time

import pytest

from console.base.clock import SystemClock
from console.central.cameras.views import View
from console.video.libyuv import libyuv
from console.video.pool import Inside
from console.video.stream import Wish
from tests.cameras import CameraTown
from tests.tapes import CAMERA, kept, sealed


@pytest.fixture(scope="package")
def town():
    made = CameraTown({0: View("云芷路口", 0), 1: View("暗处", 0, "black"), 2: View("死活", 0)})
    yield made
    made.close()


@pytest.fixture
def until():
    def wait(met, seconds=30.0):
        ends = time.monotonic() + seconds
        while not met():
            assert time.monotonic() < ends, "it did not come to pass"
            time.sleep(0.02)

    return wait


@pytest.fixture
def vault(tmp_path):
    return sealed(tmp_path / "replay")


@pytest.fixture
def recorded(town, vault, until, monkeypatch):
    """What plays a camera that was recorded for some seconds, and still is; and since when."""
    monkeypatch.setattr("console.video.tape.SEGMENT_MS", 1_000)
    inside = Inside(SystemClock(), vault)
    wish = Wish(address=town.url(0), width=320, height=180, camera=CAMERA, quality="sub")
    inside.begin(wish)
    began = SystemClock().now()
    until(lambda: len(kept(vault)) >= 2)
    yield inside, began
    inside.close()


@pytest.fixture
def yuv():
    found = libyuv()
    if found is None:
        pytest.skip("no libyuv on this machine")
    return found
