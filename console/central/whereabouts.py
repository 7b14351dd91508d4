"""Which district and street a report lies in, by the map's polygons, where it does not say."""

from pathlib import Path

from console.domain.city import City
from console.domain.datum import Cgcs2000
from console.maps.library import Library


class Whereabouts:
    """Where points lie in a city: by the packages of a folder, else by the map that ships with it.

    Safe to ask from any thread.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._maps = Library(folder, name)

    def of(self, city: City, lon: float, lat: float) -> tuple[str, str]:
        """Give the district and the street of a point (degrees, CGCS2000).

        "" where no polygon holds it, or where the city does not know the polygon's code.
        """
        found = self._maps.boundaries().locate(Cgcs2000.of(lon, lat))[0]
        if found.street in city.streets:
            return city.district_of(found.street), found.street
        return (found.district if found.district in city.districts else ""), ""

    def close(self) -> None:
        self._maps.close()
