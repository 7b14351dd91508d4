"""Open311 over real HTTP: XML and JSON alike, keys in forms, errors as the standard has them."""

import json

import pytest
from defusedxml.ElementTree import fromstring

from console.central.doors import open311
from console.central.keys import Keys
from tests.console.central.intake.test_photo import picture
from tests.console.central.intake.test_requests311 import FORM
from tests.drivers import shared_data

ROOT = "/open311/v2"


@pytest.fixture
def key(running):
    built = running.built
    return Keys(built.centre.ledger, built.people, built.centre.clock).make("water")


@pytest.fixture
def source(call):
    return call("water")


def send(who, form="json", files=None, **fields):
    url = f"{who.running.url}{ROOT}/requests.{form}"
    heads = {"Authorization": None}
    return who.http.post(url, data=fields, files=files, headers=heads, timeout=20)


def test_a_request_with_a_photo_goes_in_by_its_key_and_comes_back(source, key):
    sent = send(source, files={"media": ("a.jpg", picture())}, **FORM, api_key=key)
    assert sent.status_code == 201, sent.text
    made = sent.json()[0]["service_request_id"]
    row = source.get(f"{ROOT}/requests/{made}.json").json()[0]
    assert (row["service_request_id"], row["status"], row["lat"]) == (made, "open", 32.05)
    photo = source.http.get(row["media_url"], timeout=20)
    assert (photo.status_code, photo.headers["Content-Type"]) == (200, "image/jpeg")
    again = send(source, files={"media": ("a.jpg", picture())}, **FORM, api_key=key)
    assert again.json()[0]["service_request_id"] == made


def test_xml_says_what_json_says(source, key):
    made = send(source, "xml", **FORM | {"description": "<灯> & \x00坏"}, api_key=key)
    root = fromstring(made.content)
    made = root.findtext("request/service_request_id")
    assert root.tag == "service_requests"
    told = fromstring(source.get(f"{ROOT}/requests/{made}.xml").content)
    row = source.get(f"{ROOT}/requests/{made}.json").json()[0]
    assert [e.tag for e in told.find("request")] == list(row)
    assert "<灯> & " in told.findtext("request/description")


@pytest.mark.parametrize(
    ("fields", "code", "said"),
    [
        ({"api_key": "cyk_wrong"}, 403, "api_key"), ({"api_key": ""}, 403, "api_key"),
        ({"service_code": "X"}, 404, "service_code"), ({"service_code": ""}, 400, "service_code"),
        ({"jurisdiction_id": "elsewhere"}, 404, "jurisdiction"), ({"lat": "x"}, 400, "lat"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["json", "xml"])
def test_errors_are_a_list_with_code_and_description(source, key, fields, code, said, form):
    answer = send(source, form, **({**FORM, "api_key": key} | fields))
    assert answer.status_code == code
    if form == "json":
        told = answer.json()[0]
    else:
        error = fromstring(answer.content).find("error")
        told = {"code": int(error.findtext("code")), "description": error.findtext("description")}
    assert told["code"] == code
    assert told["description"]


def test_a_body_that_is_no_form_a_bad_photo_and_an_unknown_request_are_told(source, key):
    assert source.post(f"{ROOT}/requests.json", b"{}").status_code == 400
    broken = source.post(f"{ROOT}/requests.json", b"--x\r\nhalf",
                         **{"Content-Type": "multipart/form-data; boundary=x"})  # fmt: skip
    assert broken.status_code == 400
    bad = send(source, files={"media": ("a.jpg", b"no")}, **FORM, api_key=key)
    assert (bad.status_code, "media" in bad.json()[0]["description"]) == (400, True)
    assert source.get(f"{ROOT}/requests/none.json").status_code == 404
    assert source.get(f"{ROOT}/requests.json", start_date="x").status_code == 400
    assert source.get(f"{ROOT}/media/none.jpg").status_code == 404


def test_services_are_open_to_all_and_requests_are_not(source, call):
    bare = {"Authorization": None}
    for path in ("services.json", "services.xml", "services/COSP-02.json"):
        answer = source.http.get(f"{source.running.url}{ROOT}/{path}", headers=bare, timeout=20)
        assert answer.status_code == 200
    answer = source.http.get(f"{source.running.url}{ROOT}/requests.json", headers=bare, timeout=20)
    assert answer.status_code == 403
    assert call("lead").get(f"{ROOT}/requests.json").status_code == 403
    assert source.get(f"{ROOT}/services/none.json").status_code == 404
    assert source.get("/open311/discovery.json").json()["endpoints"][0]["url"].endswith(ROOT)


def test_forms_beyond_a_few_are_asked_to_wait(source, key, monkeypatch):
    monkeypatch.setattr(open311, "AT_ONCE", 0)
    answer = send(source, **FORM, api_key=key)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")


def test_a_token_leads_to_its_request(source, key):
    url = f"{source.running.url}{ROOT}/requests.json"
    heads = {"Authorization": None, "Idempotency-Key": "my-1"}
    sent = source.http.post(url, data={**FORM, "api_key": key}, headers=heads, timeout=20)
    told = source.get(f"{ROOT}/tokens/my-1.json").json()[0]
    assert told == {"service_request_id": sent.json()[0]["service_request_id"], "token": "my-1"}
    assert source.get(f"{ROOT}/tokens/other.json").status_code == 404


def tags(element):
    return {child.tag for child in element}


def test_our_answers_have_the_parts_that_the_standards_samples_have(source, key):
    folder = shared_data("open311/samples")
    made = send(source, "xml", **FORM, api_key=key)
    ours = {
        "01.xml": source.get(f"{ROOT}/services.xml").content,
        "02.xml": source.get(f"{ROOT}/services/COSP-02.xml").content,
        "03.xml": made.content,
        "05.xml": source.get(f"{ROOT}/requests.xml").content,
        "07.xml": send(source, "xml", **FORM, api_key="no").content,
    }
    for name, said in ours.items():
        sample, mine = (fromstring(x) for x in ((folder / name).read_bytes(), said))
        assert (sample.tag, tags(sample)) == (mine.tag, tags(mine)), name
        assert tags(sample[0]) <= tags(mine[0]) or name == "02.xml", name
    keys = set(json.loads((folder / "02.json").read_text("utf-8"))[0])
    assert keys == set(send(source, **FORM, api_key=key).json()[0])
