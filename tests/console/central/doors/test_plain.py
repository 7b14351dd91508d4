"""The plain doors over real HTTP: who may, what is answered, what is set aside, how fast."""

import msgspec
import requests

from console.central import web
from console.central.intake.bounds import Pace, bounds
from console.central.keys import Keys
from tests.centre_driver import running_centre
from tests.console.central.doors.words import ALERT

WRONG = ALERT.replace("<scope>Public</scope>", "")


def test_a_warning_goes_in_once_and_what_is_wrong_is_told_with_its_line(call):
    source = call("water")
    new, again = (source.post("/intake/v1/cap", ALERT.encode()).json()[0] for _ in range(2))
    assert (new["status"], again["status"]) == ("new", "known")
    assert again["warning"] == new["warning"]
    told = source.post("/intake/v1/cap", WRONG.encode()).json()[0]
    assert (told["status"], told["rule"], told["field"]) == ("wrong", "cap.missing", "alert/scope")
    assert told["line"] > 1


def test_what_was_set_aside_can_be_looked_at_by_people_and_by_no_department(call):
    source, lead = call("water"), call("lead")
    source.post("/intake/v1/cap", WRONG.encode())
    held = lead.get("/intake/v1/aside").json()
    assert [(h["door"], h["source"], h["state"]) for h in held] == [("cap", "water", "reported")]
    body = lead.get("/intake/v1/aside/body", id=held[0]["id"])
    assert (body.content, body.headers["Content-Type"]) == (
        WRONG.encode(), "application/octet-stream",
    )  # fmt: skip
    assert lead.get("/intake/v1/aside/body", id="none").status_code == 404
    for who in (source, call("xuanwu"), call("cgj")):
        assert who.get("/intake/v1/aside").status_code == 403


def test_people_send_nothing_at_the_departments_doors(call):
    for door in ("reports", "cap", "12379"):
        assert call("lead").post(f"/intake/v1/{door}", b"{}").status_code == 403


def test_a_key_opens_the_doors_and_nothing_else(running, call):
    built = running.built
    key = Keys(built.centre.ledger, built.people, built.centre.clock).make("water")
    heads = {"Authorization": f"Bearer {key}", "X-Epoch": built.centre.epoch}
    with requests.Session() as line:
        line.trust_env = False
        line.headers.update(heads)
        told = line.post(f"{running.url}/intake/v1/cap", data=ALERT.encode(), timeout=20)
        assert told.json()[0]["status"] == "new"
        for door in ("/sync/v1/snapshot", "/sync/v1/digest", "/intake/v1/aside"):
            assert line.get(running.url + door, timeout=20).status_code == 403
        line.headers["Authorization"] = f"Bearer {key}x"
        answer = line.post(f"{running.url}/intake/v1/cap", data=b"", timeout=20)
        assert answer.status_code == 401


def test_a_source_that_sends_too_fast_is_told_when_to_come_again(monkeypatch, tmp_path):
    slow = msgspec.structs.replace(bounds(), pace=Pace(burst=3, per_second=0.01))
    monkeypatch.setattr(web, "bounds", lambda: slow)
    with running_centre(tmp_path / "slow") as running:
        source = running.caller("water")
        answers = [source.post("/intake/v1/cap", ALERT.encode()) for _ in range(4)]
        source.close()
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) >= 1


def test_a_body_that_is_too_large_or_packed_is_not_read(call):
    source = call("water")
    assert source.post("/intake/v1/cap", b" " * (1 << 20) + b"x").status_code == 413
    packed = source.post("/intake/v1/cap", b"x", **{"Content-Encoding": "gzip"})
    assert packed.status_code == 415
