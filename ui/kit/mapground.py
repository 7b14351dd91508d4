"""The ground that a seat's map is drawn on: its package, or bare ground that says so."""

from collections.abc import Callable

from console.app import Core
from console.base.text import text
from console.domain.words import UNKNOWN
from console.maps.online import Service
from console.maps.package import About, TileId
from console.maps.source import Source

BARE = About("", "", "", "pbf", 7, 7, (118.0, 31.0, 119.5, 33.0))


class Bare:
    """No map at all: every tile is missing."""

    late = False
    about = BARE

    def tile(self, id: TileId) -> bytes | None:
        del id
        return None

    def close(self) -> None:
        return None


def ground_of(core: Core) -> Source:
    """Give what the map is drawn from."""
    return core.maps.ground or Bare()


def said_of(
    source: Source, under: Source | None, when: Callable[[int], str] = str,
    labels: Service | None = None,
) -> str:  # fmt: skip
    """Say what the ground is, from where and as of when; ``when`` words an instant (ms UTC).

    ``under``: the map on disk that is seen where a service has nothing. ``labels``: the service
    that gives the names; of it is said how old they are, and that it is left alone.
    """
    said = _said(source, under, when)
    if labels is None:
        return said
    standing = labels.standing()
    since = when(standing.oldest) if standing.oldest else UNKNOWN
    key = "map.labels.rests" if standing.rests_until else "map.labels.up"
    return f"{said} · {text(key, since=since, until=when(standing.rests_until))}"


def _said(source: Source, under: Source | None, when: Callable[[int], str]) -> str:
    about = source.about
    if isinstance(source, Service):
        standing = source.standing()
        since = when(standing.oldest) if standing.oldest else UNKNOWN
        if not standing.rests_until:
            return text("map.service.up", name=about.name, since=since)
        said = text(
            "map.service.rests", name=about.name, since=since, until=when(standing.rests_until)
        )
        return said if under is None else f"{said} · {_dated(under.about)}"
    return text("map.no_ground") if isinstance(source, Bare) else _dated(about)


def _dated(about: About) -> str:
    return text("map.ground", date=about.date or text("map.undated"), source=about.source)
