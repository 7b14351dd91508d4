"""Fetches from the centre where units were, for what this seat was not there to hear of."""

from typing import Final, Protocol

from console.base.clock import Clock
from console.base.errors import Refused, Unreachable
from console.domain.track import Fixes, Stretch
from console.store.lastvalues import LastValues
from console.store.tracks import Fix

PATH: Final = "/sync/v1/tracks"
SOONEST_MS: Final = 60_000
"""What is missing of less than this is what the seat is about to hear."""
PAGES: Final = 100
"""The most pages of one stretch: what is more is said not to be held."""


class Source(Protocol):
    """The centre, as far as tracks need it (console.gateways.central)."""

    def ask(self, path: str, shape: type[Fixes], params: dict[str, int]) -> Fixes: ...


class Trails:
    """One seat's side of it; asks only for what is missing here."""

    def __init__(self, values: LastValues, source: Source, clock: Clock) -> None:
        self._values = values
        self._source = source
        self._clock = clock

    def fetch(self, since: int, until: int) -> bool:
        """Fetch what is not held of a stretch; tell whether anything was fetched.

        Unreachable when the line is away: what came before it broke off is kept, and is not asked
        for again.
        """
        until = min(until, self._clock.now())
        missing = [s for s in self._values.missing(since, until) if s[1] - s[0] > SOONEST_MS]
        for stretch in missing:
            self._fetch(stretch)
        return bool(missing)

    def _fetch(self, stretch: Stretch) -> None:
        since, until = stretch
        after = -1
        for _ in range(PAGES):
            page = self._page({"since": since, "until": until, "after": after})
            upto = page.next if page.more else page.until
            self._values.absorb_fixes(_fixes(page), (since, upto), self._clock.now())
            if upto >= until and not page.more:
                return
            since, after = upto, page.after if page.more else -1

    def _page(self, params: dict[str, int]) -> Fixes:
        try:
            page = self._source.ask(PATH, Fixes, params)
        except Refused as refused:  # a centre without this door: nothing a person could do
            raise Unreachable(refused.key) from refused
        onward = params["since"] <= (page.next if page.more else page.until) <= params["until"]
        columns = (page.of, page.at, page.lon, page.lat, page.heading)
        whole = len({len(column) for column in columns}) == 1
        if not whole or not onward or any(not 0 <= n < len(page.units) for n in page.of):
            raise Unreachable("sync.why.strange")
        return page


def _fixes(page: Fixes) -> list[Fix]:
    columns = zip(page.of, page.at, page.lon, page.lat, page.heading, strict=True)
    return [(page.units[n], at, lon, lat, heading) for n, at, lon, lat, heading in columns]
