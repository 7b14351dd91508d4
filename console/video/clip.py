"""Takes a clip out of a camera's kept minutes: an MP4 or MKV file that any player reads, its hash.

The packets are put into the file as they came: no picture is encoded anew.
"""

import hashlib
import io
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
from av.error import FFmpegError

from console.base.errors import BadData, Refused
from console.video import vault as vaults
from console.video.vault import Segment, Vault

FORMATS = {".mp4": "mp4", ".mkv": "matroska"}
GAP_MS = 1_500


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip on disk. ``began``, ``ended``: ms since 1970; ``missing_ms``: not kept in between."""

    file: Path
    sha256: str
    began: int
    ended: int
    missing_ms: int


def take_clip(
    vault: Vault, camera: str, span: tuple[int, int], file: Path, tags: Mapping[str, str]
) -> Clip:
    """Write a clip; Refused when nothing is kept of that time, or the file cannot be written.

    It begins with the first key frame within the span. ``tags``: put into the file, beside the
    pictures. A camera that was shown in two sizes gives those that cover more of the time.
    """
    if file.suffix not in FORMATS:
        raise Refused("refused.clip_format", file=file.name)
    parts = _of_one_quality(vaults.segments(vault, camera, *span))
    if not parts:
        raise Refused("refused.nothing_kept")
    half = file.with_name(f".{file.name}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(vault, camera, parts, half, FORMATS[file.suffix], tags)
        mark = _hash(half)
        half.replace(file)
        file.with_name(f"{file.name}.sha256").write_text(f"{mark}  {file.name}\n", "utf-8")
    except (OSError, FFmpegError) as error:
        raise Refused("refused.clip_not_written", file=str(file), why=str(error)) from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
    gaps = (b.began - a.ended for a, b in pairwise(parts))
    missing = sum(gap for gap in gaps if gap > GAP_MS)
    return Clip(file, mark, parts[0].began, parts[-1].ended, missing)


def _of_one_quality(parts: list[Segment]) -> list[Segment]:
    covers: dict[str, int] = {}
    for part in parts:
        covers[part.quality] = covers.get(part.quality, 0) + part.ended - part.began
    best = max(covers, key=lambda quality: covers[quality], default="")
    return [part for part in parts if part.quality == best]


def _write(
    vault: Vault, camera: str, parts: list[Segment], file: Path, form: str, tags: Mapping[str, str]
) -> None:
    # Not by its own name: a path with a colon or a percent sign means something else to libav.
    with file.open("wb") as plain, av.open(plain, "w", format=form) as out:
        target: Any = out
        target.metadata.update(tags)
        goal, last = None, 0
        for part in parts:
            with suppress(BadData), _opened(vault, camera, part) as container:
                stream = container.streams.video[0]
                goal = goal or target.add_stream_from_template(stream)
                for packet in _moved(container, stream, part.began - parts[0].began, last):
                    last = packet.dts + (packet.duration or 1)
                    packet.stream = goal
                    target.mux(packet)
        if goal is None:
            raise Refused("refused.nothing_kept")
        target.close()
        plain.flush()
        os.fsync(plain.fileno())


def _opened(vault: Vault, camera: str, part: Segment) -> Any:
    return av.open(io.BytesIO(vaults.opened(vault, camera, part)))


def _moved(container: Any, stream: Any, by_ms: int, last: int) -> Iterator[Any]:
    """Give the packets of a segment, moved to their place in the clip, and never back in time.

    Segments count in whole milliseconds, as Matroska does: ``last`` is where the one before ended.
    """
    first: int | None = None
    for packet in container.demux(stream):
        if packet.dts is None:
            continue
        first = packet.dts if first is None else first
        offset = max(round(Fraction(by_ms, 1_000) / stream.time_base), last) - first
        packet.pts, packet.dts = packet.pts + offset, packet.dts + offset
        yield packet


def _hash(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
