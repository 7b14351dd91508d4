"""Plays the kept minutes of a camera again, in the place and at the pace in which they came."""

import io
import threading
from typing import Any

import av
from av.error import FFmpegError

from console.base.clock import Clock
from console.base.errors import BadData
from console.video import board
from console.video import vault as vaults
from console.video.canvas import Canvas, micro
from console.video.pace import Pace
from console.video.stream import Trouble, Wish
from console.video.vault import Segment, Vault

PATIENCE_S = 8.0
"""So long the last piece is waited for: it is written when the next key frame has come."""
LOOK_EVERY_S = 0.5
JUMP_MS = 1_500
"""Where nothing was kept for longer than this, the gap is not sat through."""


class Again:
    """One stream seen again. ``wish`` may be changed while it runs; ``stop`` ends it."""

    def __init__(self, wish: Wish, slot: board.Slot, clock: Clock, vault: Vault) -> None:
        self.wish = wish
        self.stop = threading.Event()
        self.inside = 0.0
        self._slot = slot
        self._clock = clock
        self._vault = vault
        self._canvas = Canvas(slot, clock)

    def run(self, _stopping: threading.Event) -> None:
        """Play from the first kept picture to the last, then say that it has ended."""
        self._slot.note(board.ASKED, micro(self._clock.monotonic()))
        since, until = self.wish.span or (0, 0)
        pace, last, ends = Pace(self._clock, self.stop), since, 0.0
        while not self.stop.is_set() and last < until:
            part = next(iter(vaults.segments(self._vault, self.wish.camera, last, until)), None)
            now = self._clock.monotonic()
            if part is None:
                ends = ends or now + PATIENCE_S
                if now >= ends:
                    break
                self.stop.wait(LOOK_EVERY_S)
                continue
            if part.began - last > JUMP_MS or ends:
                pace, ends = Pace(self._clock, self.stop), 0.0
            self._play(part, pace, last, until)
            last = max(part.ended, last + 1)
        self._slot.note(board.TROUBLE, int(Trouble.ENDED))

    def _play(self, part: Segment, pace: Pace, since: int, until: int) -> None:
        try:
            data = vaults.opened(self._vault, self.wish.camera, part)
            with av.open(io.BytesIO(data)) as container:
                for at, frame in dated(container, part):
                    if self.stop.is_set() or at > until:
                        return
                    if at >= since:
                        pace.wait(at / 1_000)
                        self._canvas.show(frame, (self.wish.width, self.wish.height), at)
        except (BadData, FFmpegError):
            return  # what cannot be read any more is passed over: the time shown says so


def dated(container: Any, part: Segment) -> Any:
    """Give the frames of a segment, each with the instant it came (ms since 1970)."""
    stream = container.streams.video[0]
    stream.codec_context.thread_count = 1
    first: float | None = None
    for frame in container.decode(stream):
        time = float(frame.time or 0.0)
        first = time if first is None else first
        yield part.began + round((time - first) * 1_000), frame
