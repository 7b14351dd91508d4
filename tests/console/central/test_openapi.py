"""The description is that of the running code: every door, and every answer fits its schema."""

import json
import re

import msgspec
import pytest

from console.central.openapi import address, described
from console.central.routes import ROUTES
from console.central.web import build_app
from console.wire import Acts, Renew, Snapshot
from tests.centre_driver import XUANWU, act, birth


def fits(value, schema, parts) -> str:
    """Check a value against the JSON Schema that msgspec writes; give what is wrong, or ""."""
    if "$ref" in schema:
        return fits(value, parts[schema["$ref"].rpartition("/")[2]], parts)
    if "anyOf" in schema:
        return (
            "" if any(not fits(value, s, parts) for s in schema["anyOf"]) else f"{value} fits none"
        )
    if "enum" in schema and value not in schema["enum"]:
        return f"{value} not in enum"
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float),
             "boolean": bool, "null": type(None)}  # fmt: skip
    if "type" in schema and not isinstance(value, kinds[schema["type"]]):
        return f"{value!r} is no {schema['type']}"
    if isinstance(value, dict):
        missing = set(schema.get("required", ())) - value.keys()
        known, rest = schema.get("properties", {}), schema.get("additionalProperties", {})
        wrong = [fits(v, known.get(k, rest or {}), parts) for k, v in value.items()]
        extra = "" if "properties" not in schema or rest else str(value.keys() - known.keys() or "")
        return next((w for w in [*wrong, f"missing {missing}" if missing else "", extra] if w), "")
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        return next((w for v in value if (w := fits(v, schema["items"], parts))), "")
    return ""


def test_the_checker_has_teeth():
    schema = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}
    assert fits({"a": 1}, schema, {}) == ""
    assert all(fits(v, schema, {}) for v in ({}, {"a": "x"}, {"a": 1, "b": 2}, []))


def test_every_door_is_described_and_nothing_else(lite):
    app = build_app(lite.centre, lite.tokens, lite.limits)
    doors = {
        (m, address(r.path))
        for r in app.routes
        for m in r.methods - {"HEAD"}
        if r.path != "/openapi.json"
    }
    told = described(ROUTES)["paths"]
    assert doors == {(m.upper(), path) for path, methods in told.items() for m in methods}


def test_every_reference_leads_somewhere():
    told = described(ROUTES)
    names = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(told)))
    assert names
    assert names <= told["components"]["schemas"].keys()
    assert all(op["summary"] for path in told["paths"].values() for op in path.values())


@pytest.fixture
def told(call):
    return call("lead").get("/openapi.json").json()


def test_every_answer_of_the_running_centre_fits_its_schema(call, told):
    who, source, parts = call("lead"), call("water"), told["components"]["schemas"]
    place = msgspec.json.decode(
        who.get("/sync/v1/snapshot").content.splitlines()[0], type=Snapshot
    ).next  # fmt: skip
    made = act("lead", birth())
    report = {"source": "hotline", "number": "1", "words": "x", "district": XUANWU,
              "at": "2026-01-01T00:00:00Z"}  # fmt: skip
    refused = act("lead", birth(scope=""))
    answers = [
        ("post", who.post("/sync/v1/acts", Acts(acts=[made, refused]))),
        ("post", who.post("/auth/v1/renew", Renew(refresh=who.session.refresh_token))),
        ("post", source.post("/intake/v1/reports", [report, {}])),
        ("get", who.get("/sync/v1/changes", c=place)), ("get", who.get("/sync/v1/hello")),
        ("get", who.get("/healthz")), ("get", who.get("/sync/v1/digest")),
        ("get", who.get("/sync/v1/history", kind="incident", id=made.steps[0].record)),
        ("get", who.get("/sync/v1/history")), ("get", who.get("/sync/v1/changes", c="x")),
        ("post", who.post("/sync/v1/acts", b"x")), ("post", who.post("/auth/v1/sign-in", b"{}")),
        ("post", who.post("/auth/v1/sign-out", b"")),
    ]  # fmt: skip
    for method, answer in answers:
        path = answer.url.partition("//")[2].partition("/")[2].partition("?")[0]
        operation = told["paths"][f"/{path}"][method]
        status = "200" if answer.status_code == 200 else "default"
        schema = operation["responses"][status]["content"]["application/json"]["schema"]
        assert fits(answer.json(), schema, parts) == "", (path, answer.text)


def test_every_line_of_a_snapshot_fits_its_schema(call, told):
    who = call("lead")
    who.do(act("lead", birth()))
    answer = who.get("/sync/v1/snapshot")
    operation = told["paths"]["/sync/v1/snapshot"]["get"]
    schema = operation["responses"]["200"]["content"]["application/x-ndjson"]["schema"]
    lines = [json.loads(line) for line in answer.content.splitlines()]
    assert len(lines) == 3
    assert lines[-1] == {"end": 1}
    assert [fits(line, schema, told["components"]["schemas"]) for line in lines] == [""] * 3
