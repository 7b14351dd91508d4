"""Advice at one seat: what kind of case words tell of, and whether it is known already.

Everything comes from files and the cache: the line may be cut. The model is read when it is first
asked for, on the thread that asks.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from console.advise.bands import Bands, read_bands
from console.advise.case import CaseAdvice, Duplicate, Kind, Site
from console.advise.gazetteer import Found
from console.advise.invented import TEXT
from console.advise.model import Judged, Model, read_model
from console.advise.units import Advice, Nearer
from console.advise.urgency import urgent
from console.base import resources
from console.base.errors import BadData
from console.domain.changes import Changes
from console.domain.datum import Cgcs2000
from console.domain.query import parse_query
from console.domain.reading import Reading
from console.domain.record import Incident
from console.domain.rows import split
from console.maps.library import Library
from console.services import alike
from console.services.around import Around
from console.services.duplicates import Known
from console.services.fit import ByRoad, Positions, nearer_than, units_for
from console.services.places import Places
from console.services.site import site_of

_log = logging.getLogger(__name__)
SHIPPED = "advice/types.npz"
"""Under resources; of the same name in the seat's folder: what its centre sent."""
Last = Mapping[tuple[str, str], Reading]
"""The last readings, by what they are of and their source."""
UNDER_WAY = "state:dispatched,signed updated_at>@now-2h"
WATCHED = 8
"""So many cases of one person are watched after dispatch."""
FEWEST = 4
"""Of fewer characters nothing is advised."""


class Adviser:
    """Answers from any thread.

    ``around`` gives the place as it is now, ``last`` where units were last, ``maps`` what the
    map's packages know. ``places`` finds places by words.
    """

    def __init__(
        self, around: Callable[[], Around], folder: Path, last: Callable[[str], Last],
        maps: Library,
    ) -> None:  # fmt: skip
        self._around = around
        self._last = last
        self._maps = maps
        self.file = folder / SHIPPED
        self._lock = threading.Lock()
        self._model: Model | None = None
        self.known = Known(following=True)
        self.places = Places(around, maps.places)

    def told(self, changes: Changes) -> None:
        """Hear of news."""
        self.known.told(changes)
        self.places.told(changes)

    def wake(self) -> None:
        """Read what the first answer needs, so that whoever begins to type does not wait for it."""
        around = self._around()
        self.model()
        self.places.find(around.city.name)
        alike.find(around, Incident(id="", reported_at=around.clock.now()))
        middle = next(d.point for d in around.city.districts.values())
        self.site(middle)
        if roads := self._maps.roads():
            ByRoad(roads).times_to(middle, [middle])

    def duplicates(self, id: str) -> list[Duplicate]:
        """Give the incidents that this one may be, with the reasons."""
        around = self._around()
        found = around.store.get("incident", id)
        return alike.find(around, found) if isinstance(found, Incident) else []

    def advise(self, draft: Mapping[str, Any], id: str = "") -> CaseAdvice:
        """Advise on what is written so far: words, title, detail, address, scope, type, phone.

        ``id``: the incident that it already is.
        """
        around = self._around()
        said = {name: str(value) for name, value in draft.items() if value}
        text = " ".join(dict.fromkeys(said[n] for n in ("words", "title", "detail") if n in said))
        if len(text) < FEWEST:
            return CaseAdvice(text, "unknown")
        case, place = self._placed(self._draft(around, said, text, id), text)
        twins = tuple(alike.find(around, case, said.get("phone", "")))
        model = self.model()
        if place is not None and place.sure:
            # What a place is called says nothing of what happened there.
            text = text.replace(place.hits[0].entry.name, " ")
        judged = model.judge({TEXT: text})
        kinds = self._kinds(around, judged, case.scope)
        level = around.types[kinds[0].type].level if kinds else ""
        kind = case.type or (kinds[0].type if kinds else "")
        meant = replace(case, type=kind, level=case.level if case.type else level or case.level)
        site = self.site((case.lon, case.lat), kind, case.level or level) if case.lon else None
        units = units_for(around, meant, *self._moving()) if case.lon and kind else None
        return CaseAdvice(
            text, _bands().of(judged) if kinds else "unknown", kinds, judged.deciding, twins,
            urgent(text, level), place, site, units, model.about.name,
        )  # fmt: skip

    def site(self, at: tuple[float, float], type: str = "", level: str = "") -> Site:
        """Say what is at a place (CGCS2000): cases, what helps, what is in danger, plans."""
        return site_of(self._around(), self._maps, at, type, level)

    def scope_at(self, at: tuple[float, float]) -> str:
        """Give the scope of a point by the map's boundaries; "" where they do not hold it."""
        found = self._maps.boundaries().locate(Cgcs2000.of(*at))[0]
        return self._around().city.scope_of(found.district, found.street)

    def renew(self) -> None:
        """Read the model anew when somebody asks next."""
        with self._lock:
            self._model = None

    def model(self) -> Model:
        """Give the model in service here: the centre's if one came, else the one that ships."""
        with self._lock:
            if self._model is None:
                self._model = self._read()
            return self._model

    def since(self) -> int:
        """Give when the model in service came to this seat, ms UTC; 0: it is the one that ships."""
        try:
            return int(self.file.stat().st_mtime * 1000)
        except FileNotFoundError:
            return 0

    def _read(self) -> Model:
        if self.file.is_file():
            try:
                return read_model(self.file)
            except BadData as error:
                # It is fetched anew by its hash; until then there is advice all the same.
                _log.error("the model at this seat cannot be read: %s", error)
                self.file.unlink(missing_ok=True)
        return read_model(resources.path(SHIPPED))

    def _kinds(self, around: Around, judged: Judged, scope: str) -> tuple[Kind, ...]:
        if not judged.known:
            return ()
        district, street = split(scope)
        return tuple(
            Kind(
                pick.label, pick.confidence,
                around.city.resolve(around.types[pick.label].lead, district, street),
            )
            for pick in judged.picks if pick.label in around.types
        )  # fmt: skip

    def units(self, id: str) -> Advice | None:
        """Say whom to send to an incident that has a place; None where it has none."""
        around = self._around()
        found = around.store.get("incident", id)
        if not isinstance(found, Incident) or not found.lon:
            return None
        return units_for(around, found, *self._moving())

    def nearer(self, id: str) -> list[Nearer]:
        """Say which free units would be at an incident sooner than those on their way."""
        around = self._around()
        found = around.store.get("incident", id)
        if not isinstance(found, Incident) or not found.lon:
            return []
        return nearer_than(around, found, *self._moving())

    def watched(self) -> list[Nearer]:
        """Say where, of whom this person has sent and is still on the way, another is nearer.

        The latest of their cases are looked at; what has stood for hours is not on the way.
        """
        around = self._around()
        query = parse_query("incident", f"handler:@me {UNDER_WAY} sort:-updated_at")
        rows = around.store.find(query, around.view())[:WATCHED]
        return [found for row in rows for found in self.nearer(str(row[0]))]

    def _moving(self) -> tuple[Positions, ByRoad | None]:
        roads = self._maps.roads()
        seen = {of: (r.lon, r.lat, r.at) for (of, _), r in self._last("position").items()}
        return seen, ByRoad(roads) if roads else None

    def _draft(self, around: Around, said: Mapping[str, str], text: str, id: str) -> Incident:
        held = around.store.get("incident", id) if id else None
        if isinstance(held, Incident):
            return held
        kind = around.types.get(said.get("type", ""))
        return Incident(
            id=id, title=text, type=kind.code if kind else "", scene=kind.scene if kind else "",
            scope=said.get("scope", ""), address=said.get("address", ""),
            lon=_number(said.get("lon", "")), lat=_number(said.get("lat", "")),
            reported_at=around.clock.now(),
        )  # fmt: skip

    def _placed(self, case: Incident, text: str) -> tuple[Incident, Found | None]:
        """Find where a case is by its address, else by its words; it lies there if that is sure."""
        near = (case.lon, case.lat) if case.lon else None
        found = self.places.find(case.address or text, scope=case.scope, near=near)
        if not found.hits:
            return case, None
        first = found.hits[0]
        if found.sure and not case.lon:
            scope = case.scope or self.scope_at((first.lon, first.lat))
            case = replace(case, lon=first.lon, lat=first.lat, scope=scope)
        return case, found


@lru_cache(maxsize=1)
def _bands() -> Bands:
    return read_bands()


def _number(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        return 0.0
