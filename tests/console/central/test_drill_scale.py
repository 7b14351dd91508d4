"""Many incidents for measuring are believable records, the same for the same seed."""

import itertools

from console.base.clock import ManualClock
from console.central.drill_scale import make_incidents, town_of
from console.wire import pack, record_of


def test_they_are_whole_records_and_the_same_for_a_seed():
    town, now = town_of(), ManualClock().now()
    made = list(make_incidents(200, 4, now, town))
    assert made == list(itertools.islice(make_incidents(200, 4, now, town), 200))
    assert made != list(make_incidents(200, 5, now, town))
    assert all(record_of("incident", pack(r)) == r for r in made)
    assert len({r.id for r in made}) == len({r.no for r in made}) == 200
    assert len({r.state for r in made}) > 10
