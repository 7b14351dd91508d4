"""NENA EIDO 1.0 in and out: an emergency incident as other centres tell of it.

In, each EIDO is a report of its incident, known by the incident's id; a newer one of the same
incident is a further report of it. Out, an incident is told with its place, notes and departments.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from console.base import resources
from console.base.shape import shaped
from console.central.centre import Place
from console.central.intake.frame import (
    NUMBER,
    Finding,
    Ground,
    Message,
    Unreadable,
    finding,
    instant,
    list_of,
    stamp,
    table_of,
)
from console.central.intake.markup import Node, read_markup
from console.central.intake.reports import told
from console.domain.record import Incident
from console.wire import PostedReport

FILE = "intake/eido.toml"
VERSION = "1.0"
PROLOGUE = ("$id", "lastUpdateTimeStamp", "updatedByAgencyReference")
NEEDS = (*PROLOGUE, "eidoVersion", "issuingElementIdentification", "agencyComponent")
LONGEST = 20_000
MOST = 2_000
"""The most components of one sort."""
CIVIC = ("A1", "A2", "A3", "A4", "A5", "A6", "PRD", "RD", "STS", "HNO", "LMK", "LOC")
_TAG = re.compile(r"<[^>]{0,500}>")
Json = dict[str, Any]


class Forms(Struct, frozen=True, forbid_unknown_fields=True):
    """What a report that came as EIDO is said to be; whose name goes on those that go out."""

    source: str
    purpose: str
    domain: str
    role: str
    type: str
    place: str


@cache
def forms() -> Forms:
    """Read them; BadData names the line and key that is wrong."""
    words = resources.path(FILE).read_text("utf-8")
    return shaped(resources.table(FILE), Forms, FILE, words)


def read_eido(body: bytes, ground: Ground) -> list[Message]:
    """Read one EIDO."""
    try:
        said = table_of(msgspec.json.decode(body))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(finding("intake.json", why=error)) from None
    if said is None:
        raise Unreadable(finding("sta.object", "$"))
    number = str(said.get("$id", ""))
    if wrong := next(_breaks(said), None):
        return [Message(number[:NUMBER], body, wrong=(wrong,))]
    remarks = tuple(_dangling(said))
    address, point = _where(said)
    incident = table_of(said.get("incidentComponent")) or {}
    kind = str(incident.get("incidentTypeInternalCode", ""))
    at = str(said["lastUpdateTimeStamp"])
    posted = PostedReport(
        source=forms().source, purpose=forms().purpose, number=f"{number[:80]}@{instant(at)}",
        words=_words(said, incident)[:LONGEST], title=_title(incident)[:60], at=at,
        phone=_phone(said)[:40], address=address[:500], lon=point[0], lat=point[1], crs="WGS84",
        type=kind if kind in ground.place.types else "",
    )  # fmt: skip
    message = told(posted, body, ground, *remarks)
    return [replace(message, thread=number)]


def written(incident: Incident, place: Place, node: str) -> Json:
    """Give an incident as an EIDO."""
    said = forms()
    agency = {"$ref": said.domain}
    at = stamp(incident.updated_at)

    def part(id: str, **facts: Any) -> Json:
        return {"$id": id, "lastUpdateTimeStamp": at, "updatedByAgencyReference": agency, **facts}

    name = f"urn:emergency:uid:incidentid:{incident.id}:{said.domain}"
    kind = place.types.get(incident.type)
    facts: Json = {
        "incidentTypeCommonRegistryText": said.type, "internalIncidentId": incident.no,
        "incidentTypeInternalCode": incident.type,
        "incidentTypeInternalText": kind.name if kind else "",
        "incidentStatusInternalText": [incident.state],
        "incidentPriorityInternalText": incident.level,
    }  # fmt: skip
    told_of = part(
        name, eidoVersion=VERSION, issuingElementIdentification=f"{node.lower()}.{said.domain}",
        agencyComponent=[part(said.domain, agencyRoleDescriptionRegistryText=[said.role],
                              agencyType=["psap"])],
    )  # fmt: skip
    words = [(f"{incident.id}-title", f"{incident.title}\n{incident.detail}".strip())]
    words += [(f"{incident.id}-note-{n}", note.text) for n, note in enumerate(incident.notes)]
    told_of["notesComponent"] = [
        part(name, notesActionComments=html.escape(text)) for name, text in words
    ]
    facts["notesReference"] = [{"$ref": name} for name, _ in words]
    if incident.address or incident.lon:
        spot = f"{incident.id}-place"
        told_of["locationComponent"] = [part(
            spot, locationTypeDescriptionRegistryText=said.place, locationByValue=_pidf(incident),
            locationDescriptionText=incident.address,
        )]  # fmt: skip
        facts["locationReference"] = [{"$ref": spot}]
    told_of["incidentComponent"] = part(f"{incident.id}-incident", **facts)
    return told_of


# ---- inside


def _breaks(said: Json) -> Iterator[Finding]:
    for key in NEEDS:
        if not said.get(key):
            yield finding("eido.missing", key)
    if said.get("eidoVersion") != VERSION:
        yield finding("eido.version", "eidoVersion", value=said.get("eidoVersion"))
    if not instant(str(said.get("lastUpdateTimeStamp", ""))):
        yield finding("intake.instant", "lastUpdateTimeStamp",
                      value=said.get("lastUpdateTimeStamp"))  # fmt: skip
    for name, part in _components(said):
        for key in PROLOGUE:
            if not part.get(key):
                yield finding("eido.missing", f"{name}/{key}")


def _components(said: Json) -> Iterator[tuple[str, Json]]:
    for key, value in said.items():
        if not key.endswith("Component"):
            continue
        parts = list_of(value)
        if parts is None:
            parts = [value]
        if len(parts) > MOST:
            raise Unreadable(finding("eido.many", key, most=MOST))
        for n, part in enumerate(parts):
            found = table_of(part)
            if found is None:
                raise Unreadable(finding("sta.object", f"{key}[{n}]"))
            yield f"{key}[{n}]", found


def _dangling(said: Json) -> Iterator[Finding]:
    """Give the references that lead to nothing in the message."""
    parts = list(_components(said))
    known = {str(part.get("$id")) for _, part in parts}
    for name, part in parts:
        for key, value in part.items():
            for each in list_of(value) or [value]:
                ref = table_of(each)
                if (
                    ref is not None
                    and isinstance(ref.get("$ref"), str)
                    and ref["$ref"] not in known
                ):
                    yield finding("eido.dangling", f"{name}/{key}", value=ref["$ref"])


def _where(said: Json) -> tuple[str, tuple[float, float]]:
    """Give the address and the point (lon, lat) of the first location that says them."""
    address, point = "", (0.0, 0.0)
    for name, part in _components(said):
        if not name.startswith("locationComponent") or not part.get("locationByValue"):
            continue
        try:
            root = read_markup(str(part["locationByValue"]).encode())
        except Unreadable as error:
            inner = error.found
            raise Unreadable(
                Finding(inner.rule, f"{name}/locationByValue", inner.line, inner.args)
            ) from None
        address = address or str(part.get("locationDescriptionText", "")) or _civic(root)
        point = point if any(point) else _geodetic(root, name)
    return address, point


def _civic(root: Node) -> str:
    for node in root.walk():
        if node.name == "civicAddress":
            return " ".join(filter(None, (node.said(part) for part in CIVIC)))
    return ""


def _geodetic(root: Node, name: str) -> tuple[float, float]:
    for node in root.walk():
        if node.name == "pos":
            try:
                lat, lon = (float(each) for each in node.text.split()[:2])
            except ValueError:
                raise Unreadable(
                    finding("cap.point", f"{name}/locationByValue", node.line, value=node.text)
                ) from None
            return lon, lat
    return 0.0, 0.0


def _words(said: Json, incident: Json) -> str:
    notes = [
        html.unescape(_TAG.sub(" ", str(part.get("notesActionComments", "")))).strip()
        for name, part in _components(said) if name.startswith("notesComponent")
    ]  # fmt: skip
    calls = [
        str(part.get("standardPrimaryCallType", ""))
        for name, part in _components(said) if name.startswith("callComponent")
    ]  # fmt: skip
    lines = [_title(incident), *notes, *calls, str(said.get("$id", ""))]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _title(incident: Json) -> str:
    kinds = (
        incident.get("incidentTypeInternalText"),
        incident.get("incidentTypeCommonRegistryText"),
    )
    return next((str(kind) for kind in kinds if kind), "")


def _phone(said: Json) -> str:
    for name, part in _components(said):
        if name.startswith("callbackComponent"):
            for each in list_of(part.get("callBackInformationUri")) or []:
                if str(each).startswith("tel:"):
                    return str(each).removeprefix("tel:")
    return ""


def _pidf(incident: Incident) -> str:
    """Give a place as PIDF-LO: a point, and the address as words."""
    pos = f"<gml:pos>{incident.lat:.7f} {incident.lon:.7f}</gml:pos>" if incident.lon else ""
    point = (
        '<gml:Point xmlns:gml="http://www.opengis.net/gml" '
        f'srsName="urn:ogc:def:crs:EPSG::4326">{pos}</gml:Point>'
    )
    civic = (
        '<civicAddress xmlns="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">'
        f"<country>CN</country><LOC>{html.escape(incident.address)}</LOC></civicAddress>"
    )
    return (
        '<presence xmlns="urn:ietf:params:xml:ns:pidf" '
        'xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10" '
        'xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" entity="pres:incident">'
        f'<dm:device id="place"><gp:geopriv><gp:location-info>{point if pos else ""}'
        f"{civic if incident.address else ''}</gp:location-info>"
        "<gp:usage-rules/></gp:geopriv></dm:device></presence>"
    )
