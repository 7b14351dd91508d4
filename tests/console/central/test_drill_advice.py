"""Advice in the demo city: most of it is taken, some is overruled, and both are counted."""

from collections import Counter

import pytest

from console.central.drill import populate
from console.domain.access import system
from console.domain.record import Incident
from console.wire import record_of


@pytest.fixture
def incidents(lite, clock):
    made = populate(lite.centre, clock, incidents=150)
    assert not made.refused, made.refused
    found = (record_of(p.kind, p.body) for p in lite.centre.snapshot(system())[1])
    return [r for r in found if isinstance(r, Incident)]


def test_most_kinds_are_taken_as_offered_and_a_few_are_not(incidents):
    said = Counter(i.advised for i in incidents)
    assert said["heeded"] > 5 * said["overruled"] > 0


def test_only_where_a_unit_was_sent_something_became_of_the_one_offered(incidents):
    said = Counter(i.units_advised for i in incidents)
    assert said["heeded"] > said["overruled"]
    assert said[""] > said["heeded"]
