"""The demo's cameras are found by their number, and those that are away are away."""

import asyncio

import av
import numpy as np
import pytest

from console.base.work import Tasks
from console.central.cameras.rtsp import Away
from console.central.cameras.town import Cameras
from console.central.cameras.views import View
from console.domain.steering import Motion, Place
from tests.cameras import CameraTown

OPTIONS = {"fflags": "nobuffer", "probesize": "32", "analyzeduration": "0",
           "rtsp_transport": "tcp"}  # fmt: skip


def test_a_camera_is_found_by_its_number_and_quality():
    async def look():
        cameras = Cameras({4: View("一"), 5: View("二", 0, "dead")}, Tasks(lambda _e: None), float)
        found = cameras.source("rtsp://h:1/cam/4/main/track0")
        assert found is not None
        assert found[0] == "4"
        assert cameras.source("rtsp://h:1/cam/4/sub")[1] is not found[1]
        assert cameras.source("rtsp://h:1/cam/4/main")[1] is found[1]
        assert cameras.source("rtsp://h:1/cam/9/main") is None
        assert cameras.source("rtsp://h:1/other") is None
        with pytest.raises(Away):
            cameras.source("rtsp://h:1/cam/5/sub")

    asyncio.run(look())


def test_a_camera_that_is_turned_is_seen_to_turn_and_comes_home():
    town = CameraTown({0: View("云芷路口", 0)})
    try:
        with av.open(town.url(0), options=OPTIONS, timeout=(10, 5)) as opened:
            shown = opened.decode(video=0)
            first = next(shown).to_ndarray(format="rgb24")
            assert town.cameras.steer(0, Motion(zoom=1, speed=8))
            turned = next(f for f in _of(shown, 60) if _apart(f, first) > 20)
            assert town.cameras.steer(0, Place(do="call", number=1))
            assert next(f for f in _of(shown, 60) if _apart(f, first) < 10) is not turned
        assert not town.cameras.steer(9, Motion())
    finally:
        town.close()


def _of(shown, most):
    return (next(shown).to_ndarray(format="rgb24") for _ in range(most))


def _apart(one, other):
    return np.abs(one[40:].astype(int) - other[40:]).mean()
