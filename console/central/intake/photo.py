"""Photos that citizens send: read with bounds, written anew without what they carry beside."""

import io
from dataclasses import dataclass
from typing import Any

from PIL import ExifTags, Image, ImageOps

from console.central.intake.frame import Unreadable, finding

MOST_BYTES = 8 << 20
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1_600
FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo written anew as JPEG; ``point``: (lon, lat) WGS-84 where its camera said it was."""

    data: bytes
    point: tuple[float, float] | None = None


def rewritten(data: bytes) -> Photo:
    """Give a photo anew: upright, no larger than is needed, nothing in it but the picture.

    Unreadable when it is none, is cut off, or would unpack to too much.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(finding("photo.large", "media", most=MOST_BYTES))
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            upright, point = _read(picture), _point(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable(finding("photo.broken", "media", why=error)) from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=85, optimize=True)
    return Photo(out.getvalue(), point)


def _read(picture: Image.Image) -> Image.Image:
    """Unpack a picture, upright; only its head has been read until here."""
    if picture.width * picture.height > MOST_PIXELS:
        raise Unreadable(finding("photo.pixels", "media", most=MOST_PIXELS))
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    return ImageOps.exif_transpose(picture).convert("RGB")


def _point(picture: Image.Image) -> tuple[float, float] | None:
    """Give where a photo says it was taken; None when it does not say, or not on this earth."""
    try:
        said: dict[int, Any] = picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        lat = _degrees(said[ExifTags.GPS.GPSLatitude], said[ExifTags.GPS.GPSLatitudeRef])
        lon = _degrees(said[ExifTags.GPS.GPSLongitude], said[ExifTags.GPS.GPSLongitudeRef])
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OSError, SyntaxError):
        return None
    return (lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 and (lon or lat) else None


def _degrees(parts: Any, side: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if side in ("S", "W") else value
