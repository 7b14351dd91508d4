"""The last minutes of each camera, on disk: sealed with the cache's key, bounded, the oldest gone.

A segment is a small file of its own: the camera's packets as they came (Matroska), encrypted whole
by AES-GCM, its name bound in. What is half written, older than it may be, or sealed with another
key is never shown.
"""

import hashlib
import hmac
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct

from console.base.errors import BadData

NONCE = 12
ENDING, HALF = ".seg", ".half"
MINUTE_MS = 60_000
_PURPOSE = b"chengyun replay"


class Vault(Struct, frozen=True, kw_only=True):
    """Where segments lie, and how much of them. ``key``: 32 bytes, never shown.

    ``keep_ms``: what is older goes. ``most``: bytes of all segments together. ``spare``: bytes of
    the disk that are left alone.
    """

    folder: str
    key: bytes
    keep_ms: int = 10 * MINUTE_MS
    most: int = 4 << 30
    spare: int = 1 << 30

    def __repr__(self) -> str:
        return f"Vault({self.folder!r})"

    __str__ = __repr__


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """One piece of a camera's last minutes. Instants in ms since 1970."""

    began: int
    ended: int
    quality: str
    path: Path


class NoRoom(Exception):
    """The disk, or what may be used of it, is full."""


def key_of(cache_key: bytes) -> bytes:
    """Derive the key of the segments from the cache's: one opens no file of the other."""
    return hmac.digest(cache_key, _PURPOSE, hashlib.sha256)


def keep(vault: Vault, camera: str, quality: str, span: tuple[int, int], data: bytes) -> Path:
    """Seal a segment; NoRoom when the disk is full or all the room is used by newer ones."""
    folder = _folder(vault, camera)
    path = folder / f"{span[0]:013d}-{span[1]:013d}-{quality}{ENDING}"
    nonce = os.urandom(NONCE)
    sealed = nonce + AESGCM(vault.key).encrypt(nonce, data, _bound(camera, path))
    half = path.with_suffix(HALF)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if shutil.disk_usage(folder).free < vault.spare + len(sealed):
            raise NoRoom
        half.write_bytes(sealed)
        half.replace(path)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise NoRoom from error
    return path


def segments(vault: Vault, camera: str, since: int, until: int) -> list[Segment]:
    """Give what is kept of a camera within a time, in order; of two at once the first begun."""
    found = sorted(_parts(_folder(vault, camera)))
    chosen: list[Segment] = []
    for part in found:
        if part.ended > since and part.began < until:
            if chosen and part.began < (chosen[-1].began + chosen[-1].ended) // 2:
                continue  # the same moments, from a second tile
            chosen.append(part)
    return chosen


def opened(vault: Vault, camera: str, segment: Segment) -> bytes:
    """Open a segment; BadData when it was changed, or sealed with another key."""
    try:
        sealed = segment.path.read_bytes()
        return AESGCM(vault.key).decrypt(
            sealed[:NONCE], sealed[NONCE:], _bound(camera, segment.path)
        )
    except (InvalidTag, ValueError, OSError) as error:
        raise BadData(segment.path.name, "0", "not a segment of this seat") from error


def trim(vault: Vault, now: int) -> int:
    """Take away what is too old, and the oldest of what is too much; give the bytes that stay."""
    parts = sorted(p for folder in Path(vault.folder).glob("*/") for p in _parts(folder))
    sizes: dict[Segment, int] = {}
    for part in parts:
        if part.ended < now - vault.keep_ms or part.began > now + vault.keep_ms:
            _remove(part.path)
            continue
        with suppress(OSError):
            sizes[part] = part.path.stat().st_size
    total = sum(sizes.values())
    for part, size in sizes.items():
        if total <= vault.most:
            break
        _remove(part.path)
        total -= size
    return total


def sweep(vault: Vault) -> None:
    """Take away what was left half written by a program that ended."""
    for half in Path(vault.folder).glob(f"*/*{HALF}"):
        _remove(half)


def _parts(folder: Path) -> Iterator[Segment]:
    for path in folder.glob(f"*{ENDING}"):
        began, _, rest = path.stem.partition("-")
        ended, _, quality = rest.partition("-")
        if began.isdecimal() and ended.isdecimal():
            yield Segment(int(began), int(ended), quality, path)


def _folder(vault: Vault, camera: str) -> Path:
    """Give a camera's folder; its name tells nobody which camera that is."""
    name = hmac.digest(vault.key, camera.encode(), hashlib.sha256).hex()[:24]
    return Path(vault.folder) / name


def _bound(camera: str, path: Path) -> bytes:
    return f"{camera}\n{path.stem}".encode()


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
