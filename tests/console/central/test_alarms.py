"""An alarm opens one incident, by rule; a stale, a shelved or an unsound one opens none."""

import pytest

from console.central.alarms import Alarms
from console.central.sensing.keeper import Keeper
from console.domain import opening
from console.domain.record import Incident
from tests.centre_driver import PEOPLE, act, step
from tests.gauges import INDICATORS, PONDING, SEALED, STAGE, TUNNEL, measured

SOURCE = PEOPLE["water"]
MINUTE = 60_000


@pytest.fixture
def alarms(centre, keeper):
    return Alarms(centre)


def feed(keeper, clock, *values: float, of=PONDING, source="s1", **more) -> None:
    """Measure these values, a minute apart, up to now."""
    for value in values:
        clock.turn(MINUTE)
        keeper.take([measured(of, clock.now(), value, source=source, **more)], SOURCE)


def opened(centre, of=PONDING, source="s1", turn=1) -> Incident | None:
    found = centre.get("incident", opening.incident_id(of.id, source, turn))
    assert found is None or isinstance(found, Incident)
    return found


def void(centre, incident: Incident) -> None:
    voided = step("incident", incident.id, "void", base=incident.version, reason="误报")
    verdicts = centre.judge_acts([act("lead", voided, at=centre.clock.now())], LEAD)
    assert verdicts.verdicts[0].verdict == "applied"


LEAD = PEOPLE["lead"]


def test_a_crossed_band_opens_an_incident_of_its_type_with_its_place(centre, keeper, alarms, clock):
    feed(keeper, clock, 30, 31, lon=118.79, lat=32.05)
    assert alarms.tend() == 1
    found = opened(centre)
    assert found is not None
    assert (found.type, found.scene, found.source) == ("DMSW-02", "DMSW", "iot")
    assert (found.scope, found.lon, found.lat) == (TUNNEL, 118.79, 32.05)
    assert (found.occurred_at, found.reported_at) == (clock.now() - MINUTE, clock.now())
    assert (found.level, found.urgency) == ("IV", "urgent")
    assert "31" in found.title
    assert found.deadlines["accept"].limit == "10m"


def test_it_is_opened_once_however_long_it_lasts(centre, keeper, alarms, clock):
    feed(keeper, clock, 30, 31)
    assert [alarms.tend(), alarms.tend()] == [1, 0]
    feed(keeper, clock, 35, 36, 20, 28, 30)
    assert alarms.tend() == 0


def test_it_opens_from_the_band_that_its_file_says(centre, keeper, alarms, clock):
    feed(keeper, clock, 20, 20)  # ponding opens from alarm on
    feed(keeper, clock, 8.8, 8.8, of=STAGE)  # the stage from warn on
    assert alarms.tend() == 1
    assert opened(centre, STAGE) is not None


def test_while_its_incident_is_open_a_new_episode_opens_no_other(centre, keeper, alarms, clock):
    feed(keeper, clock, 30, 31)
    alarms.tend()
    feed(keeper, clock, 3, 3, 3, 3, 3, 30, 31)
    assert alarms.tend() == 0
    assert opened(centre, turn=2) is None


def test_after_a_person_ended_it_the_next_episode_opens_the_next(centre, keeper, alarms, clock):
    feed(keeper, clock, 30, 31)
    alarms.tend()
    void(centre, opened(centre))
    feed(keeper, clock, 32)
    assert alarms.tend() == 0  # the same episode: a person has judged it
    feed(keeper, clock, 3, 3, 3, 3, 3, 30, 31)
    assert alarms.tend() == 1
    assert opened(centre, turn=2) is not None


def test_an_alarm_that_clears_closes_nothing(centre, keeper, alarms, clock):
    feed(keeper, clock, 30, 31)
    alarms.tend()
    feed(keeper, clock, 0, 0, 0, 0, 0, 0)
    alarms.tend()
    assert opened(centre).state == "reported"


def test_a_stale_alarm_opens_nothing_until_it_is_fresh_again(centre, keeper, alarms, clock):
    feed(keeper, clock, 30, 31)
    clock.turn(3 * MINUTE)
    assert alarms.tend() == 0
    feed(keeper, clock, 32)
    assert alarms.tend() == 1


def test_a_doubtful_word_opens_nothing_alone(centre, keeper, alarms, clock):
    feed(keeper, clock, 30, 31, quality="doubtful")
    assert alarms.tend() == 0
    feed(keeper, clock, 31)
    assert alarms.tend() == 1


def test_a_shelved_alarm_opens_nothing_until_its_shelf_runs_out(centre, keeper, alarms, clock):
    shelve(centre, clock, until=clock.now() + 5 * MINUTE)
    feed(keeper, clock, 30, 31)
    assert alarms.tend() == 0
    feed(keeper, clock, 30, source="s2")
    feed(keeper, clock, 31, source="s2")
    assert alarms.tend() == 0  # the whole indicator is shelved
    feed(keeper, clock, 32)
    assert alarms.tend() == 2


def shelve(centre, clock, until: int) -> None:
    made = step(
        "shelf", "S1", "shelve", scope=TUNNEL, indicator=PONDING.id, until=until, reason="检修"
    )  # fmt: skip
    assert centre.judge_acts([act("lead", made)], LEAD).verdicts[0].verdict == "applied"


def test_an_alarm_of_a_sealed_scene_opens_nothing(centre, keeper, alarms, clock):
    feed(keeper, clock, 30, 31, of=SEALED)
    assert keeper.raised
    assert alarms.tend() == 0


def test_nothing_is_opened_twice_over_a_restart_between(centre, keeper, alarms, clock):
    feed(keeper, clock, 30, 31)
    alarms.tend()
    lost = Keeper(centre.ledger, INDICATORS, clock, 30)  # nothing of it was written down
    centre.readings = lost
    feed(lost, clock, 32, 33)
    assert alarms.tend() == 0
    lost.beat()
    centre.readings = Keeper(centre.ledger, INDICATORS, clock, 30)
    feed(centre.readings, clock, 34)
    assert alarms.tend() == 0
