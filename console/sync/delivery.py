"""Keeps the model of advice at this seat the one that its centre has put in service.

It comes in parts, and goes on where the line was cut. It is taken only under the hash that was
told with it, and only when it is a model; else what is here stays, and that is said. Where the
centre has none of its own, the one that ships is used again.
"""

import logging
import re
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import NoReturn, Protocol

from console.advise.model import MOST_BYTES, unpacked
from console.base.errors import BadData, Gone, Refused, SignedOut, Unreachable
from console.base.notice import Level, Notice
from console.wire import ModelFile

_log = logging.getLogger(__name__)
FIRST_S, EVERY_S, AGAIN_S = 20.0, 300.0, 30.0
"""So soon after the start, and then so often, the centre is asked; sooner again when it was cut."""
TOPIC = "model"
_HASH = re.compile(r"[0-9a-f]{64}")


class Source(Protocol):
    """The centre, as far as models need it (console.gateways.central)."""

    def model(self, have: str, start: int, of: str) -> ModelFile: ...


class Delivery:
    """One seat's side of it.

    ``renewed`` hears that another model lies there now; ``tell`` is for whoever sits here.
    """

    def __init__(
        self, source: Source, file: Path, renewed: Callable[[], None],
        tell: Callable[[Notice], None],
    ) -> None:  # fmt: skip
        self._source = source
        self._file = file
        self._renewed = renewed
        self._tell = tell
        self._refused = ""
        self.cut = False

    def pull(self) -> bool:
        """Ask until all of it is here; tell whether another model is in service now.

        BadData: what came is not what its hash names, or is no model; it is thrown away.
        Unreachable: what came so far is kept for the next time.
        """
        have = sha256(self._file.read_bytes()).hexdigest() if self._file.is_file() else ""
        part = self._begun()
        # Until it is whole, or the centre has said that there is nothing to fetch.
        self.cut = True
        told = self._next(have, part)
        if told.sha256 == have:
            self._drop(part)
            self.cut = False
            return False
        while told.sha256 and (part is None or part.stat().st_size < told.size):
            part = self._add(part, told)
            if part.stat().st_size < told.size:
                told = self._next(have, part)
        self.cut = False
        self._settle(told, part)
        return True

    def follow(self, stop: threading.Event) -> None:
        """Ask again and again until the seat is closed."""
        wait = FIRST_S
        while not stop.wait(wait):
            try:
                self.pull()
            except (Gone, Refused, SignedOut, Unreachable) as away:
                _log.debug("no word of models: %s", away)
            except (BadData, OSError) as error:
                _log.error("the centre's model was not taken: %s", error)
            wait = AGAIN_S if self.cut else EVERY_S

    def _next(self, have: str, part: Path | None) -> ModelFile:
        """Ask for what comes after the part that is here."""
        start, of = (part.stat().st_size, part.stem) if part else (0, "")
        return self._source.model(have, start, of)

    def _begun(self) -> Path | None:
        """Give the part of a model that is here from before; its name is the hash of the whole."""
        return next(iter(sorted(self._file.parent.glob("*.part"))), None)

    def _add(self, part: Path | None, told: ModelFile) -> Path:
        """Put what came behind what is here, or begin anew when it is of another model."""
        if _HASH.fullmatch(told.sha256) is None or told.size > MOST_BYTES or not told.data:
            self._drop(part)
            self._fail(told.sha256, "no hash, nothing came, or larger than 30 MiB")
        wanted = self._file.with_name(f"{told.sha256}.part")
        if part is not None and part != wanted:
            self._drop(part)
        if told.start != (wanted.stat().st_size if wanted.is_file() else 0):
            self._drop(wanted)
            self._fail(told.sha256, "does not go on where it was cut")
        wanted.parent.mkdir(parents=True, exist_ok=True)
        with wanted.open("ab") as out:
            out.write(told.data)
        return wanted

    def _settle(self, told: ModelFile, part: Path | None) -> None:
        """Take the model that is whole now, or the one that ships, and say so."""
        if part is None or not told.sha256:
            self._drop(part)
            self._file.unlink(missing_ok=True)
            self._renewed()
            self._tell(Notice(Level.said, "delivery.shipped", topic=TOPIC))
            return
        data = part.read_bytes()
        if sha256(data).hexdigest() != told.sha256:
            self._drop(part)
            self._fail(told.sha256, "not the bytes that their hash names")
        try:
            name = unpacked(data, self._file.name).about.name
        except BadData as error:
            self._drop(part)
            self._fail(told.sha256, error.why)
        part.replace(self._file)
        self._refused = ""
        self._renewed()
        self._tell(Notice(Level.said, "delivery.taken", {"model": name}, topic=TOPIC))

    def _fail(self, digest: str, why: str) -> NoReturn:
        """Say, once of each model, that it was not taken."""
        if digest != self._refused:
            self._tell(Notice(Level.warned, "delivery.refused", {"hash": digest[:8]}, topic=TOPIC))
        self._refused = digest
        self.cut = False
        raise BadData(self._file.name, "", why)

    def _drop(self, part: Path | None) -> None:
        if part is not None:
            part.unlink(missing_ok=True)
