"""Recovery: files that are spoilt are set aside, what they held is saved, and it is said."""

import logging
import os
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from console.base.errors import Refused
from console.base.notice import Level, Notice
from console.store import files, outbox
from console.store.outbox import Outbox
from console.store.overlay import QUEUED, SENT, Waiting

RESERVE_BYTES = 1_000_000
_log = logging.getLogger(__name__)


class Reserve:
    """A megabyte kept on the disk, given back when it is full, so that acts can still be taken."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "reserve"
        self.hold()

    def hold(self) -> None:
        """Take the megabyte, if there is room for it."""
        if self._path.exists():
            return
        half = self._path.with_name("reserve.new")
        try:
            with half.open("wb") as file:
                file.write(bytes(RESERVE_BYTES))
                file.flush()
                os.fsync(file.fileno())
            half.replace(self._path)
        except OSError as error:
            half.unlink(missing_ok=True)
            _log.info("no room for the reserve: %s", error)

    def give(self) -> bool:
        """Give it back to the disk; tell whether there was one."""
        try:
            self._path.unlink()
        except FileNotFoundError:
            return False
        return True


def refuse_other_key(path: Path, key: bytes) -> None:
    """Refuse a key that does not open an outbox that is there; nothing is renamed for its sake."""
    if not path.exists():
        return
    held = Outbox(path, key)
    try:
        held.made()
    except files.DatabaseError as error:
        if files.damaged(error):
            raise Refused("refused.wrong_key", folder=str(path.parent)) from None
        raise
    finally:
        held.close()


def aside(path: Path, at: int) -> Path:
    """Name the place of a spoilt file: of caches the last is kept."""
    if path.stem == "cache":  # it can be filled again; a spoilt outbox is never deleted
        for old in path.parent.glob(f"{path.stem}.bad-*.db"):
            files.remove(old)
    return path.with_name(f"{path.stem}.bad-{at}.db")


def finish(path: Path) -> None:
    """Finish a rescue that a crash broke off between its two renames."""
    new = path.with_name("outbox.new.db")
    if new.exists() and not path.exists():
        new.replace(path)


def rescue(path: Path, key: bytes, twin: Iterable[Waiting], at: int) -> Notice:
    """Save a spoilt (or vanished) outbox: what can be read, and what the cache's twin still knows.

    The spoilt file is kept. An act from the twin may have been sent; the centre takes none twice.
    """
    copies = {w.act.id: w for w in twin}
    saved: list[Waiting] = []
    kept: dict[str, bytes] = {}
    failed: list[int] = []
    if path.exists():
        saved, kept, failed = outbox.salvage(path, key)
    for waiting in saved:
        copies.pop(waiting.act.id, None)
    restored = [
        replace(w, state=SENT, tries=max(1, w.tries)) if w.state == QUEUED else w
        for w in copies.values()
    ]
    known = max((w.n for w in restored), default=0)
    lost = [n for n in failed if n > known]
    everything = sorted((*saved, *restored), key=lambda w: w.n)
    new = path.with_name("outbox.new.db")
    outbox.save_all(new, key, everything, kept)
    bad = aside(path, at)
    files.set_aside(path, bad)
    new.replace(path)
    _log.error(
        "outbox damaged: %d saved, %d from the twin, rows %s lost", len(saved), len(restored), lost
    )
    args: dict[str, object] = {
        "saved": len(saved), "restored": len(restored), "lost": len(lost),
        "rows": ", ".join(map(str, lost)) or "-", "file": bad.name if bad.exists() else "-",
    }  # fmt: skip
    return Notice(Level.alarmed, "store.outbox_damaged", args, topic="outbox")


def opened(
    path: Path, key: bytes, twin: Iterable[Waiting], at: int, *, known: bool
) -> tuple[Outbox, Notice | None]:
    """Open the outbox; a spoilt one, or one that was there and is gone, is rescued first."""
    finish(path)
    held = Outbox(path, key)
    try:
        held.start(known=known)
    except Refused:
        held.close()
        raise
    except (files.DatabaseError, outbox.Flawed) as error:
        held.close()
        if isinstance(error, files.DatabaseError) and not files.damaged(error):
            raise
        notice = rescue(path, key, twin, at)
        held = Outbox(path, key)
        held.start()
        return held, notice
    return held, None
