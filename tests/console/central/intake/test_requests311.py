"""Citizens' requests: taken in once, seen by whoever sent them, as their incident stands."""

import pytest
from msgspec.structs import replace

from console.central import tables
from console.central.intake.frame import Unreadable
from console.central.intake.requests311 import Requests, catalogue
from console.central.intake.taking import Intake
from console.domain.access import Access
from tests.centre_driver import PEOPLE, act, step
from tests.console.central.intake.test_photo import gps, picture

WATER = PEOPLE["water"]
FORM = {"service_code": "COSP-02", "description": "路灯坏了", "lat": "32.05", "long": "118.79",
        "attribute[facility]": "lamp", "phone": "13800000000"}  # fmt: skip


@pytest.fixture
def requests(lite):
    return Requests(lite.centre, Intake(lite.centre, {}))


def wrong(requests, **form):
    with pytest.raises(Unreadable) as told:
        requests.create({**FORM, **form}, b"", "", WATER)
    return told.value.found.where


def test_every_service_is_an_event_type_with_its_attributes(requests, lite):
    listed = {row["service_code"] for row in requests.services()}
    assert listed == set(catalogue().services) <= lite.centre.place.types.keys()
    told = requests.definition("COSP-02")
    assert told["attributes"][0]["values"][1] == {"key": "lamp", "name": "路灯"}
    assert requests.definition("none") is None
    assert catalogue().source in lite.centre.place.city.sources


def test_a_request_opens_an_incident_and_the_same_form_again_does_not(requests, lite):
    made, again = (requests.create(FORM, b"", "", WATER) for _ in range(2))
    assert made["service_request_id"] == again["service_request_id"]
    report = lite.centre.get("report", made["service_request_id"])
    incident = lite.centre.get("incident", report.incident)
    assert (incident.type, incident.source, incident.scope) == (
        "COSP-02", "citizen", "320102.320102003",
    )  # fmt: skip
    assert "路灯坏了" in report.words
    assert "损坏的是什么: 路灯" in report.words
    assert lite.centre.digest(PEOPLE["lead"]).counts == {"incident": 1, "report": 1}


def test_the_senders_own_key_is_the_number(requests):
    one = requests.create(FORM, b"", "key-1", WATER)
    same = requests.create({**FORM, "description": "别的"}, b"", "key-1", WATER)
    assert one["service_request_id"] == same["service_request_id"]
    assert len(requests.all({}, WATER)) == 1


def test_the_same_key_of_another_app_is_another_request(requests):
    other = Access(user="fire", roles=("source",), scopes=("",))
    one, two = (requests.create(FORM, b"", "1", each) for each in (WATER, other))
    assert one["service_request_id"] != two["service_request_id"]


def test_one_that_was_taken_in_and_not_noted_is_noted_when_it_comes_again(requests, lite):
    requests.create(FORM, b"", "a", WATER)
    with lite.centre.ledger.writing() as line:
        line.execute(tables.request.delete())
    requests.create(FORM, b"", "a", WATER)
    assert len(requests.all({}, WATER)) == 1


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"service_code": "X"}, "service_code"), ({"lat": "x"}, "lat"), ({"lat": "999"}, "lat"),
        ({"lat": "", "long": ""}, "lat"), ({"attribute[facility]": "roof"}, "attribute[facility]"),
        ({"lat": "nan"}, "lat"), ({"lat": "1e999"}, "lat"),
    ],
)  # fmt: skip
def test_what_is_wrong_names_its_field(requests, form, field):
    assert wrong(requests, **form) == field


def test_a_photo_is_kept_and_says_where_when_nobody_else_does(requests, lite):
    seen = picture(gps=gps((32.0, 3.0, 0.0), "N", (118.0, 47.0, 24.0), "E"))
    made = requests.create({**FORM, "lat": "", "long": ""}, seen, "", WATER)
    report = lite.centre.get("report", made["service_request_id"])
    assert (round(report.lon, 3), round(report.lat, 3)) == (118.79, 32.05)
    row = requests.all({}, WATER)[0]
    name = row["media_url"].rpartition("/")[2].removesuffix(".jpg")
    assert row["media_url"] in report.words
    assert requests.photo(name, WATER).startswith(b"\xff\xd8")
    assert requests.photo(name, PEOPLE["lead"])
    assert requests.photo(name, PEOPLE["xuanwu"]), "it lies there"
    assert requests.photo(name, replace(PEOPLE["xuanwu"], scopes=("320104",))) is None
    assert requests.photo(name, Access(user="fire", roles=("source",), scopes=("",))) is None
    assert requests.photo("none", WATER) is None


def test_it_stands_as_its_incident_does(requests, lite):
    made = requests.create(FORM, b"", "", WATER)["service_request_id"]
    incident = lite.centre.get("report", made).incident
    row = requests.all({"service_request_id": made}, WATER)[0]
    assert (row["status"], row["service_code"]) == ("open", "COSP-02")
    said = act("intake", step("incident", incident, "void", reason="重复", base=1 << 30))
    lite.centre.judge_acts([said], PEOPLE["intake"])
    assert requests.all({"status": "closed"}, WATER)[0]["status"] == "closed"
    assert requests.all({"status": "open"}, WATER) == []


def test_what_was_put_together_stands_as_the_other_does(requests, lite):
    one, two = (requests.create(FORM, b"", key, WATER)["service_request_id"] for key in "ab")
    first, second = (lite.centre.get("report", each).incident for each in (one, two))
    said = act("intake", step("incident", second, "merge", parent=first, base=1 << 30))
    lite.centre.judge_acts([said], PEOPLE["intake"])
    row = requests.all({"service_request_id": two}, WATER)[0]
    assert (row["status"], "并入" in row["status_notes"]) == ("open", True)


def test_it_is_asked_for_by_time_and_service_and_by_nobody_else(requests, clock):
    requests.create(FORM, b"", "a", WATER)
    clock.turn(100 * 86_400_000)
    requests.create({**FORM, "service_code": "COSP-01"}, b"", "b", WATER)
    assert len(requests.all({}, WATER)) == 1
    assert len(requests.all({"start_date": "2025-12-31T00:00:00Z",
                             "end_date": "2026-01-02T00:00:00Z"}, WATER)) == 1  # fmt: skip
    assert requests.all({"service_code": "COSP-02"}, WATER) == []
    assert requests.all({}, Access(user="fire", roles=("source",))) == []
    with pytest.raises(Unreadable):
        requests.all({"start_date": "yesterday"}, WATER)
