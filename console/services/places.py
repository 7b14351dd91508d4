"""The places that this seat can find by words: the city's, the map's, known addresses, corrections.

Everything is at hand: the line may be cut. It is read when somebody first asks, on that thread.
"""

import threading
from collections.abc import Callable, Iterator, Sequence

from console.advise.gazetteer import ADOPTED, HAND, Entry, Found, Gazetteer
from console.advise.placewords import read_place
from console.domain.changes import Changes
from console.domain.query import Query, parse_query
from console.domain.rows import SHAPES, Row
from console.maps.build import Place
from console.services.around import Around

BACK = "90d"
"""Addresses of incidents since then are known addresses."""
NAMELESS = frozenset(("hydrant",))
"""Places of the map whose names tell none of them apart."""
TERMS = ("community", "address", "component", "grid")
"""What terms that came with imported records name places."""
_KINDS = {"recorded": HAND, "adopted": ADOPTED}
"""What a correction is to the gazetteer, by its state."""
_INCIDENT, _CORRECTION, _TERM = SHAPES["incident"], SHAPES["correction"], SHAPES["term"]


class Places:
    """Finds places. Any thread may ask and tell; ``on_map`` gives the map's named places."""

    def __init__(self, around: Callable[[], Around], on_map: Callable[[], Sequence[Place]]) -> None:
        self._around = around
        self._on_map = on_map
        self._lock = threading.Lock()
        self._held: Gazetteer | None = None
        self._touched: dict[str, set[str]] = {}

    def find(
        self, said: str, *, scope: str = "", near: tuple[float, float] | None = None, most: int = 6
    ) -> Found:
        """Find what words may mean (CGCS2000), the likeliest first; see Gazetteer.find."""
        around = self._around()
        with self._lock:
            return self._filled(around).find(said, scope=scope, near=near, most=most)

    def told(self, changes: Changes) -> None:
        """Hear of news: new addresses and corrections are known when somebody asks next."""
        with self._lock:
            if changes.everything or changes.of("term"):
                self._held = None
                return
            for kind in ("incident", "correction"):
                if ids := changes.of(kind):
                    self._touched.setdefault(kind, set()).update(ids)

    def _filled(self, around: Around) -> Gazetteer:
        if self._held is None:
            self._touched = {}
            self._held = Gazetteer(self._all(around))
        touched, self._touched = self._touched, {}
        for kind, ids in touched.items():
            if kind == "correction":
                _forget(self._held, around, ids)
            for entry in self._read(around, kind, ids):
                self._held.put(entry)
        return self._held

    def _all(self, around: Around) -> Iterator[Entry]:
        city = around.city
        for district in city.districts.values():
            yield Entry(
                district.code, "district", district.name, *district.point, district.code, "city"
            )
        for street in city.streets.values():
            scope = city.scope_of("", street.code)
            yield Entry(street.code, "street", street.name, *street.point, scope, "city")
        for n, place in enumerate(self._on_map()):
            if place.name and place.sort not in NAMELESS:
                yield Entry(f"map {n}", place.sort, place.name, place.lon, place.lat, "", "map")
        for row in around.store.find(parse_query("term", f"of:{','.join(TERMS)}"), around.view()):
            at = _TERM.index
            code, name = str(row[at("code")]), str(row[at("name")] or "")
            yield Entry(code, str(row[at("of")]), name or code, source="term")
        yield from self._read(around, "incident")
        yield from self._read(around, "correction")

    def _read(self, around: Around, kind: str, ids: set[str] | None = None) -> Iterator[Entry]:
        words = f"reported_at>@now-{BACK}" if kind == "incident" and ids is None else ""
        query = parse_query(kind, words) if words else Query(kind)
        for row in around.store.find(query, around.view(), ids=ids):
            entry = _of_case(row) if kind == "incident" else _by_hand(row)
            if entry is not None:
                yield entry


def _forget(held: Gazetteer, around: Around, ids: set[str]) -> None:
    """Drop what corrections said before: their owners may have taken them, or not."""
    for row in around.store.find(Query("correction"), around.view(), ids=ids):
        for kind in _KINDS.values():
            held.drop(_chosen(row, kind))


def _of_case(row: Row) -> Entry | None:
    """Give the house number that a located incident stands at."""
    address = str(row[_INCIDENT.index("address")] or "")
    lon, lat = float(row[_INCIDENT.index("lon")] or 0), float(row[_INCIDENT.index("lat")] or 0)
    words = read_place(address)
    if not (lon and words.door):
        return None
    end = words.rest.find(words.number) + len(words.number) + 1
    scope = _scope(row, _INCIDENT.index("district"), _INCIDENT.index("street"))
    return Entry(words.door, "door", words.rest[:end], lon, lat, scope, "case")


def _by_hand(row: Row) -> Entry | None:
    """Give the place that a person chose for words, unless the data owners did not take it."""
    kind = _KINDS.get(str(row[_CORRECTION.index("state")]))
    return _chosen(row, kind) if kind else None


def _chosen(row: Row, kind: str) -> Entry:
    at = _CORRECTION.index
    scope = _scope(row, at("district"), at("street"))
    return Entry(
        str(row[at("id")]), kind, str(row[at("said")]), float(row[at("lon")]),
        float(row[at("lat")]), scope, "correction", str(row[at("name")]),
    )  # fmt: skip


def _scope(row: Row, district: int, street: int) -> str:
    one, other = str(row[district] or ""), str(row[street] or "")
    return f"{one}.{other}" if one and other else one
