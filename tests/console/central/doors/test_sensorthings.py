"""SensorThings over real HTTP, with the conformance entities: some are made, some refused."""

import json
import re

import pytest

from tests.console.central.intake.test_things import STREAM, THING
from tests.drivers import shared_data

ROOT = "/sta/v1.1"


@pytest.fixture
def source(call):
    return call("water")


@pytest.fixture
def ids(source):
    """Give ids by which the placeholders of the samples are filled."""
    thing = made(source, "Things", json.dumps(THING).encode())
    stream = source.get(f"{ROOT}/Datastreams").json()["value"][0]["@iot.id"]
    feature = {
        "description": "x",
        "encodingType": "x",
        "feature": {"type": "Point", "coordinates": [118, 32]},
    }
    return {
        "THING": thing, "DATASTREAM": stream,
        "SENSOR": source.get(f"{ROOT}/Sensors").json()["value"][0]["@iot.id"],
        "PROPERTY": source.get(f"{ROOT}/ObservedProperties").json()["value"][0]["@iot.id"],
        "FOI": made(source, "FeaturesOfInterest", json.dumps(feature).encode()),
    }  # fmt: skip


def made(source, address, body):
    answer = source.post(f"{ROOT}/{address}", body)
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"].endswith(answer.json()["@iot.selfLink"].rpartition("/")[2])
    return answer.json()["@iot.id"]


def filled(path, ids):
    def meant(hole):
        name = hole[1].replace("OBSERVEDPROPERTY", "PROPERTY").replace("OBSPROP", "PROPERTY")
        return str(ids[name])

    return re.sub(r"\$([A-Z]+)[-_]ID", meant, path.read_text("utf-8")).encode()


@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE"])
def test_a_change_is_answered_in_the_services_own_words(source, method):
    thing = made(source, "Things", json.dumps(THING).encode())
    answer = source.http.request(
        method, f"{source.running.url}{ROOT}/Things({thing})", data=b"{}", timeout=20
    )
    assert (answer.status_code, answer.json()["rule"]) == (501, "sta.fixed")
    assert "POST" in answer.json()["message"]
    assert source.get(f"{ROOT}/Things({thing})").status_code == 200


def test_made_read_back_and_paged(source):
    thing = made(source, "Things", json.dumps(THING).encode())
    one = source.get(f"{ROOT}/Things({thing})").json()
    assert one["description"] == THING["description"]
    for n in range(3):
        made(source, "Things", json.dumps({"description": str(n)}).encode())
    page = source.get(f"{ROOT}/Things", **{"$top": 3}).json()
    assert (page["@iot.count"], len(page["value"])) == (4, 3)
    assert "$skip=3" in page["@iot.nextLink"]
    assert {s["name"] for s in source.get(ROOT).json()["value"]} >= {"Things", "Observations"}


def test_what_goes_wrong_is_said_in_the_services_own_words(source, call):
    for answer, code in (
        (source.post(f"{ROOT}/Things", b"{}"), 400), (source.post(f"{ROOT}/Nothing", b"{}"), 404),
        (source.get(f"{ROOT}/Things(999)"), 404), (source.get(f"{ROOT}/Observations"), 501),
        (source.post(f"{ROOT}/Things", b"["), 400), (call("lead").get(ROOT), 403),
        (source.get(f"{ROOT}/Things", **{"$top": "x"}), 400),
        (source.post(f"{ROOT}/Things", b" " * (1 << 20) + b"x"), 413),
    ):  # fmt: skip
        said = answer.json()
        assert (answer.status_code, said["code"], said["type"]) == (code, code, "error")
        assert said["message"]


MADE = {
    "Things": ["thing/4.json", "thing/5.json", "thing/6.json", "thing/7.json",
               "thing/complete.json",
               "thing/embeddedLocation.json", "thing/largeProperties.json", "thing/shovel.json",
               "thing/thing.json"],
    "Locations": ["locations/cuba-point.json", "locations/location.json"],
    "Sensors": ["sensors/2.json", "sensors/3.json", "sensors/4.json", "sensors/sensor.json"],
    "ObservedProperties": ["observedproperties/2.json", "observedproperties/3.json",
                           "observedproperties/4.json", "observedproperties/observedproperty.json"],
    "FeaturesOfInterest": ["foi/1.json", "foi/2.json", "foi/deerfootTrail.json", "foi/foi.json"],
    "Datastreams": ["datastreams/5.json", "datastreams/6.json", "datastreams/7.json",
                    "datastreams/8.json", "datastreams/embeddedEntities.json",
                    "datastreams/linkedObservedPropertyValid.json",
                    "datastreams/linkedSensorValid.json", "datastreams/linkedThingValid.json"],
    "Observations": [f"observations/{n}.json" for n in (7, 8, 9, 10)] + [
        "observations/linkedDataStream.json", "observations/linkedDataStreamWithFOI.json",
        "observations/embeddedFeatureOfInterestValid.json",
        "observations/intervalPhenomenonTime.json"],
    "Things({THING})/Datastreams": ["datastreams/3.json", "datastreams/embeddedEntities2.json",
                                    "datastreams/embeddedEntitiesAddObservations.json",
                                    "datastreams/nestedDatastream.json"],
    "Datastreams({DATASTREAM})/Observations": [
        *(f"observations/{n}.json" for n in (1, 2, 3, 4, 5, 6, 11, 12, 13, 14)),
        "observations/observation.json", "observations/observationWithoutPTime.json",
        "observations/observationWithoutPTimeValid.json"],
}  # fmt: skip
REFUSED = {
    "Things": {"thing/2.json": "sta.link", "thing/3.json": "sta.link"},
    "Locations": {"locations/2.json": "sta.extra", "locations/3.json": "sta.geometry",
                  "locations/4.json": "sta.geometry",
                  "locations/southern-alberta-polygon.json": "sta.geometry"},
    "FeaturesOfInterest": {"foi/missingEncodingType.json": "sta.missing"},
    "Datastreams": {f"datastreams/{n}.json": "sta.link" for n in (
        1, 2, 3, 4, "embeddedEntities2", "linkedObservedProperty", "linkedSensor", "linkedThing",
        "nestedDatastream")} | {"datastreams/datastream.json": ""},
    "Observations": {f"observations/{n}.json": "sta.link" for n in (
        1, 2, 3, 4, 5, 6, 11, 12, 13, 14, "observation", "observationWithoutPTime",
        "observationWithoutPTimeValid")},
}  # fmt: skip
del REFUSED["Datastreams"]["datastreams/datastream.json"]
MADE["Datastreams"].append("datastreams/datastream.json")


def pairs(held):
    return [(address, name) for address, names in held.items() for name in names]


def test_every_conformance_entity_that_is_right_is_made(source, ids):
    folder = shared_data("sensorthings")
    for address, name in pairs(MADE):
        body = filled(folder / name, ids)
        answer = source.post(f"{ROOT}/{address.format(**ids)}", body)
        assert answer.status_code == 201, (address, name, answer.text)


def test_every_conformance_entity_that_is_wrong_is_refused_by_its_rule(source, ids):
    folder = shared_data("sensorthings")
    for address, name in pairs(REFUSED):
        answer = source.post(f"{ROOT}/{address}", filled(folder / name, ids))
        said = answer.json()
        assert (answer.status_code, said.get("rule")) == (400, REFUSED[address][name]), name


def test_every_unit_without_a_part_is_refused(source, ids):
    folder = shared_data("sensorthings")
    for name, code in (("1", 201), ("noDefinition", 400), ("noName", 400), ("noSymbol", 400)):
        unit = json.loads((folder / "unitsOfMeasurement" / f"{name}.json").read_text("utf-8"))
        body = {**STREAM, "unitOfMeasurement": unit, "Thing": {"@iot.id": ids["THING"]}}
        assert source.post(f"{ROOT}/Datastreams", json.dumps(body).encode()).status_code == code


def test_the_conformance_data_array_has_times_that_are_none(source, ids):
    body = filled(shared_data("sensorthings") / "observations/dataArray.json", ids)
    answer = source.post(f"{ROOT}/CreateObservations", body)
    assert (answer.status_code, answer.json()) == (201, ["error", "error"])
    fixed = body.replace(b"-0700Z", b"-07:00")
    assert "error" not in source.post(f"{ROOT}/CreateObservations", fixed).json()
