"""A seat's instruments on a real centre: fresh, grey without the line, shelved, explained."""

import pytest

from console.app import build
from console.base.errors import Refused, Unreachable
from console.base.settings import Settings
from console.base.work import Inline
from console.central.alarms import Alarms
from console.domain import opening
from console.domain.access import Access, system
from console.domain.reading import Reading
from tests.centre_driver import PASSWORD, PEOPLE, Running, act, step

WANG = Access(user="wang", name="王敏", roles=("intake", "dispatch", "duty_lead"), scopes=("",))
PONDING = "DMSW.ponding_depth"
MINUTE = 60_000


@pytest.fixture
def centre(tmp_path):
    running = Running(tmp_path / "centre").welcome(WANG, PEOPLE["water"]).start()
    yield running
    running.close()


@pytest.fixture
def core(centre, tmp_path):
    made = build(Settings(centre=centre.url, data=str(tmp_path / "desk"), seat="s1"), Inline())
    made.sign_in("wang", PASSWORD).result()
    yield made
    made.close()


class Feed:
    """A department that measures, and the seat that hears of it."""

    def __init__(self, centre: Running, core) -> None:
        self._centre = centre.built.centre
        self._core = core
        self.at = core.clock.now() - 60 * MINUTE

    def __call__(self, *values: float, of=PONDING, source="s1", ago_min: float = 0.0) -> None:
        first = self._core.clock.now() - int(ago_min * MINUTE) - len(values) * 100
        for n, value in enumerate(values, 1):
            reading = Reading(
                topic="indicator", of=of, source=source, at=first + n * 100, value=value, scope="*"
            )
            assert self._centre.take_readings([reading], PEOPLE["water"]).taken == 1
        self._centre.beat()
        self._core.sync_once()


@pytest.fixture
def feed(centre, core):
    return Feed(centre, core)


def test_last_values_and_courses_reach_the_seat_and_are_announced(core, feed):
    heard = []
    core.subscribe(heard.append)
    feed(4.0, 5.0)
    assert core.last("indicator", PONDING)[PONDING, "s1"].value == 5.0
    assert ("indicator", PONDING) in frozenset().union(*(c.readings for c in heard))
    assert [v for _, v in core.series(PONDING)] == [5.0]
    core.gauges.ask_series(PONDING, "s1").result()
    assert core.series(PONDING, "s1")[0][1] == 4.0


def test_every_indicator_of_the_scenes_is_told_and_most_are_unknown(core, feed):
    feed(4.0)
    now = core.indicators()
    assert len(now) == len(core.gauges.known) > 200
    assert (now[PONDING].state, now[PONDING].freshness) == ("normal", "live")
    other = next(each for of, each in now.items() if of != PONDING)
    assert (other.value, other.state, other.freshness) == (None, "unknown", "lost")


def test_vitals_are_worked_out_of_what_is_live_and_say_how_much_that_is(core, feed):
    assert core.vitals().score is None
    feed(4.0)
    vitals = core.vitals()
    assert vitals.score == 100.0
    assert 0 < vitals.completeness < 0.1


def test_a_raised_alarm_is_listed_and_after_a_shelf_no_more_wants_an_eye(core, feed):
    feed(30.0, 31.0)
    alarm = core.gauges.alarms()[0]
    assert (alarm.indicator.id, alarm.now.state, alarm.now.source) == (PONDING, "alarm", "s1")
    core.run(f"搁置告警 {PONDING} +1h 检修").result()
    shelved = core.gauges.alarms()[0]
    assert shelved.now.shelved > core.clock.now()
    assert shelved.now.shelved_reason == "检修"
    assert core.indicators()[PONDING].shelved == shelved.now.shelved
    feed(30.0, 31.0, source="s2")
    assert core.indicators()[PONDING].shelved  # the whole indicator was shelved
    core.run(f"取消搁置 {PONDING}").result()
    assert core.indicators()[PONDING].shelved == 0


def test_what_is_old_is_grey_and_listed_as_silent(core, feed):
    feed(31.0, ago_min=30)
    found = core.indicators()[PONDING]
    assert (found.state, found.freshness, found.value) == ("unknown", "lost", 31.0)
    assert [a.now.freshness for a in core.gauges.alarms()] == ["lost"]


def test_a_value_by_hand_counts_here_at_once_and_opens_its_incident_once(core, centre, feed):
    centre.stop()
    for value in (30.0, 31.0, 32.0):
        core.gauges.give(PONDING, value).result()
    incident = opening.incident_id(PONDING, "@wang", 1)
    assert core.get("incident", incident).state == "reported"
    assert core.indicators()[PONDING].source == "@wang"
    with pytest.raises(Unreachable):
        core.sync_once()
    centre.start()
    core.sync_once()
    central = centre.built.centre
    assert core.outbox() == []
    assert central.get("incident", incident).no
    central.beat()
    assert central.readings.raised.keys() == {("indicator", PONDING, "@wang")}
    assert Alarms(central).tend() == 0
    assert central.get("incident", opening.incident_id(PONDING, "@wang", 2)) is None


def test_a_value_by_hand_is_of_an_indicator_and_of_somebody(core):
    with pytest.raises(Refused):
        core.gauges.give("NO.such", 1.0).result()
    core.sign_out().result()
    with pytest.raises(Refused):
        core.gauges.give(PONDING, 1.0).result()


def test_where_units_were_comes_from_the_centre_and_stays_when_the_line_is_cut(centre, core):
    held = centre.built.centre
    enrol = step("unit", "U1", "enrol", scope="*", call_sign="巡一", dept="cgj")
    held.load([act("system", enrol)], system())
    now = core.clock.now()
    for ago in range(120, 0, -1):
        reading = Reading(
            topic="position", of="U1", at=now - ago * MINUTE, lon=118.8 + ago * 0.001, lat=32.0
        )
        assert held.take_readings([reading], system()).taken == 1
    held.beat()
    core.sync_once()
    heard = core.gauges.tracks(now - 200 * MINUTE)
    assert len(heard.at) == 1
    assert core.gauges.fetch_tracks(now - 200 * MINUTE, now)
    centre.close()
    tracks = core.gauges.tracks(now - 200 * MINUTE)
    assert tracks.units == ("U1",)
    assert len(tracks.at) == 120
    assert tracks.silent(now - 200 * MINUTE, now)[0][0] == now - 200 * MINUTE
    assert not core.gauges.fetch_tracks(now - 200 * MINUTE, now)
    with pytest.raises(Unreachable):
        core.gauges.fetch_tracks(now - 400 * MINUTE, now)
