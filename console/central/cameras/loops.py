"""Encodes pictures once, as loops of H.264 that all cameras share, and each camera's own caption.

A frame is cut into slices. The uppermost holds nothing that moves; in every key frame a camera puts
its own there, with its name and the time, and in the frames between one that says "as before". So
a hundred cameras cost hardly more than their packets, and each still shows its own name and time.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from console.central.cameras.scenery import Picture

SLICES = 4
BLOCK = 16
IDR, SLICE, SPS, PPS = 5, 1, 7, 8
_START = re.compile(b"\x00\x00\x01")


@dataclass(frozen=True, slots=True)
class Unit:
    """One frame: its uppermost slice, and the others."""

    key: bool
    top: bytes
    rest: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """Frames to be sent round and round. ``strip``: how many rows of pixels a caption has.

    ``same``: for each frame of a second, the uppermost slice that leaves all as it was.
    """

    width: int
    height: int
    fps: int
    sps: bytes
    pps: bytes
    strip: int
    ground: Picture
    units: tuple[Unit, ...]
    same: tuple[bytes, ...]


def encode(pictures: Iterable[Picture], fps: int, crf: int = 25) -> Loop:
    """Encode a loop: whole seconds, an even number of them, a key frame in each."""
    made: list[list[bytes]] = []
    ground: Picture | None = None
    encoder: VideoCodecContext | None = None
    for n, picture in enumerate(pictures):
        if encoder is None or ground is None:
            ground = picture
            encoder = _encoder(picture.shape[1], picture.shape[0], fps, crf, SLICES)
        made.append(_encoded(encoder, picture, n))
    if ground is None or len(made) % (2 * fps):
        raise ValueError("a loop is an even number of seconds")
    height, width = ground.shape[:2]
    strip = strip_of(height)
    units = tuple(_unit(parts) for parts in made)
    head = {part[0] & 31: part for part in made[0]}
    return Loop(width, height, fps, head[SPS], head[PPS], strip, ground[:strip].copy(), units,
                _same(width, strip, fps, crf))  # fmt: skip


def strip_of(height: int) -> int:
    """Give how many rows of pixels the uppermost slice has: the encoder cuts by rows of blocks."""
    rows = -(-height // BLOCK)
    return (rows + SLICES // 2) // SLICES * BLOCK


class Caption:
    """Encodes one camera's own uppermost slice, for key frames."""

    def __init__(self, loop: Loop, crf: int = 25) -> None:
        self._encoder = _encoder(loop.width, loop.strip, loop.fps, crf, 1, forced=True)
        self._made = 0

    def slice(self, picture: Picture, second: int) -> bytes:
        """Give the slice for the key frame of this second of the loop.

        Key frames that follow each other bear other numbers, 0 and 1 in turn, and all slices of
        one the same: where the turn is not ours, one is made for nothing.
        """
        for _ in range(2):
            turn, self._made = self._made % 2, self._made + 1
            parts = _encoded(self._encoder, picture, self._made, key=True)
            if turn == second % 2:
                return next(part for part in parts if part[0] & 31 == IDR)
        raise AssertionError("one of two turns is ours")


class Fresh:
    """Encodes pictures that nobody has seen before, one after the other: a camera that turns."""

    def __init__(self, width: int, height: int, fps: int) -> None:
        self._encoder = _encoder(width, height, fps, 27, 1)
        self._made = 0

    def parts(self, picture: Picture) -> tuple[bool, tuple[bytes, ...]]:
        """Give whether it is a key frame (the first is, and one in every second), and its parts."""
        parts = tuple(_encoded(self._encoder, picture, self._made))
        self._made += 1
        return any(part[0] & 31 == IDR for part in parts), parts


def _encoder(
    width: int, height: int, fps: int, crf: int, slices: int, *, forced: bool = False
) -> VideoCodecContext:
    encoder = VideoCodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.time_base, encoder.framerate = Fraction(1, fps), Fraction(fps)
    encoder.thread_count = 1
    encoder.gop_size = fps
    # Nothing may reach over the edge of a slice, or depend on what an encoder saw before.
    words = (
        f"keyint={fps}:min-keyint={fps}:scenecut=0:bframes=0:ref=1:no-deblock=1:weightp=0:"
        f"slices={slices}:threads=1:sliced-threads=0:aq-mode=0:mbtree=0:repeat-headers=1"
    )
    encoder.options = {
        "preset": "ultrafast", "tune": "zerolatency", "crf": str(crf), "x264-params": words,
        **({"forced-idr": "1"} if forced else {}),
    }  # fmt: skip
    return encoder


def _encoded(
    encoder: VideoCodecContext, picture: Picture, n: int, *, key: bool = False
) -> list[bytes]:
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format="yuv420p")
    frame.pts = n
    if key:
        frame.pict_type = PictureType.I
    # PyAV does not say of what kind its packets are.
    packets: list[Any] = encoder.encode(frame)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return [part for packet in packets for part in _parts(bytes(packet))]


def _same(width: int, strip: int, fps: int, crf: int) -> tuple[bytes, ...]:
    encoder = _encoder(width, strip, fps, crf, 1)
    grey = np.full((strip, width, 3), 128, np.uint8)
    found = [_encoded(encoder, grey, n) for n in range(fps)]
    return tuple(next(p for p in parts if p[0] & 31 in (IDR, SLICE)) for parts in found)


def _unit(parts: list[bytes]) -> Unit:
    slices = [part for part in parts if part[0] & 31 in (IDR, SLICE)]
    return Unit(slices[0][0] & 31 == IDR, slices[0], tuple(slices[1:]))


def _parts(stream: bytes) -> Iterator[bytes]:
    """Cut a byte stream (Annex B) into its parts."""
    starts = [found.end() for found in _START.finditer(stream)]
    for begin, end in zip(starts, [*(s - 3 for s in starts[1:]), len(stream)], strict=True):
        yield stream[begin:end].rstrip(b"\x00")
