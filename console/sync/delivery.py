"""Keeps the model of advice at this seat the one that its centre has put in service.

The bytes are taken only under the hash that was told with them, and only when they are a model;
else what is here stays. Where the centre has none of its own, the one that ships is used again.
"""

import logging
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from console.advise.model import unpacked
from console.base.errors import BadData, Gone, Refused, SignedOut, Unreachable
from console.wire import ModelFile

_log = logging.getLogger(__name__)
FIRST_S, EVERY_S = 20.0, 900.0
"""So soon after the start, and then so often, the centre is asked."""


class Source(Protocol):
    """The centre, as far as models need it (console.gateways.central)."""

    def model(self, have: str) -> ModelFile: ...


class Delivery:
    """One seat's side of it. ``renewed`` hears that another model lies there now."""

    def __init__(self, source: Source, file: Path, renewed: Callable[[], None]) -> None:
        self._source = source
        self._file = file
        self._renewed = renewed

    def pull(self) -> bool:
        """Ask once; tell whether another model is in service now. BadData: what came is none."""
        have = sha256(self._file.read_bytes()).hexdigest() if self._file.is_file() else ""
        told = self._source.model(have)
        if told.sha256 == have:
            return False
        if told.sha256:
            self._take(told)
        else:
            self._file.unlink(missing_ok=True)
        self._renewed()
        return True

    def follow(self, stop: threading.Event) -> None:
        """Ask again and again until the seat is closed."""
        wait = FIRST_S
        while not stop.wait(wait):
            wait = EVERY_S
            try:
                self.pull()
            except (Gone, Refused, SignedOut, Unreachable) as away:
                _log.debug("no word of models: %s", away)
            except (BadData, OSError) as error:
                _log.error("the centre's model was not taken: %s", error)

    def _take(self, told: ModelFile) -> None:
        if sha256(told.data).hexdigest() != told.sha256:
            raise BadData(self._file.name, "", "not the bytes that their hash names")
        unpacked(told.data, self._file.name)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        part = self._file.with_suffix(".part")
        part.write_bytes(told.data)
        part.replace(self._file)
