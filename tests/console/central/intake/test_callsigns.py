"""Units by call sign and by id, looked up anew after a while."""

from console.central.intake.callsigns import Callsigns
from console.domain.access import system
from tests.centre_driver import act, step


def enrol(centre, name, called):
    said = step("unit", name, "enrol", scope="320102", call_sign=called, dept="fire")
    centre.load([act("system", said)], system())


def test_a_unit_is_found_by_its_call_sign_and_by_its_id(centre, clock):
    enrol(centre, "u1", "消防01")
    callsigns = Callsigns(centre)
    assert [callsigns.get(each) for each in ("消防01", "u1", "别的", "")] == [
        "u1",
        "u1",
        None,
        None,
    ]
    enrol(centre, "u2", "消防02")
    clock.turn(11_000)
    assert callsigns.get("消防02") == "u2"
