"""Departments' reports: the good go in, once; the wrong are told, each with its reason."""

import msgspec
import pytest
from sqlalchemy import func, select

from console.central import tables
from console.central.intake.frame import Unreadable
from console.central.intake.reports import read_reports
from console.central.intake.taking import Intake
from console.domain.access import Access
from console.wire import PostedReport, pack
from tests.centre_driver import PEOPLE, XUANWU

GOOD = {
    "source": "hotline", "number": "A-1", "words": "路面塌陷\n很危险", "caller": "王某",
    "at": "2026-01-01T08:00:00+08:00", "phone": "13800000000", "address": "珠江路1号",
    "district": XUANWU, "street": "320102002", "urgency": "urgent", "lon": 118.79, "lat": 32.05,
}  # fmt: skip


@pytest.fixture
def intake(built):
    return Intake(built.centre, {"urgent": "10m"})


def post(intake, *reports, source="water"):
    return intake.post([msgspec.Raw(pack(r)) for r in reports], PEOPLE[source])


def aside(centre):
    with centre.ledger.reading() as line:
        return line.execute(select(func.count()).select_from(tables.set_aside)).scalar()


def test_a_report_opens_an_incident_with_its_clock(intake, centre):
    told = post(intake, GOOD)[0]
    assert told.status == "new"
    incident, report = centre.get("incident", told.incident), centre.get("report", told.report)
    assert (incident.title, incident.scope) == ("路面塌陷", "320102.320102002")
    assert incident.source == "hotline"
    assert str(incident.deadlines["accept"].limit) == "10m"
    assert (report.incident, report.state, report.number) == (incident.id, "attached", "A-1")
    assert report.at == 1_767_225_600_000
    assert report.phone == "13800000000"
    entries = centre.history("incident", incident.id, PEOPLE["lead"]).entries
    assert {e.by for e in entries} == {"water"}


def test_the_same_number_is_taken_in_once_whatever_else_it_says(intake, centre):
    first = post(intake, GOOD)[0]
    again, changed = post(intake, GOOD, {**GOOD, "words": "别的话"})
    for told in (again, changed):
        assert (told.status, told.report, told.incident) == ("known", first.report, first.incident)
    assert centre.digest(PEOPLE["lead"]).counts == {"incident": 1, "report": 1}


def test_the_same_number_of_another_account_is_another_report(intake, centre):
    another = Access(user="gauge", roles=("source",), scopes=("",))
    own = post(intake, GOOD)[0]
    other = intake.post([msgspec.Raw(pack(GOOD))], another)[0]
    assert (own.status, other.status) == ("new", "new")
    assert own.incident != other.incident


def test_what_its_type_has_of_its_own_is_kept_with_the_incident(intake, centre):
    kind = next(t for t in centre.place.types.values() if "confidence" in t.fields)
    said = {**GOOD, "type": kind.code, "fields": {"confidence": 0.92}}
    incident = centre.get("incident", post(intake, said)[0].incident)
    assert incident.extra == {"confidence": "0.92"}


def test_twice_in_one_request_is_once(intake, centre):
    assert [t.status for t in post(intake, GOOD, GOOD)] == ["new", "known"]


def test_the_same_number_of_another_source_is_another_report(intake):
    assert [t.status for t in post(intake, GOOD, {**GOOD, "source": "110"})] == ["new", "new"]


def test_a_report_may_come_without_an_incident(intake, centre):
    told = post(intake, {**GOOD, "incident": False})[0]
    assert (told.incident, centre.get("report", told.report).state) == ("", "received")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", ""), ("number", "x" * 129), ("words", " \n"), ("words", "长" * 20_001),
        ("at", "2026-01-01T08:00:00"), ("at", "yesterday"), ("at", "2030-01-01T00:00:00Z"),
        ("source", "nobody"), ("district", "999999"), ("street", "1"), ("type", "X"),
        ("scene", "X"), ("level", "V"), ("urgency", "now"), ("crs", "XIAN80"), ("lon", 12.0),
        ("lat", 99.0), ("street", "320104002"), ("lon", "east"), ("words", 7), ("extra", 1),
    ],
)  # fmt: skip
def test_a_wrong_report_names_its_field_and_reason_and_stops_no_other(intake, centre, field, value):
    wrong = {**GOOD, "number": "W", field: value}
    told, good = post(intake, wrong, GOOD)
    assert told.status == "wrong"
    assert field in (told.field or told.why)
    assert told.why
    assert "⟦" not in told.why
    assert good.status == "new"
    assert aside(centre) == 1
    post(intake, wrong)
    assert aside(centre) == 1


def test_a_place_in_another_datum_is_kept_in_cgcs2000(intake, centre):
    told = post(intake, {**GOOD, "lon": 118.736849, "lat": 32.035032, "crs": "GCJ-02"})[0]
    report = centre.get("report", told.report)
    assert (report.lon, report.lat) == pytest.approx((118.731634, 32.037071), abs=1e-6)
    assert report.crs == "CGCS2000"


def test_a_report_from_outside_the_places_of_the_source_is_wrong(intake, centre):
    told = post(intake, {**GOOD, "district": "320104", "street": ""}, source="xuanwu")[0]
    assert (told.status, told.report) == ("wrong", "")
    assert aside(centre) == 1


def test_what_was_wrong_goes_in_when_it_is_sent_again_put_right(intake):
    assert post(intake, {**GOOD, "district": "x"})[0].status == "wrong"
    assert post(intake, GOOD)[0].status == "new"


def test_a_type_brings_its_scene(intake, centre):
    code = next(iter(centre.place.types))
    told = post(intake, {**GOOD, "type": code})[0]
    made = centre.get("incident", told.incident)
    assert (made.type, made.scene) == (code, centre.place.types[code].scene)


def test_nul_and_odd_characters_do_no_harm(intake):
    told = post(
        intake, {**GOOD, "number": "a\0b", "words": "x\0y"}, {**GOOD, "words": 1, "number": "\0"}
    )
    assert [t.status for t in told] == ["new", "wrong"]


def test_a_body_that_cannot_be_read_is_set_aside_whole(intake, centre):
    for body in (b"{", b"[" * 100_000, b"\xff"):
        with pytest.raises(Unreadable):
            intake.take("reports", read_reports, body, PEOPLE["water"])
    assert [each.size for each in intake.aside.all()] != []
    assert aside(centre) == 3


def test_a_report_that_does_not_say_where_is_the_citys_to_place(intake, centre):
    told = post(intake, {**GOOD, "district": "", "street": "", "lon": 0, "lat": 0})[0]
    assert centre.get("incident", told.incident).scope == centre.place.city.code


def test_a_report_that_gives_only_a_point_lies_where_the_map_says(intake, centre):
    told = post(intake, {**GOOD, "district": "", "street": ""})[0]
    where = (GOOD["lon"], GOOD["lat"])
    street = centre.get("incident", told.incident).scope.partition(".")[2]
    assert street == centre.whereabouts.of(centre.place.city, *where)[1] != ""


def test_the_example_is_a_posted_report():
    assert msgspec.convert(GOOD, PostedReport).number == "A-1"
