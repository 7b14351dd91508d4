"""A centre's way to ONVIF cameras: which there are, said by a file, and steering them."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from console.base.clock import Clock
from console.base.errors import BadData, Refused, Unreachable
from console.base.shape import shaped
from console.central.gb28181.setup import DIGITS, Passwords, read_passwords, table
from console.domain.steering import Motion, Place
from console.video.onvif.device import Device, Door
from console.video.onvif.head import Head


class Reached(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One camera. ``code``: its 20 digits in the catalogue; ``address``: of its device service.

    ``user``: as whom it is steered, "": it asks nobody; ``profile``: the token of the profile to
    turn, "": the first that can be turned.
    """

    code: str
    address: str
    user: str = ""
    profile: str = ""


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    camera: tuple[Reached, ...] = ()


class OnvifDriver:
    """Steers ONVIF cameras by their codes, from any thread; may wait for the camera."""

    def __init__(self, heads: dict[str, Head]) -> None:
        self._heads = heads

    def knows(self, camera: str) -> bool:
        return camera in self._heads

    def steer(self, camera: str, wish: Motion | Place) -> None:
        """Steer one; Refused when it is away, cannot do that, or says no."""
        try:
            self._heads[camera].steer(wish)
        except Unreachable:
            raise Refused("refused.camera_silent", device=camera) from None
        except BadData as error:
            raise Refused("refused.onvif_says", device=camera, reason=error.why) from None

    def close(self) -> None:
        for head in self._heads.values():
            head.close()


def read_driver(file: Path, passwords: Path | None, clock: Clock) -> OnvifDriver:
    """Read which cameras are reached by ONVIF; BadData names what is wrong in which file."""
    found = shaped(table(file), _File, file.name, file.read_text("utf-8")).camera
    held = read_passwords(passwords) if passwords is not None else Passwords({})
    for each in found:
        _check(each, file.name)
    if len({each.code for each in found}) < len(found):
        raise BadData(file.name, "camera.code", "a camera is named twice")
    return OnvifDriver({each.code: Head(_device(each, held.of, file.name, clock), each.profile)
                        for each in found})  # fmt: skip


def _device(
    reached: Reached, password: Callable[[str], str | None], name: str, clock: Clock
) -> Device:
    said = password(reached.code) if reached.user else ""
    if said is None:
        raise BadData(name, reached.code, "has a user, and no password in --onvif-passwords")
    return Device(reached.address, Door(reached.user, said), clock)


def _check(reached: Reached, name: str) -> None:
    code, parts = reached.code, urlsplit(reached.address)
    if len(code) != DIGITS or not code.isascii() or not code.isdigit():
        raise BadData(name, "camera.code", f"{code!r} is not 20 digits")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadData(name, "camera.address", "is not http:// or https://")
    if parts.username or parts.password:
        raise BadData(name, "camera.address", "names a user: put it under user, and the password "
                      "into the file of passwords")  # fmt: skip
