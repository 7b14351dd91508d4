"""A reading may be only of what there is; what was missing is looked for again after a beat."""

from console.central.sensing.known import Known
from console.domain.access import system
from tests.centre_driver import act, step
from tests.gauges import INDICATORS, PONDING, TUNNEL


def test_an_indicator_is_known_by_the_scenes(centre):
    known = Known(centre.ledger)
    assert known.owner("indicator", PONDING.id, INDICATORS) == ("", "")
    assert known.owner("indicator", "NO.such", INDICATORS) is None


def test_a_unit_is_known_by_its_record_with_its_place_and_department(centre, clock):
    known = Known(centre.ledger)
    assert known.owner("position", "U1", {}) is None
    enrolled = step("unit", "U1", "enrol", scope=TUNNEL, call_sign="城管01", dept="cgj")
    centre.load([act("system", enrolled, at=clock.now())], system())
    assert known.owner("position", "U1", {}) is None  # within the same beat it is not asked again
    known.forget()
    assert known.owner("position", "U1", {}) == (TUNNEL, " cgj ")


def test_a_name_that_cannot_be_one_is_not_looked_for(centre):
    assert Known(centre.ledger).owner("position", "U\0", {}) is None
