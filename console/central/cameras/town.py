"""Every camera of the demo city, over RTSP: what each shows, and what is the matter with it.

Nothing is encoded and nothing is sent for a camera that nobody watches.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from console.base.work import Tasks
from console.central.cameras.feed import Feed, Source
from console.central.cameras.guard import Door
from console.central.cameras.rtsp import Away, Rtsp
from console.central.cameras.turning import Turning
from console.central.cameras.views import Quality, Trouble, View, away
from console.domain.steering import Motion, Place

PATH = re.compile(r"/cam/(\d+)/(main|sub)\b")
ROUND_S = 1.0


class Cameras(Rtsp):
    """The cameras of one server, made in its loop; ``trouble`` comes from any thread."""

    def __init__(
        self, views: Mapping[int, View], tasks: Tasks, wall: Callable[[], float], *,
        zone: str = "UTC", door: Door | None = None,
    ) -> None:  # fmt: skip
        super().__init__(door)
        self.views = dict(views)
        self._tasks = tasks
        self._wall = wall
        self._zone = ZoneInfo(zone)
        self._feeds: dict[tuple[int, Quality], Feed] = {}
        self._turnings: dict[int, Turning] = {}
        self._loop = asyncio.get_running_loop()

    async def serve(self, host: str, port: int, stopping: asyncio.Event,
                    ready: Callable[[int], None]) -> None:  # fmt: skip
        """Serve until told to stop; ``ready`` is given the port. OSError when it is taken."""
        watch = self._tasks.spawn(self._part_from_the_dead())
        try:
            await super().serve(host, port, stopping, ready)
        finally:
            watch.cancel()

    def source(self, url: str) -> tuple[str, Source] | None:
        found = PATH.search(url)
        if found is None or int(found[1]) not in self.views:
            return None
        number = int(found[1])
        if away(self.views[number], number, self._wall()):
            raise Away
        return str(number), self.feed(number, "main" if found[2] == "main" else "sub")

    def feed(self, number: int, quality: Quality) -> Feed:
        """Give a camera's stream, running or not."""
        feed = self._feeds.get((number, quality))
        if feed is None:
            feed = Feed(number, self.views[number], quality, self._tasks, self._wall, self._time,
                        self._turnings.setdefault(number, Turning()))  # fmt: skip
            self._feeds[number, quality] = feed
        return feed

    def steer(self, number: int, wish: Motion | Place) -> bool:
        """Turn a camera, from any thread; False when there is none, or it is away."""
        view = self.views.get(number)
        if view is None or away(view, number, self._wall()):
            return False
        turning = self._turnings.setdefault(number, Turning())
        self._loop.call_soon_threadsafe(turning.steer, wish, self._wall())
        return True

    def trouble(self, number: int, trouble: Trouble) -> None:
        """Let a camera come into trouble, or out of it; from any thread."""
        self._loop.call_soon_threadsafe(self._trouble, number, trouble)

    @property
    def watched(self) -> int:
        """Give how many watchers there are."""
        return sum(len(feed.watchers) for feed in self._feeds.values())

    # ---- inside

    def _trouble(self, number: int, trouble: Trouble) -> None:
        view = self.views[number]
        self.views[number] = View(view.name, view.scene, trouble)
        for (each, _), feed in self._feeds.items():
            if each == number:
                feed.view = self.views[number]
        if trouble == "dead":
            self.cut(str(number))

    async def _part_from_the_dead(self) -> None:
        while True:
            await asyncio.sleep(ROUND_S)
            for camera in self.cameras:
                if away(self.views[int(camera)], int(camera), self._wall()):
                    self.cut(camera)

    def _time(self, wall: float) -> str:
        return datetime.fromtimestamp(wall, self._zone).strftime("%Y-%m-%d %H:%M:%S")
