"""Hands in measurements as OGC SensorThings: things and datastreams first, then data arrays."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from console.central.centre_line import CentreLine
from console.domain.indicator import Indicator
from console.domain.reading import Reading
from console.domain.record import SHARED
from console.domain.rows import split

ROOT = "/sta/v1.1"
JSON = "application/json"
MEASURED = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"
COMPONENTS = ["phenomenonTime", "result", "resultQuality"]
GEO = "application/geo+json"
Stream = tuple[str, str]
"""A datastream: the indicator, and the station."""
Json = dict[str, Any]


class Observer:
    """One account's things. ``home``: (lon, lat) of what stands for the whole city."""

    def __init__(
        self, line: CentreLine, known: Callable[[str], Indicator], home: tuple[float, float]
    ) -> None:
        self._line = line
        self._known = known
        self._home = home
        self._streams: dict[Stream, int] = {}

    def observe(self, readings: Sequence[Reading]) -> int:
        """Hand in readings of indicators; give how many were not taken."""
        if not readings:
            return 0
        new = [r for r in readings if (r.of, r.source) not in self._streams]
        if new:
            for thing in self._things(new):
                self._line.send(f"{ROOT}/Things", thing, JSON, Json)
            self._streams = dict(self._made())
        arrays = [
            {
                "Datastream": {"@iot.id": self._streams[r.of, r.source]},
                "components": COMPONENTS,
                "dataArray": [[stamp(r.at), r.value, r.quality]],
            }
            for r in readings
        ]
        told = self._line.send(f"{ROOT}/CreateObservations", arrays, JSON, list[str])
        return told.count("error")

    def _things(self, readings: Sequence[Reading]) -> Iterator[Json]:
        """Give a thing for each station of each scene, with its datastreams in it."""
        stations: dict[tuple[str, str, str], list[Reading]] = {}
        for r in readings:
            stations.setdefault((self._known(r.of).scene, r.source, r.scope), []).append(r)
        for (scene, source, scope), own in stations.items():
            district, street = (SHARED, "") if scope == SHARED else split(scope)
            where = {"district": district, "street": street}
            point = list(self._home if not own[0].lon else (own[0].lon, own[0].lat))
            name = source or scene
            yield {
                "name": name, "description": name,
                "properties": {"source": source, **{k: v for k, v in where.items() if v}},
                "Locations": [{
                    "name": name, "description": name, "encodingType": GEO,
                    "location": {"type": "Point", "coordinates": point},
                }],
                "Datastreams": [self._stream(r) for r in own],
            }  # fmt: skip

    def _stream(self, reading: Reading) -> Json:
        indicator = self._known(reading.of)
        return {
            "name": indicator.name, "description": indicator.name, "observationType": MEASURED,
            "unitOfMeasurement": {
                "name": indicator.unit, "symbol": indicator.unit, "definition": indicator.unit,
            },
            "properties": {"indicator": indicator.id, "source": reading.source},
            "Sensor": {
                "name": indicator.source, "description": indicator.source,
                "encodingType": "text/plain", "metadata": indicator.source,
            },
            "ObservedProperty": {
                "name": indicator.name, "definition": f"urn:chengyun:{indicator.id}",
                "description": indicator.note or indicator.name,
            },
        }  # fmt: skip

    def _made(self) -> Iterator[tuple[Stream, int]]:
        """Give every datastream that the centre keeps for this account, by what it measures."""
        skip, count = 0, 1
        while skip < count:
            page = self._line.read(f"{ROOT}/Datastreams?$skip={skip}", Json)
            count, held = int(page["@iot.count"]), page["value"]
            for each in held:
                said = each["properties"]
                yield (said["indicator"], said["source"]), int(each["@iot.id"])
            skip += max(len(held), 1)


def stamp(at: int) -> str:
    """Give an instant to the millisecond, with its zone."""
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds")
