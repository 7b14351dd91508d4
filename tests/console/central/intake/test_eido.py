"""EIDO in and out: the real sample, what breaks the rules, and ours read back by ourselves."""

import json

import msgspec
import pytest

from console.central.intake.eido import read_eido, written
from console.central.intake.frame import Ground, Unreadable
from console.domain.record import Incident, Note
from tests.drivers import ROOT, shared_data

EXAMPLE = ROOT / "resources/docs/examples/eido.json"


@pytest.fixture
def ground(lite):
    return Ground(lite.centre.place, lite.centre.clock.now() + 365 * 86_400_000)


@pytest.fixture
def said():
    return json.loads(EXAMPLE.read_text("utf-8"))


def read(said, ground):
    return read_eido(json.dumps(said).encode(), ground)[0]


def test_an_incident_elsewhere_is_a_report_here(said, ground):
    message = read(said, ground)
    posted = message.report
    assert (message.wrong, message.remarks) == ((), ())
    assert (posted.lat, posted.lon, posted.address) == (31.99, 118.77, "绕城高速花神庙枢纽")
    assert "货车起火" in posted.words
    assert (posted.title, message.thread) == ("高速公路车辆起火", said["$id"])


def test_a_newer_message_has_a_number_of_its_own_and_the_same_thread(said, ground):
    first = read(said, ground)
    later = read({**said, "lastUpdateTimeStamp": "2025-06-20T11:00:00+08:00"}, ground)
    assert first.number != later.number
    assert first.thread == later.thread


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("eidoVersion", "2.0", "eido.version"), ("agencyComponent", [], "eido.missing"),
        ("lastUpdateTimeStamp", "now", "intake.instant"), ("$id", "", "eido.missing"),
        ("notesComponent", [{"$id": "x"}], "eido.missing"),
    ],
)  # fmt: skip
def test_each_broken_rule_is_named(said, ground, key, value, rule):
    assert [f.rule for f in read({**said, key: value}, ground).wrong] == [rule]


def test_a_reference_to_nothing_is_remarked(said, ground):
    del said["notesComponent"]
    assert [r.rule for r in read(said, ground).remarks] == ["eido.dangling"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{" * 9, b"[" * 200_000, b"\xff"])
def test_what_is_none_is_unreadable(ground, body):
    with pytest.raises(Unreadable):
        read_eido(body, ground)


def test_a_bomb_in_its_place_is_not_read(said, ground):
    bomb = '<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>'
    said["locationComponent"][0]["locationByValue"] = bomb
    with pytest.raises(Unreadable) as told:
        read(said, ground)
    assert told.value.found.rule == "xml.entities"


def test_ours_is_read_back_by_ourselves(lite, ground):
    incident = Incident(
        id="i1", no="320102-1", title="塌陷 <深>", detail="三米", address="珠江路", lon=118.79,
        lat=32.05, state="accepted", updated_at=1_767_225_600_000, notes=(Note(1, "a", "已围挡"),),
    )  # fmt: skip
    told = written(incident, lite.centre.place, "C")
    message = read_eido(msgspec.json.encode(told), ground)[0]
    assert (message.wrong, message.remarks) == ((), ())
    assert "塌陷 <深>" in message.report.words
    assert "已围挡" in message.report.words
    assert (message.report.lat, message.report.lon) == (32.05, 118.79)


def test_the_real_sample_is_read(ground):
    body = (shared_data("eido") / "sample_call_transfer_EIDO.json").read_bytes()
    message = read_eido(body, ground)[0]
    assert message.wrong == ()
    assert "Wilmington" in message.report.address
    assert message.report.phone == "8195551212"


def required(name: str) -> set[str]:
    """Give what the standard's own schema asks of a component, and of its prologue."""
    words = (shared_data("eido") / "Schema/openapi.yaml").read_text("utf-8")
    part = words.split(f"\n    {name}:\n")[1].split("\n    ")[0:60]
    found: set[str] = set()
    taking = False
    for line in part:
        bare = line.strip()
        if bare == "required:":
            taking = True
        elif taking and bare.startswith("- "):
            found.add(bare.removeprefix("- "))
        elif taking:
            break
    return found


def test_ours_has_what_the_standards_schema_asks_for(lite):
    incident = Incident(id="i1", title="x", address="y", lon=118.0, lat=32.0, updated_at=1)
    told = written(incident, lite.centre.place, "C")
    prologue = required("PrologueType")
    assert prologue >= {"$id", "lastUpdateTimeStamp"}
    parts = {
        "EmergencyIncidentDataObjectType": [told], "NotesType": told["notesComponent"],
        "IncidentInformationType": [told["incidentComponent"]],
        "LocationInformationType": told["locationComponent"],
        "AgencyType": told["agencyComponent"],
    }  # fmt: skip
    for name, each in parts.items():
        for part in each:
            assert prologue | required(name) <= part.keys(), name
