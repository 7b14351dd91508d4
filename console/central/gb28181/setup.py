"""What a file says of this city's end of GB/T 28181, and of those it registers with.

Passwords stand in a file of their own that nobody else may read, and go into no log.
"""

import tomllib
from pathlib import Path

from msgspec import Struct

from console.base.errors import BadData
from console.base.shape import shaped

ANYBODY, WATCHING = "*", "rtsp"
DIGITS = 20


class Upper(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A platform to register with. ``domain``: the first ten digits, as a rule."""

    id: str
    domain: str
    host: str
    port: int = 5060
    way: str = "udp"


class Setup(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """This end. ``host``: where it listens; ``said``: the address that others are told.

    ``ports``: from which to which (UDP) pictures may come in, (0, 0): any. ``keepalive_s``: after
    three times that without a sign of life a device is off line. ``rtsp_port``: where seats watch,
    each by the pass of its account. ``rtsp_user``: who else may, a player that is no seat; the
    password stands with the others.
    """

    id: str
    domain: str
    host: str = "127.0.0.1"
    said: str = ""
    port: int = 5060
    rtsp_port: int = 0
    rtsp_user: str = ""
    ports: tuple[int, int] = (0, 0)
    keepalive_s: float = 60.0
    expires_s: int = 3_600
    upper: tuple[Upper, ...] = ()

    @property
    def address(self) -> str:
        """Give the address that others are told."""
        return self.said or self.host


class Passwords:
    """Passwords by the 20 digits of a device or platform; "*" is good for any device."""

    def __init__(self, held: dict[str, str]) -> None:
        self._held = held

    def __repr__(self) -> str:
        return f"Passwords({len(self._held)})"

    def of(self, id: str) -> str | None:
        """Give the password of a device; None when it may not come in at all."""
        return self._held.get(id, self._held.get(ANYBODY))

    def own(self, id: str) -> str:
        """Give our password at another platform; "" when none is kept."""
        return self._held.get(id, "")


def read_setup(file: Path) -> Setup:
    """Read the file; BadData names the line or key that is wrong."""
    found = shaped(table(file), Setup, file.name, file.read_text("utf-8"))
    for each in (found.id, *(upper.id for upper in found.upper)):
        if len(each) != DIGITS or not each.isascii() or not each.isdigit():
            raise BadData(file.name, "id", f"{each!r} is not 20 digits")
    for upper in found.upper:
        if upper.way not in ("udp", "tcp"):
            raise BadData(file.name, "upper.way", f"{upper.way!r} is neither udp nor tcp")
    return found


def read_passwords(file: Path) -> Passwords:
    """Read ``id = "password"`` lines; BadData when others may read the file."""
    if file.stat().st_mode & 0o077:
        raise BadData(file.name, "", "others may read it: chmod 600")
    read = table(file)
    if not all(isinstance(value, str) for value in read.values()):
        raise BadData(file.name, "", "every password is a text")
    return Passwords({str(name): str(value) for name, value in read.items()})


def table(file: Path) -> dict[str, object]:
    """Read a TOML file; BadData says what is wrong with it."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadData(file.name, "", str(error)) from error
