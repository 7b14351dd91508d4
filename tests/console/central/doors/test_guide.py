"""The guide's own examples, each through the real door that it is for."""

import json

import pytest

from console.central.keys import Keys
from console.domain.access import system
from tests.centre_driver import act, step
from tests.drivers import ROOT

DOCS = ROOT / "resources/docs"
EXAMPLES = DOCS / "examples"
PLAIN = {
    "cap_warning.xml": "cap", "cap_cancel.xml": "cap", "12379_warning.xml": "12379",
    "12379_text.json": "12379", "reports.json": "reports",
    "table.csv": "table?profile=generic_report", "cot_alert.xml": "cot", "eido.json": "eido",
}  # fmt: skip


@pytest.fixture
def source(call):
    return call("water")


@pytest.mark.parametrize("name", PLAIN)
def test_an_example_is_taken_in_and_known_the_second_time(source, name):
    body = (EXAMPLES / name).read_bytes()
    for status in ("new", "known"):
        answer = source.post(f"/intake/v1/{PLAIN[name]}", body)
        assert answer.status_code == 200, answer.text
        assert {told["status"] for told in answer.json()} == {status}, answer.text


def test_the_example_of_a_position_moves_its_unit(running, source):
    said = step("unit", "u1", "enrol", scope="320102", call_sign="示例救援01", dept="fire")
    running.built.centre.load([act("system", said)], system())
    answer = source.post("/intake/v1/cot", (EXAMPLES / "cot_position.xml").read_bytes())
    assert answer.json()[0]["readings"] == 1, answer.text


def test_the_examples_of_sensorthings_become_a_value(running, source):
    thing = source.post("/sta/v1.1/Things", (EXAMPLES / "sensorthings_thing.json").read_bytes())
    assert thing.status_code == 201, thing.text
    stream = source.get("/sta/v1.1/Datastreams").json()["value"][0]["@iot.id"]
    body = (EXAMPLES / "sensorthings_observation.json").read_bytes()
    made = source.post(f"/sta/v1.1/Datastreams({stream})/Observations", body)
    assert made.status_code == 201, made.text


def test_the_example_of_a_citizens_request_is_taken_in(running, source):
    built = running.built
    key = Keys(built.centre.ledger, built.people, built.centre.clock).make("water")
    form = json.loads((EXAMPLES / "open311.json").read_text("utf-8"))
    url = f"{running.url}/open311/v2/requests.json"
    answer = source.http.post(url, data={**form, "api_key": key}, timeout=20)
    assert answer.status_code == 201, answer.text


def test_the_guide_names_every_example_and_every_example_is_there():
    for language in ("zh_CN", "en"):
        words = (DOCS / language / "intake.md").read_text("utf-8")
        for file in EXAMPLES.iterdir():
            group = f"{file.name.split('_')[0]}_*.json"
            assert file.name in words or group in words, (language, file.name)


def test_the_guide_holds_the_figures_that_the_doors_keep_to():
    from console.central.intake.bounds import bounds  # noqa: PLC0415

    pace = bounds().pace
    chinese = (DOCS / "zh_CN/intake.md").read_text("utf-8")
    assert f"一口气至多 {pace.burst} 次，此后每秒 {pace.per_second:g} 次" in chinese
    english = (DOCS / "en/intake.md").read_text("utf-8")
    assert f"{pace.burst} requests at once, then {pace.per_second:g} a second" in english
