"""Graphics hardware that decodes large pictures, where this machine has any.

Small ones gain nothing by it: to bring a picture back from a device costs what decoding it does.
"""

import threading
from typing import Any

import av
from av.codec.hwaccel import HWAccel, hwdevices_available
from av.error import FFmpegError

KINDS = ("cuda", "vaapi", "qsv", "d3d11va", "videotoolbox", "drm")
"""In this order; what libav was built without is passed over."""
PROBED = "h264"


class Hardware:
    """This process's device. ``kind`` is "" until one has been found."""

    def __init__(self) -> None:
        self.kind = ""

    def look(self, _stopping: threading.Event | None = None) -> None:
        """Look for a device: may take a second, as it wakes the drivers."""
        here = hwdevices_available()
        self.kind = next((kind for kind in KINDS if kind in here and _opens(kind)), "")

    def decoder(self, codec: str) -> Any:
        """Give a decoder of libav on the device; None where there is none for this codec.

        What the device cannot decode of a stream, libav decodes without it.
        """
        if not self.kind:
            return None
        try:
            made: Any = av.CodecContext.create(codec, "r", HWAccel(self.kind))
        except (FFmpegError, NotImplementedError, ValueError):
            return None
        return made if made.is_hwaccel else None


def _opens(kind: str) -> bool:
    try:
        HWAccel(kind, allow_software_fallback=False).create(av.Codec(PROBED, "r"))
    except (FFmpegError, NotImplementedError, ValueError):
        return False
    return True
