"""Citizens' requests by Open311 GeoReport v2: services, requests and how they stand."""

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import select

from console.base import resources
from console.base.shape import shaped
from console.base.text import TEXTS, text
from console.central import tables
from console.central.centre import Centre
from console.central.intake.frame import (
    Ground,
    Message,
    Unreadable,
    finding,
    instant,
    stamp,
)
from console.central.intake.photo import Photo, rewritten
from console.central.intake.reports import id_of, told
from console.central.intake.taking import KNOWN, NEW, Intake
from console.central.sitting import upsert
from console.domain.access import Access, sees
from console.domain.record import Incident, Report
from console.wire import PostedReport

DOOR = "open311"
FILE = "intake/open311.toml"
MOST = 1_000
SPAN = 90 * 86_400_000
"""The longest stretch of time that is asked for at once."""
WORDS = 4_000
OPEN, CLOSED = "open", "closed"
Types = Literal["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]
Row = dict[str, Any]
_R, _P = tables.request.c, tables.photo.c


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    """One value that an attribute may have."""

    key: str
    name: str
    name_en: str


class Attribute(Struct, frozen=True, forbid_unknown_fields=True):
    """Something more that is asked of a service's requests."""

    services: tuple[str, ...]
    code: str
    datatype: Types
    required: bool
    description: str
    description_en: str
    values: tuple[Choice, ...] = ()


class Catalogue(Struct, frozen=True, forbid_unknown_fields=True):
    """What citizens may ask for: event types as services, and what is asked beside."""

    jurisdiction: str
    source: str
    purpose: str
    services: tuple[str, ...]
    attribute: tuple[Attribute, ...] = ()

    def asked(self, service: str) -> list[Attribute]:
        """Give the attributes of a service."""
        return [each for each in self.attribute if service in each.services]


@cache
def catalogue() -> Catalogue:
    """Read the catalogue; BadData names the line and key that is wrong."""
    words = resources.path(FILE).read_text("utf-8")
    return shaped(resources.table(FILE), Catalogue, FILE, words)


class Requests:
    """The requests of a centre."""

    def __init__(self, centre: Centre, intake: Intake) -> None:
        self._centre = centre
        self._intake = intake

    def services(self) -> list[Row]:
        """Give the services, as the standard lists them."""
        types, scenes = self._centre.place.types, self._centre.place.scenes
        return [
            {
                "service_code": code, "service_name": _named(types[code]),
                "description": types[code].trigger, "type": "realtime",
                "metadata": bool(catalogue().asked(code)),
                "keywords": ",".join(types[code].keywords),
                "group": _named(scenes[types[code].scene]),
            } for code in catalogue().services if code in types
        ]  # fmt: skip

    def definition(self, service: str) -> Row | None:
        """Give what is asked beside for a service; None when there is no such."""
        if service not in catalogue().services:
            return None
        attributes = [
            {
                "variable": True, "code": each.code, "datatype": each.datatype,
                "required": each.required, "datatype_description": "", "order": n,
                "description": _said(each.description, each.description_en),
                "values": [{"key": v.key, "name": _said(v.name, v.name_en)} for v in each.values],
            } for n, each in enumerate(catalogue().asked(service), 1)
        ]  # fmt: skip
        return {"service_code": service, "attributes": attributes}

    def create(
        self, form: Mapping[str, str], photo: bytes, key: str, source: Access
    ) -> Row:  # fmt: skip
        """Take in a request; sent again it is the same. Unreadable names the field."""
        raw = msgspec.json.encode({k: v for k, v in form.items() if k != "api_key"}) + photo
        now = self._centre.clock.now()
        try:
            message, seen = message_of(
                form, photo, number_of(source, key or _mark(raw, now)), self._intake.ground(source)
            )
        except Unreadable as error:
            message, seen = Message(key, raw, wrong=(error.found,)), None
        answer = self._intake.take_messages(DOOR, [message], source)[0]
        if answer.status not in (NEW, KNOWN):
            raise Unreadable(finding(answer.rule, answer.field, why=answer.why))
        if answer.report not in {row.id for row in self._rows([answer.report])}:
            # Also of one that is known: the centre may have stopped just before this line.
            self._keep(answer.report, form["service_code"], source.user, seen, now)
        return {
            "service_request_id": answer.report, "service_notice": text("open311.notice"),
            "account_id": form.get("account_id", ""),
        }  # fmt: skip

    def all(self, asked: Mapping[str, str], source: Access) -> list[Row]:
        """Give the requests of an account that meet what is asked, the newest first."""
        begins, ends = self._between(asked)
        query = select(tables.request).where(_R.source == source.user)
        if ids := [i for i in asked.get("service_request_id", "").split(",") if i][:MOST]:
            query = query.where(_R.id.in_(ids))
        else:
            query = query.where(_R.at >= begins, _R.at <= ends)
        if codes := [c for c in asked.get("service_code", "").split(",") if c]:
            query = query.where(_R.service.in_(codes))
        with self._centre.ledger.reading() as line:
            rows = line.execute(query.order_by(_R.at.desc(), _R.id).limit(MOST)).all()
        wanted = {s for s in asked.get("status", "").split(",") if s}
        told_of = self._told(rows)
        return [row for row in told_of if not wanted or row["status"] in wanted]

    def photo(self, id: str, access: Access) -> bytes | None:
        """Give a photo to the account that sent it, and to people who may see its report."""
        query = select(_R.id, _R.source, _P.data).join_from(
            tables.photo, tables.request, _R.photo == _P.id
        )
        with self._centre.ledger.reading() as line:
            rows = line.execute(query.where(_P.id == id).limit(MOST)).all()
        reports = self._centre.found(Report.kind, [row.id for row in rows])
        for row in rows:
            held = reports.get(row.id)
            mine = row.source == access.user
            person = set(access.roles) != {"source"} and held is not None
            if mine or (person and held is not None and sees(access, held.scope)):
                return bytes(row.data)
        return None

    # ---- inside

    def _rows(self, reports: Sequence[str]) -> Sequence[Any]:
        with self._centre.ledger.reading() as line:
            return line.execute(select(tables.request).where(_R.id.in_(reports))).all()

    def _keep(self, report: str, service: str, source: str, seen: Photo | None, now: int) -> None:
        name = sha256(seen.data).hexdigest() if seen else ""
        row = {"id": report, "source": source, "service": service, "at": now, "photo": name}
        with self._centre.ledger.writing() as line:
            upsert(line, tables.request, [row], ("id",))
            if seen:
                upsert(line, tables.photo, [{"id": name, "at": now, "data": seen.data}], ("id",))

    def _between(self, asked: Mapping[str, str]) -> tuple[int, int]:
        now = self._centre.clock.now()
        ends = _asked_at(asked, "end_date") or now
        begins = _asked_at(asked, "start_date") or ends - SPAN
        return max(begins, ends - SPAN), ends

    def _told(self, rows: Sequence[Any]) -> list[Row]:
        reports = self._centre.found(Report.kind, [row.id for row in rows])
        opened = [r.incident for r in reports.values() if isinstance(r, Report) and r.incident]
        incidents = dict(self._centre.found(Incident.kind, sorted(set(opened))))
        parents = [i.parent for i in incidents.values() if isinstance(i, Incident) and i.parent]
        incidents |= self._centre.found(Incident.kind, sorted(set(parents)))
        return [self._row(row, reports.get(row.id), incidents) for row in rows]

    def _row(self, row: Any, report: object, incidents: Mapping[str, object]) -> Row:
        said = report if isinstance(report, Report) else Report(id=row.id)
        found = incidents.get(said.incident)
        own = found if isinstance(found, Incident) else Incident(id="")
        main = incidents.get(own.parent) if own.parent else own
        held = main if isinstance(main, Incident) else own
        place = self._centre.place
        handle = held.deadlines.get("handle")
        over = held.state not in self._centre.judge.machines[Incident.kind].opened
        lead = place.city.departments.get(held.lead)
        notes = held.result or (text(f"state.incident.{held.state}") if held.state else "")
        if held is not own:
            notes = text("open311.merged", notes=notes)
        return {
            "service_request_id": row.id, "status": CLOSED if held.state and over else OPEN,
            "status_notes": notes, "service_name": _named(place.types[row.service]),
            "service_code": row.service, "description": said.words,
            "agency_responsible": _named(lead) if lead else "", "service_notice": "",
            "requested_datetime": stamp(row.at),
            "updated_datetime": stamp(max(held.updated_at, row.at)),
            "expected_datetime": stamp(handle.due) if handle else "", "address": said.address,
            "address_id": "", "zipcode": "", "lat": said.lat or "", "long": said.lon or "",
            "media_url": f"/open311/v2/media/{row.photo}.jpg" if row.photo else "",
        }  # fmt: skip


def message_of(
    form: Mapping[str, str], photo: bytes, number: str, ground: Ground
) -> tuple[Message, Photo | None]:
    """Read the fields of a request, and its photo; Unreadable names the field that is wrong."""
    service = form.get("service_code", "")
    if not service:
        raise Unreadable(finding("intake.missing", "service_code"))
    if service not in catalogue().services:
        raise Unreadable(finding("open311.service", "service_code", value=service))
    more = _attributes(service, form)
    seen = rewritten(photo) if photo else None
    lon, lat = _point(form, seen)
    address = form.get("address_string", "")[:500] or form.get("address_id", "")[:200]
    if not (lon or lat or address):
        raise Unreadable(finding("open311.where", "lat"))
    words = "\n".join([form.get("description", "")[:WORDS].strip(), *more]).strip()
    kind = ground.place.types[service]
    words = words or _named(kind)
    if seen is not None:
        words = f"{words}\n{text('open311.photo', path=path_of(seen))}"
    caller = " ".join(filter(None, (form.get("last_name"), form.get("first_name"))))[:100]
    posted = PostedReport(
        source=catalogue().source, number=number, words=words, at=stamp(ground.now), type=service,
        purpose=catalogue().purpose, caller=caller, phone=form.get("phone", "")[:40],
        address=address, lon=lon, lat=lat, crs="WGS84", level=kind.level,
    )  # fmt: skip
    raw = msgspec.json.encode(posted)
    return told(posted, raw, ground), seen


def path_of(photo: Photo) -> str:
    """Give where a photo is read."""
    return f"/open311/v2/media/{sha256(photo.data).hexdigest()}.jpg"


def number_of(source: Access, key: str) -> str:
    """Give the number of a request: its sender's key is its own, whatever others' keys are."""
    return f"{source.user[:40]} {key[:80]}"


def report_id(source: Access, key: str) -> str:
    """Give the id of the request that an account sent with a key."""
    number = number_of(source, key)
    posted = PostedReport(source=catalogue().source, number=number, words="-", at="-")
    return id_of(posted, "report")


def _attributes(service: str, form: Mapping[str, str]) -> list[str]:
    """Give what was said to the attributes as words; Unreadable when one is wrong or missing."""
    found: list[str] = []
    for each in catalogue().asked(service):
        field = f"attribute[{each.code}]"
        said = form.get(field, "").strip()[:WORDS]
        if each.required and not said:
            raise Unreadable(finding("intake.missing", field))
        names = {v.key: v.name for v in each.values}
        if said and names and said not in names:
            raise Unreadable(finding("intake.unknown", field, value=said))
        if said:
            found.append(f"{each.description}: {names.get(said, said)}")
    return found


def _point(form: Mapping[str, str], seen: Photo | None) -> tuple[float, float]:
    lat, lon = form.get("lat", ""), form.get("long", "")
    if not lat and not lon:
        return seen.point if seen and seen.point else (0.0, 0.0)
    try:
        point = float(lon), float(lat)
    except ValueError:
        raise Unreadable(finding("intake.range", "lat", value=f"{lat},{lon}")) from None
    if not (70 <= point[0] <= 140 and 0 <= point[1] <= 60):
        raise Unreadable(finding("intake.range", "lat", value=f"{lat},{lon}"))
    return point


def _asked_at(asked: Mapping[str, str], name: str) -> int:
    said = asked.get(name, "")
    at = instant(said)
    if said and not at:
        raise Unreadable(finding("intake.instant", name, value=said))
    return at


def _mark(raw: bytes, now: int) -> str:
    """Give a number to what has none: the same form on the same day is the same request."""
    return f"{now // 86_400_000}-{sha256(raw).hexdigest()[:40]}"


def _named(thing: Any) -> str:
    return _said(thing.name, thing.name_en)


def _said(chinese: str, english: str) -> str:
    return english if TEXTS.language == "en" and english else chinese
