"""Which model of advice the seats are to use: the one that a person has put in service here."""

from hashlib import sha256
from pathlib import Path

from console.wire import ModelFile

SERVICE = "types.npz"
"""In the folder of models: the one in service; without it the one that ships is."""
PART = 256 * 1024
"""So many bytes are given at once: a line that is cut loses no more than that."""


def in_service(folder: Path | None, have: str, start: int = 0, of: str = "") -> ModelFile:
    """Give the model in service, without its bytes where the seat has them (``have``: sha256).

    ``start``: how many bytes of the model under the hash ``of`` the seat has from before; of
    another model it is given the beginning.
    """
    try:
        data = (folder / SERVICE).read_bytes() if folder else b""
    except FileNotFoundError:
        data = b""
    if not data:
        return ModelFile()
    digest = sha256(data).hexdigest()
    if digest == have:
        return ModelFile(sha256=digest, size=len(data))
    begin = start if of == digest and 0 <= start <= len(data) else 0
    part = data[begin : begin + PART]
    return ModelFile(sha256=digest, size=len(data), start=begin, data=part)
