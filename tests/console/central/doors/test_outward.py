"""What goes out: to whom it may concern, in the standards' own media types."""

import json

from console.central.intake.cap import read_cap
from console.central.intake.frame import Ground
from tests.centre_driver import act, birth
from tests.console.central.doors.words import ALERT


def test_a_warning_goes_out_as_cap_to_departments_and_people(call):
    source = call("water")
    late = ALERT.replace("2026-06-20T20", "2099-06-20T20")
    made = source.post("/intake/v1/cap", late.encode()).json()[0]["warning"]
    for who in (source, call("cgj")):
        feed = who.get("/intake/v1/cap/feed")
        assert feed.headers["Content-Type"].startswith("application/atom+xml")
        assert f"/intake/v1/cap/warning/{made}" in feed.text
        answer = who.get(f"/intake/v1/cap/warning/{made}")
        assert answer.headers["Content-Type"].startswith("application/cap+xml")
        assert read_cap(answer.content, Ground(None, 0))[0].bulletin.event == "暴雨"


def test_an_incident_goes_out_to_whoever_may_see_it_and_no_further(call):
    lead = call("lead")
    said = act("lead", birth())
    lead.do(said)
    name = said.steps[0].record
    assert b"<scope>Restricted</scope>" in lead.get(f"/intake/v1/cap/incident/{name}").content
    told = json.loads(lead.get(f"/intake/v1/eido/{name}").content)
    assert told["incidentComponent"]["internalIncidentId"]
    for door in ("cap/incident", "eido"):
        assert call("qinhuai").get(f"/intake/v1/{door}/{name}").status_code == 404
        assert call("water").get(f"/intake/v1/{door}/{name}").status_code == 403
        assert lead.get(f"/intake/v1/{door}/none").status_code == 404
