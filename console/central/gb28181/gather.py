"""Puts the pages of a catalogue together as they come: late, twice, out of order, or never."""

import asyncio
from dataclasses import dataclass, field

from console.base.errors import BadData
from console.video.entry import Bad, Catalogue
from console.video.gb28181.catalogue import read_catalogue, together

PAGE_S = 5.0
"""So long after a page is waited for the next."""
PAGES_MOST = 20_000


@dataclass(slots=True)
class Gathering:
    """One answer to one query. ``unread``: pages that were no catalogue, as they came."""

    number: str
    pages: list[Catalogue] = field(default_factory=list[Catalogue])
    unread: list[bytes] = field(default_factory=list[bytes])
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, data: bytes, source: str) -> None:
        """Take a page."""
        if len(self.pages) + len(self.unread) >= PAGES_MOST:
            return
        try:
            self.pages.append(read_catalogue(data, source))
        except BadData:
            self.unread.append(data)
        self._news.set()

    @property
    def whole(self) -> bool:
        """Tell whether as many came as there are by the source's own word, each counted once."""
        found = together(self.pages)
        told = found.told
        if not self.pages:
            return False
        # The same wrong one may come on a page that is sent twice.
        wrong = len({(bad.what, bad.why) for bad in found.bad})
        return len(found.entries) + wrong >= told

    async def wait(self, page_s: float = PAGE_S) -> Catalogue:
        """Give the catalogue once it is whole, or once no page has come for a while."""
        while not self.whole:
            self._news.clear()
            try:
                async with asyncio.timeout(page_s):
                    await self._news.wait()
            except TimeoutError:
                break
        return together(self.pages)


def missing(found: Catalogue, unread: int = 0) -> list[Bad]:
    """Say what of a catalogue did not come, or could not be read (text keys)."""
    said: list[Bad] = []
    lost = found.told - len(found.entries) - len({(bad.what, bad.why) for bad in found.bad})
    if lost > 0:
        said.append(Bad(where=f"SumNum {found.told}", what=str(lost), why="cameras.lost_pages"))
    if unread:
        said.append(Bad(where="DeviceList", what=str(unread), why="cameras.unread_pages"))
    return said
