"""A feed sends while somebody watches, from a key frame on, and rests otherwise."""

import asyncio

from console.base.work import Tasks
from console.central.cameras.feed import Feed
from console.central.cameras.views import View


class Watcher:
    """Counts what it is sent."""

    def __init__(self) -> None:
        self.waits, self.reported, self.full = True, 0.0, False
        self.sent: list[list[bytes]] = []
        self.reports = 0

    def send(self, packets, reports):
        self.sent.append(packets)
        self.reports += len(reports)


def test_a_watcher_gets_a_key_frame_first_and_a_report_with_it():
    async def watch():
        tasks = Tasks(lambda error: None)
        feed = Feed(3, View("暗处", 0, "black"), "sub", tasks, lambda: 1e9, lambda _now: "10:00")
        await feed.prepare()
        watcher = Watcher()
        feed.add(watcher)
        while len(watcher.sent) < 4:
            await asyncio.sleep(0.01)
        feed.drop(watcher)
        held = len(watcher.sent)
        await asyncio.sleep(0.3)
        await tasks.close()
        return watcher, held

    watcher, held = asyncio.run(watch())
    assert watcher.sent[0][0][12] & 31 == 7  # a key frame brings its parameter sets
    assert watcher.reports == 1
    assert len(watcher.sent) == held, "nothing is sent to whoever has left"
