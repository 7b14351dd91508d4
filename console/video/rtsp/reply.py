"""What a camera answers over RTSP (RFC 2326): its head, read from wherever it stands."""

from dataclasses import dataclass

HEAD_MOST = 16_384
ENDS = b"\r\n\r\n"


class Broken(Exception):
    """What comes is no RTSP any more."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. ``status``: 0 of a request of the camera's own, None where it is no number.

    ``heads``: their names in small letters; what comes twice is kept twice.
    """

    status: int | None
    heads: tuple[tuple[str, str], ...]
    body: bytes = b""

    def head(self, name: str) -> str:
        """Give the first of this name, "" where there is none."""
        return next((value for key, value in self.heads if key == name), "")

    @property
    def length(self) -> int | None:
        """Give how long the body is said to be; None where that is no number."""
        said = self.head("content-length") or "0"
        return int(said) if said.isascii() and said.isdigit() and len(said) < 8 else None


def read_reply(data: bytes, at: int = 0) -> tuple[Reply, int] | None:
    """Read a head that begins there; give it, and where its body begins. None: it is not whole.

    Broken when it has no end.
    """
    ends = data.find(ENDS, at, at + HEAD_MOST)
    if ends < 0:
        if len(data) - at > HEAD_MOST:
            raise Broken("a head without end")
        return None
    first, *lines = data[at:ends].decode("utf-8", "replace").split("\r\n")
    pairs = (line.partition(":") for line in lines if ":" in line)
    heads = tuple((name.strip().lower(), value.strip()) for name, _, value in pairs)
    word, _, rest = first.partition(" ")
    said = rest[:3] if word.startswith("RTSP/") else "0"
    status = int(said) if said.isascii() and said.isdigit() else None
    return Reply(status, heads), ends + len(ENDS)
