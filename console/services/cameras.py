"""What is done with the catalogue of cameras: a camera is entered once, by its code."""

from collections.abc import Mapping
from typing import Any

from console.base.errors import Refused
from console.services.around import Around, Sketch

DIGITS = 20


def camera_id(code: str) -> str:
    """Give the id of the camera with this code: the same wherever and whenever it is entered."""
    return f"cam-{code}"


def enrol(around: Around, record: None, args: Mapping[str, Any]) -> Sketch:
    """Enter a camera under its GB/T 28181 code; Refused when that is not twenty digits."""
    del record
    code = str(args["code"])
    if len(code) != DIGITS or not code.isascii() or not code.isdigit():
        raise Refused("refused.camera_code", code=code)
    return Sketch((around.born("camera", camera_id(code), "enrol", args),))
