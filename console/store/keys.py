"""The key of a folder's files: from the system's key ring, or a file of its own; and its end."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Protocol, cast

import keyring
from keyring.errors import KeyringError

from console.base.errors import Refused
from console.store import files

SERVICE = "chengyun"
KEY_BYTES = 32
NAME, FILE, CHECK = "key.name", "key", "key.check"
"""The key's name in the ring; the key, where there is no ring; what tells a wrong key."""
_PROBE = b"chengyun store key"


class Ring(Protocol):
    """A key ring: the part of keyring's backends that is used."""

    @property
    def priority(self) -> float: ...
    def get_password(self, service: str, username: str, /) -> str | None: ...
    def set_password(self, service: str, username: str, password: str, /) -> None: ...
    def delete_password(self, service: str, username: str, /) -> None: ...


def key_for(folder: Path, ring: Ring | None = None) -> tuple[bytes, str]:
    """Give the folder's key, made if there is none, and the key of a notice ("": nothing to say).

    A key that was put in the ring and cannot be had now is refused, never made anew.
    """
    folder.mkdir(parents=True, exist_ok=True)
    held = ring if ring is not None else _system_ring()
    if (folder / FILE).exists():
        return bytes.fromhex((folder / FILE).read_text("ascii").strip()), "store.key_in_file"
    if (folder / NAME).exists():
        return _from_ring(folder, held), ""
    key = secrets.token_bytes(KEY_BYTES)
    if _into_ring(folder, held, key):
        return key, ""
    _write(folder / FILE, key.hex())
    return key, "store.key_in_file"


def check_key(folder: Path, key: bytes) -> bool:
    """Refuse a key that is not this folder's; tell whether the folder knew a key at all."""
    place = folder / CHECK
    if not place.exists():
        return False
    if not hmac.compare_digest(place.read_bytes().strip(), _value(key)):
        raise Refused("refused.wrong_key", folder=str(folder))
    return True


def note_key(folder: Path, key: bytes) -> None:
    """Keep what a later key is checked against."""
    _write(folder / CHECK, _value(key).decode())


def wipe(folder: Path, ring: Ring | None = None) -> None:
    """Destroy the key first, so that nothing can be read any more; then the files."""
    held = ring if ring is not None else _system_ring()
    if (folder / NAME).exists():
        try:
            held.delete_password(SERVICE, (folder / NAME).read_text("ascii"))
        except KeyringError:
            raise Refused("refused.key_stays", folder=str(folder)) from None
    if (folder / FILE).exists():
        _write(folder / FILE, "0" * KEY_BYTES * 2)
    for name in (FILE, NAME, CHECK, "reserve"):
        (folder / name).unlink(missing_ok=True)
    for path in list(folder.glob("*.db")):
        files.remove(path)


def _system_ring() -> Ring:
    return cast(Ring, keyring.get_keyring())


def _from_ring(folder: Path, ring: Ring) -> bytes:
    try:
        found = ring.get_password(SERVICE, (folder / NAME).read_text("ascii"))
    except KeyringError:
        found = None
    if found is None:
        raise Refused("refused.key_missing", folder=str(folder))
    return bytes.fromhex(found)


def _into_ring(folder: Path, ring: Ring, key: bytes) -> bool:
    if ring.priority <= 0:
        return False
    name = secrets.token_hex(8)
    try:
        ring.set_password(SERVICE, name, key.hex())
        if ring.get_password(SERVICE, name) != key.hex():
            return False
    except KeyringError:
        return False
    _write(folder / NAME, name)
    return True


def _value(key: bytes) -> bytes:
    return hmac.digest(key, _PROBE, hashlib.sha256).hex().encode()


def _write(place: Path, text: str) -> None:
    """Write a small file that only its owner reads, so that it is there or not, never half."""
    half = place.with_name(f"{place.name}.new")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    half.replace(place)
