"""Advice at one seat: what kind of case words tell of, and whether it is known already.

Everything comes from files and the cache: the line may be cut. The model is read when it is first
asked for, on the thread that asks.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from console.advise.bands import Bands, read_bands
from console.advise.case import CaseAdvice, Duplicate, Kind
from console.advise.invented import TEXT
from console.advise.model import Judged, Model, read_model
from console.advise.units import Advice
from console.advise.urgency import urgent
from console.base import resources
from console.domain.changes import Changes
from console.domain.reading import Reading
from console.domain.record import Incident
from console.domain.rows import split
from console.maps.build import Place
from console.maps.roads import Roads
from console.services import alike
from console.services.around import Around
from console.services.duplicates import Known, told_of
from console.services.fit import ByRoad, units_for
from console.services.places import Places

SHIPPED = "advice/types.npz"
"""Under resources; of the same name in the seat's folder: what its centre sent."""
Last = Mapping[tuple[str, str], Reading]
"""The last readings, by what they are of and their source."""
FEWEST = 4
"""Of fewer characters nothing is advised."""


class Adviser:
    """Answers from any thread.

    ``around`` gives the place as it is now, ``last`` where units were last, ``roads`` and
    ``on_map`` the map's. ``places`` finds places by words.
    """

    def __init__(
        self, around: Callable[[], Around], folder: Path, last: Callable[[str], Last],
        roads: Callable[[], Roads | None], on_map: Callable[[], Sequence[Place]],
    ) -> None:  # fmt: skip
        self._around = around
        self._last = last
        self._roads = roads
        self._file = folder / SHIPPED
        self._lock = threading.Lock()
        self._model: Model | None = None
        self.known = Known(following=True)
        self.places = Places(around, on_map)

    def told(self, changes: Changes) -> None:
        """Hear of news."""
        self.known.told(changes)
        self.places.told(changes)

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
        case = self._draft(around, said, text, id)
        twins = tuple(alike.find(around, case, said.get("phone", "")))
        model = self.model()
        judged = model.judge({TEXT: text})
        kinds = self._kinds(around, judged, said.get("scope", ""))
        level = around.types[kinds[0].type].level if kinds else ""
        return CaseAdvice(
            text, _bands().of(judged) if kinds else "unknown", kinds, judged.deciding, twins,
            urgent(text, level), self._beside(around, case), model.about.name,
        )  # fmt: skip

    def model(self) -> Model:
        """Give the model in service here: the centre's if one came, else the one that ships."""
        with self._lock:
            if self._model is None:
                held = self._file if self._file.is_file() else resources.path(SHIPPED)
                self._model = read_model(held)
            return self._model

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
        roads = self._roads()
        seen = {of: (r.lon, r.lat, r.at) for (of, _), r in self._last("position").items()}
        return units_for(around, found, seen, ByRoad(roads) if roads else None)

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

    def _beside(self, around: Around, draft: Incident) -> int | None:
        if not (draft.lon or draft.address):
            return None
        opened = around.judge.machines["incident"].opened
        return len(self.known.beside(around.store, around.view(), told_of(draft), opened))


@lru_cache(maxsize=1)
def _bands() -> Bands:
    return read_bands()


def _number(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        return 0.0
