"""The ground that a seat's map is drawn on: its package, or bare ground that says so."""

from console.app import Core
from console.base.text import text
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


def said_of(source: Source) -> str:
    """Say what the ground is, from where and as of when."""
    about = source.about
    if isinstance(source, Bare):
        return text("map.no_ground")
    return text("map.ground", date=about.date or text("map.undated"), source=about.source)
