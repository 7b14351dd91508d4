"""The demo's lower platform has its cameras under their codes, and no others."""

import asyncio

from console.base.work import Tasks
from console.central.cameras.town import Cameras
from console.central.cameras.views import View
from console.central.drill_cameras import below, entries_below, town_of
from console.central.drill_lower import DemoStock
from console.domain.steering import Motion


def test_its_cameras_are_told_watched_and_steered_by_their_codes(lite):
    entries = entries_below(town_of(lite.centre))
    assert len(entries) == below().count
    assert {e.place for e in entries} == {below().district}

    async def play():
        views = {n: View(e.name, n) for n, e in enumerate(entries)}
        stock = DemoStock(entries, Cameras(views, Tasks(lambda _e: None), float))
        assert stock.entries() == tuple(entries)
        assert stock.source(entries[2].code) is stock.source(entries[2].code)
        assert stock.source("none") is None
        assert stock.steer(entries[2].code, Motion(pan=1))
        assert not stock.steer("none", Motion())

    asyncio.run(play())
