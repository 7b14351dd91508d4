"""The two files of a seat and what is done when they fail: mended, renewed, given room, and told.

Whatever fails, memory is taken as stale: the next job begins by working out anew, from the outbox,
what waits and what is shown.
"""

import logging
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from console.base.clock import Clock
from console.base.errors import Refused
from console.base.notice import Level, Notice
from console.store import damage, files, schema
from console.store.cache import Cache
from console.store.damage import Reserve
from console.store.outbox import Outbox
from console.store.overlay import Waiting

T = TypeVar("T")
KEPT_MS, PURGE_MS = 7 * 86_400_000, 3_600_000
"""How long acts that were applied are kept, in case the centre is put back to before them."""
ROOM_BYTES = 20_000_000
"""Free space at which the disk counts as having room again."""
UNSHOWN = "unshown"
"""The topic of acts that are in the outbox and could not be shown."""
_log = logging.getLogger(__name__)
_TWIN = msgspec.json.Decoder(Waiting)


class Mending:
    """Holds both files; ``listed`` is what waits as the last good transaction left it."""

    outbox: Outbox
    _reserve: Reserve
    _place: Path
    _key: bytes

    def __init__(self, cache: Cache, clock: Clock, told: Callable[[Notice], None]) -> None:
        self._cache = cache
        self._clock = clock
        self._told = told
        self._one = threading.RLock()
        self._behind = True
        self._age = 0
        self._purged_at = 0
        self.listed: tuple[Waiting, ...] = ()
        self.troubles: dict[str, Notice] = {}

    def open(self, reserve: Reserve, outbox: Path, key: bytes, *, known: bool) -> None:
        """Open both files and mend what is spoilt."""
        self._reserve = reserve
        self._place, self._key = outbox, key
        twin = self._open_cache()
        self.outbox, notice = damage.opened(outbox, key, twin, self._clock.now(), known=known)
        if notice is not None:
            self.tell(notice)

    def close(self) -> None:
        with self._one:
            if hasattr(self, "outbox"):
                self.outbox.close()
            self._cache.close()

    def tidy(self) -> None:
        """Bring what has grown in the logs of both files into them, beside the writer."""
        now = self._clock.now()
        if now - self._purged_at > PURGE_MS:
            self._purged_at = now
            self.small(lambda outbox: outbox.purge(now - KEPT_MS))
        try:
            self._cache.tidy()
            self.outbox.tidy()
        except files.DatabaseError as error:
            if files.damaged(error):
                raise
            _log.info("the logs were not tidied: %s", error)

    def small(self, job: Callable[[Outbox], T]) -> T:
        """Do one thing with the outbox alone."""
        with self._one:
            for _ in range(2):
                try:
                    return job(self.outbox)
                except files.DatabaseError as error:
                    self._mend(error)
                    if not files.damaged(error) and not files.no_room(error):
                        raise
            raise Refused("refused.disk_full")

    def tell(self, notice: Notice) -> None:
        self.troubles[notice.topic] = notice
        self._told(notice)

    def tell_bad(self, n: int) -> None:
        if n:
            self.tell(Notice(Level.warned, "store.bad_rows", {"n": n}, topic="bad_rows"))

    # What is done when something fails

    def _mend(self, error: BaseException) -> bool:
        """Do what can be done about an error; tell whether the cache was emptied."""
        self._behind = True
        if files.damaged(error) and self.outbox.failed is error:
            self.outbox.close()
            twin = self.listed
            self.tell(damage.rescue(self._place, self._key, twin, self._clock.now()))
            self.outbox = Outbox(self._place, self._key)
            self.outbox.start()
            return False
        if files.damaged(error):
            self._renew(error)
            return True
        if files.no_room(error):
            _log.error("the disk took no more: %s", error)
            self._reserve.give()
            self.tell(Notice(Level.alarmed, "store.disk_full", topic="disk"))
            return False
        _log.error("the store failed: %s", error)
        return False

    def _not_shown(self, act: str) -> list[Waiting]:
        """Leave nothing half done: the act leaves the outbox, or, if even that fails, is taken.

        It is safe then and will be sent, but stands in no list until the disk has room: that is
        said. Refused when it is out.
        """
        if act:
            try:
                self.outbox.remove([act])
            except files.DatabaseError:
                taken = [w for w in self.outbox.all() if w.act.id == act]
                self.listed = (*self.listed, *taken)
                if taken:
                    self.tell(Notice(Level.alarmed, "store.unshown", topic=UNSHOWN))
                    return taken
        raise Refused("refused.disk_full")

    def _shown_again(self) -> bool:
        """Tell whether acts that could not be shown are shown now; and say so."""
        if self.troubles.pop(UNSHOWN, None) is None:
            return False
        self._told(Notice(Level.said, "store.shown_again", topic=UNSHOWN))
        return True

    def _room(self) -> bool:
        return shutil.disk_usage(self._place.parent).free > ROOM_BYTES

    def _open_cache(self) -> list[Waiting]:
        """Open the cache; give what it knows of the outbox. Spoilt or outdated, it is put away."""
        files.remove(self._cache.new())
        try:
            found = self._cache.version()
            if found == schema.CACHE_SCHEMA:
                with self._cache.transaction() as db:
                    rows = db.execute("SELECT waiting FROM twin ORDER BY n").fetchall()
                return [_TWIN.decode(row[0]) for row in rows]
            if not found:
                self._cache.make()
            else:
                self._cache.start_anew(None)
                self.tell(Notice(Level.said, "store.cache_outdated", topic="cache"))
        except files.DatabaseError as error:
            if not files.damaged(error):
                raise
            self._renew(error)
        return []

    def _renew(self, error: BaseException) -> None:
        """Set a spoilt cache aside and make an empty one."""
        _log.error("the cache is damaged: %s", error)
        bad = damage.aside(self._cache.path, self._clock.now())
        self._cache.start_anew(bad)
        self._age += 1
        self._behind = True
        self.tell(Notice(Level.warned, "store.cache_damaged", {"file": bad.name}, topic="cache"))

    def _breathe(self) -> None:
        """Take the reserve again once there is room."""
        if self._room():
            self._reserve.hold()
            self.troubles.pop("disk", None)
