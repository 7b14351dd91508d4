"""A value by hand opens its incident at the seat, by the centre's own id, and once."""

from dataclasses import replace

import pytest

from console.domain import opening
from console.domain.alarm import Standing
from console.domain.sensed import Sensed
from console.services import ruled
from tests.desks import Bench
from tests.gauges import PONDING, measured

ALARM = Standing(band="alarm", since=5, at=9, value=30)
ID = opening.incident_id(PONDING.id, "@wang", 1)


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def given(bench, standing=ALARM):
    reading = measured(PONDING, 9, 30, source="@wang")
    sensed = Sensed(reading=reading, standing=standing)
    return ruled.opened(bench.desk.around, PONDING, sensed, bench.clock.now())


def test_it_opens_the_incident_that_the_centre_would(bench):
    assert given(bench).of("incident") == {ID}
    incident = bench.held(ID)
    assert (incident.type, incident.source, incident.urgency) == ("DMSW-02", "iot", "urgent")
    assert "30cm" in incident.title
    assert [w.act.line for w in bench.store.outbox()] == [ruled.LINE]


def test_it_opens_it_once_and_the_next_after_that_is_over(bench):
    given(bench)
    assert not given(bench)
    bench.run(f"incident.void {ID} 误报")
    assert given(bench).of("incident") == {opening.incident_id(PONDING.id, "@wang", 2)}


def test_what_is_not_out_of_band_or_not_this_persons_to_open_opens_nothing(bench):
    assert not given(bench, Standing())
    bench.sit("guest", "leader")
    assert not given(bench)
    assert replace(bench.desk.around, seat="s2").seat == "s2"
