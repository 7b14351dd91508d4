"""A feed sends while somebody watches, from a key frame on, and rests otherwise."""

import asyncio

from console.base.work import Tasks
from console.central.cameras.feed import Feed, Frame, give
from console.central.cameras.views import View


class Watcher:
    """Counts what it is sent."""

    def __init__(self) -> None:
        self.waits, self.full = True, False
        self.sent: list[Frame] = []

    def take(self, frame):
        self.sent.append(frame)


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
    first = watcher.sent[0]
    assert first.key
    assert first.packets[0][12] & 31 == 7  # a key frame brings its parameter sets
    assert first.report
    assert len(watcher.sent) == held, "nothing is sent to whoever has left"


def test_whoever_is_full_waits_for_the_next_key_frame():
    watcher = Watcher()
    key, other = Frame(True, (b"k",), 0.0, []), Frame(False, (b"o",), 0.1, [])
    give(other, [watcher])
    give(key, [watcher])
    watcher.full = True
    give(other, [watcher])
    watcher.full = False
    give(other, [watcher])
    give(key, [watcher])
    assert watcher.sent == [key, key]
