"""Hands in what the demo city has, each by a door that its scene declares, in that door's form.

What a scene declares no standard for goes as JSON: reports and readings.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import urlencode
from zlib import crc32
from zoneinfo import ZoneInfo

import msgspec

from console.central.centre import Place
from console.central.centre_line import CentreLine
from console.central.intake.cot import sort_of
from console.central.intake.requests311 import catalogue
from console.central.life.observer import JSON, Observer
from console.central.life.script import Sheet
from console.domain.reading import Reading
from console.scenes.scene import indicators_of
from console.wire import Posted, PostedReport, Taken

TOGETHER = 500
MILD = frozenset(("routine", "IV"))
"""An EIDO tells of no level: graver ones go by a door that does."""
AGENCY = "province.example"
XML = "application/xml"
COT_STANDS = timedelta(minutes=10)
Json = dict[str, Any]


class Courier:
    """Hands in over a line; what went by which door of which scene is counted, so is the refused.

    ``by``: (scene, door) → how many; positions are of no scene.
    """

    def __init__(self, line: CentreLine, place: Place, sheet: Sheet) -> None:
        self.line = line
        self._sheet = sheet
        self.by: Counter[tuple[str, str]] = Counter()
        self.refused: Counter[str] = Counter()
        self._place = place
        self._known = indicators_of(place.scenes)
        home = next(iter(place.city.districts.values())).point
        self._observer = Observer(line, self._known.__getitem__, home)
        self._sends: dict[str, Callable[[PostedReport], list[Posted]]] = {
            "sheet": self._by_sheet, "eido": self._by_eido, "open311": self._by_open311,
            "cot": self._by_cot,
        }  # fmt: skip

    @property
    def handed(self) -> int:
        return sum(self.by.values())

    def readings(self, readings: Sequence[Reading]) -> None:
        """Hand in what was measured: as SensorThings where a scene takes it, else as JSON."""
        observed = [r for r in readings if "sensorthings" in self._doors(r)]
        plain = [r for r in readings if "sensorthings" not in self._doors(r)]
        if wrong := self._observer.observe(observed):
            self.refused["sensorthings"] += wrong
        self.by.update((self._known[r.of].scene, "sensorthings") for r in observed)
        for n in range(0, len(plain), TOGETHER):
            told: Taken = self.line.readings(plain[n : n + TOGETHER])
            self.refused.update(wrong.key for wrong in told.wrong)
        self.by.update(
            (self._known[r.of].scene if r.topic == "indicator" else "", "readings") for r in plain
        )

    def reports(self, reports: Sequence[PostedReport]) -> None:
        """Hand in what was told, by one of the doors of its scene that can tell it."""
        for report in reports:
            scene = self._place.types[report.type].scene
            door = self._door(report, scene)
            told = self._sends[door](report) if door in self._sends else self.line.post([report])
            self.by[scene, door] += sum(each.status != "wrong" for each in told)
            self.refused.update(each.why for each in told if each.status == "wrong")

    def warning(self, cap: bytes) -> None:
        self.line.send("/intake/v1/cap", cap, "application/cap+xml", list[Posted])
        self.by["", "cap"] += 1

    # ---- which door

    def _doors(self, reading: Reading) -> tuple[str, ...]:
        known = self._known.get(reading.of)
        return self._place.scenes[known.scene].feed.doors if known else ()

    def _door(self, report: PostedReport, scene: str) -> str:
        declared = self._place.scenes[scene].feed.doors
        able = [d for d in declared if d == "reports" or self._fits(d, report)]
        return able[crc32(report.number.encode()) % len(able)] if able else "reports"

    def _fits(self, door: str, report: PostedReport) -> bool:
        """Tell whether a door's form holds what a report says."""
        fits = {
            "open311": report.type in catalogue().services, "eido": report.level in MILD,
            "sheet": report.source in self._sheet.sources,
            "cot": sort_of(report.type) is not None and bool(report.lat)
            and report.level == self._place.types[report.type].level,
        }  # fmt: skip
        return fits.get(door, False)

    # ---- in their forms

    def _by_sheet(self, report: PostedReport) -> list[Posted]:
        said, sheet = msgspec.to_builtins(report), self._sheet
        # The sheet's times are of the city, and without a zone.
        at = datetime.fromisoformat(report.at).astimezone(ZoneInfo(self._place.city.zone))
        said |= {"at": f"{at:%Y-%m-%d %H:%M:%S}", "source": sheet.sources[report.source]}
        kept = io.StringIO()
        csv.writer(kept).writerows(
            (list(sheet.columns), [said.get(name, "") for name in sheet.columns.values()])
        )
        path = f"/intake/v1/table?profile={sheet.profile}"
        return self.line.send(path, kept.getvalue().encode(), "text/csv", list[Posted])

    def _by_open311(self, report: PostedReport) -> list[Posted]:
        form = {
            "service_code": report.type, "description": report.words, "lat": report.lat,
            "long": report.lon, "address_string": report.address, "last_name": report.caller,
            "phone": report.phone,
        }  # fmt: skip
        said = urlencode({name: value for name, value in form.items() if value}).encode()
        media = "application/x-www-form-urlencoded"
        made = self.line.send("/open311/v2/requests.json", said, media, list[Json])
        return [Posted(number=report.number, status="new", report=m["service_request_id"])
                for m in made]  # fmt: skip

    def _by_cot(self, report: PostedReport) -> list[Posted]:
        return self.line.send("/intake/v1/cot", _cot(report), XML, list[Posted])

    def _by_eido(self, report: PostedReport) -> list[Posted]:
        told = self._eido(report)
        return self.line.send("/intake/v1/eido", told, JSON, list[Posted])

    def _eido(self, report: PostedReport) -> Json:
        def part(name: str, **facts: Any) -> Json:
            return {
                "$id": name, "lastUpdateTimeStamp": report.at,
                "updatedByAgencyReference": {"$ref": AGENCY}, **facts,
            }  # fmt: skip

        kind = self._place.types[report.type]
        point = (
            '<presence xmlns="urn:ietf:params:xml:ns:pidf"><gml:Point '
            'xmlns:gml="http://www.opengis.net/gml">'
            f"<gml:pos>{report.lat} {report.lon}</gml:pos></gml:Point></presence>"
        )
        return part(
            f"urn:emergency:uid:incidentid:{report.number}:{AGENCY}", eidoVersion="1.0",
            issuingElementIdentification=f"desk.{AGENCY}",
            agencyComponent=[part(
                AGENCY, agencyRoleDescriptionRegistryText=["CallReceiving"], agencyType=["psap"],
            )],
            incidentComponent=part(
                "incident", incidentTypeCommonRegistryText="Other",
                incidentTypeInternalCode=kind.code, incidentTypeInternalText=report.title,
                locationReference=[{"$ref": "place"}], notesReference=[{"$ref": "note"}],
            ),
            notesComponent=[part("note", notesActionComments=escape(report.words))],
            locationComponent=[part(
                "place", locationTypeDescriptionRegistryText="Incident",
                locationDescriptionText=report.address, locationByValue=point,
            )],
        )  # fmt: skip


def _cot(report: PostedReport) -> bytes:
    """Give a report as a CoT alert of the sort that tells of its type."""
    sort = sort_of(report.type)
    assert sort is not None  # noqa: S101 - only these go by this door
    stale = (datetime.fromisoformat(report.at) + COT_STANDS).isoformat()
    more = f"<{sort.detail}/>" if sort.detail else ""
    return (
        f'<event version="2.0" uid="{escape(report.number)}" type="{sort.cot}" how="m-g" '
        f'time="{report.at}" start="{report.at}" stale="{stale}">'
        f'<point lat="{report.lat}" lon="{report.lon}" hae="0" ce="9999999" le="9999999"/>'
        f'<detail><contact callsign="{escape(report.caller or report.number)}"/>'
        f"<emergency>{escape(report.title)}</emergency>{more}"
        f"<remarks>{escape(report.words)}</remarks></detail></event>"
    ).encode()
