"""Which model of advice the seats are to use: the one that a person has put in service here."""

from hashlib import sha256
from pathlib import Path

from console.wire import ModelFile

SERVICE = "types.npz"
"""In the folder of models: the one in service; without it the one that ships is."""


def in_service(folder: Path | None, have: str) -> ModelFile:
    """Give the model in service, without its bytes where the seat has them (``have``: sha256)."""
    try:
        data = (folder / SERVICE).read_bytes() if folder else b""
    except FileNotFoundError:
        data = b""
    if not data:
        return ModelFile()
    digest = sha256(data).hexdigest()
    return ModelFile(sha256=digest, data=b"" if digest == have else data)
