"""Cameras for whatever decodes: one well, one black, one that dies, one behind a door."""

import time

import pytest

from console.central.cameras.views import View
from tests.cameras import CameraTown


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
