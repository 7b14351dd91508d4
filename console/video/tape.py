"""Records what a stream brings, as it comes, into segments; never holds the stream up.

The packets are put into a container in memory, from key frame to key frame; sealing and writing are
done by one thread of the process. When the disk is full or slow, pictures go on: it is said.
"""

import io
import queue
import threading
from collections.abc import Callable
from typing import Any

import av
from av.error import FFmpegError

from console.base.clock import Clock
from console.video import vault as vaults
from console.video.stream import Kept
from console.video.vault import NoRoom, Vault

SEGMENT_MS = 4_000
"""A segment ends with the first key frame after so long."""
BYTES_MOST = 48 << 20
"""A stream without key frames is not kept beyond this."""
WAITING = 64
TRIM_MS = 10_000
_Part = tuple[str, str, tuple[int, int], bytes, Callable[[Kept], None]]


class Recorder:
    """Seals and writes the segments of a whole process, one after the other."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self.vault = vault
        self._clock = clock
        self._parts: queue.Queue[_Part | None] = queue.Queue(WAITING)
        self._trimmed = 0

    def run(self, _stopping: threading.Event) -> None:
        """Write until told to end."""
        vaults.sweep(self.vault)
        self._trim()
        while (part := self._parts.get()) is not None:
            self._keep(part)
            if self._clock.now() - self._trimmed > TRIM_MS:
                self._trim()

    def offer(self, part: _Part) -> bool:
        """Take a segment to be written; False when too many wait: the disk is too slow."""
        try:
            self._parts.put_nowait(part)
        except queue.Full:
            return False
        return True

    def close(self) -> None:
        """End once what waits is written; a queue that stands still is left."""
        try:
            self._parts.put(None, timeout=1.0)
        except queue.Full:
            return

    def _keep(self, part: _Part) -> None:
        camera, quality, span, data, tell = part
        try:
            vaults.keep(self.vault, camera, quality, span, data)
        except NoRoom:
            self._trim()
            tell(Kept.NO_ROOM)
        else:
            tell(Kept.KEPT)

    def _trim(self) -> None:
        self._trimmed = self._clock.now()
        vaults.trim(self.vault, self._trimmed)


class Tape:
    """One stream's recording. ``tell`` hears whether it is kept."""

    def __init__(
        self, recorder: Recorder, camera: str, quality: str, tell: Callable[[Kept], None]
    ) -> None:
        self._recorder = recorder
        self._camera = camera
        self._quality = quality
        self._tell = tell
        self._stream: Any = None
        self._codec, self._extra = "", b""
        self._out: Any = None
        self._goal: Any = None
        self._memory = io.BytesIO()
        self._span = (0, 0)

    def begin(self, stream: Any, codec: str = "", extra: bytes = b"") -> None:
        """Go on with another stream of libav: the camera was opened (again).

        Without a stream, what it is is read from its first key frame and what it said before.
        """
        self.end()
        self._stream = stream
        self._codec, self._extra = codec, extra

    def take(self, packet: Any, now: int) -> None:
        """Record a packet that came at ``now`` (ms since 1970); its own times are gone then."""
        if packet.pts is None:
            return
        long = now - self._span[0] >= SEGMENT_MS
        if packet.is_keyframe and (self._out is None or long or now < self._span[1]):
            self.end()
            self._open(packet, now)
        if self._out is not None:
            self._put(packet, now)

    def end(self) -> None:
        """Close the segment, and hand it on to be written."""
        out, self._out = self._out, None
        if out is None:
            return
        try:
            out.close()
        except FFmpegError:
            return
        if self._span[1] > self._span[0]:
            data = self._memory.getvalue()
            part = (self._camera, self._quality, self._span, data, self._tell)
            if not self._recorder.offer(part):
                self._tell(Kept.TOO_SLOW)

    def _open(self, packet: Any, now: int) -> None:
        self._memory = io.BytesIO()
        self._span = (now, now)
        try:
            if self._stream is None:
                read = av.open(io.BytesIO(self._extra + bytes(packet)), format=self._codec)
                self._stream = read.streams.video[0]
            self._out = av.open(self._memory, "w", format="matroska")
            self._goal = self._out.add_stream_from_template(self._stream)
        except (FFmpegError, ValueError, IndexError):
            self._out = None
            self._tell(Kept.UNFIT)

    def _put(self, packet: Any, now: int) -> None:
        self._span = (self._span[0], now)
        try:
            packet.stream = self._goal
            self._out.mux(packet)
        except FFmpegError:
            self._out = None
            self._tell(Kept.UNFIT)
        if self._memory.tell() > BYTES_MOST:
            self._out = None
            self._tell(Kept.UNFIT)
