"""What is not looked at closely ends as if it had been: last values, bands, alarms, history."""

from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete

from console.base.clock import ManualClock
from console.central import tables
from console.central.ledger import Ledger
from console.central.sensing.keeper import Keeper
from console.central.sensing.keeping import TURNS, Beat, Samples
from console.central.sensing.request import Request
from console.central.sensing.series import ASLEEP, Series
from console.central.sensing.turns import News, Turns
from console.domain.indicator import Indicator
from console.domain.reading import Reading
from console.domain.sensed import Sensed
from tests.centre_driver import PEOPLE, QINHUAI
from tests.gauges import CONNECT, INDICATORS, PONDING, TUNNEL, measured

LEVEL = Indicator(
    id="DMSW.level", name="水池水位", name_en="Tank level", unit="m", direction="band",
    normal=(2, 4), warn=(1.5, 4.5), alarm=(1, 5), source="消防", refresh_s=60, opens="DMSW-02",
    hold=1, clear=2,
)  # fmt: skip
STEEP = Indicator(
    id="DMSW.steep", name="涨速", name_en="Rise", unit="m", direction="up", normal=(0, 10),
    warn=12, alarm=14, source="水文局", refresh_s=60, rate=3.0,
)  # fmt: skip
KNOWN = INDICATORS | {LEVEL.id: LEVEL, STEEP.id: STEEP}
SOURCE = PEOPLE["water"]
MINUTE = 60_000


def mostly(usual: object, *others: object) -> st.SearchStrategy:
    return st.sampled_from([usual] * 12 + list(others))


readings = st.builds(
    Reading,
    topic=st.just("indicator"),
    of=st.sampled_from([PONDING.id, CONNECT.id, LEVEL.id, STEEP.id]),
    source=mostly("s1", "s2", "s2"),
    value=st.sampled_from([0.9, 1.2, 3.0, 3.1, 4.7, 5.2, 14.4, 15.0, 26.5, 27.0, 40.0, 88.0, 96.0]),
    quality=mostly("good", "doubtful", "bad"),
    scope=mostly(TUNNEL, QINHUAI, "*", ""),
    lon=mostly(0.0, 118.8),
    lat=mostly(0.0, 32.0),
    heading=mostly(0.0, 90.0),
    at=st.sampled_from([-3, 0, 1, 1, 1, 1, 2, 9]),  # after the one before it, in quarter minutes
)


def in_turn(steps: list[list[Reading]]) -> list[list[Reading]]:
    """Let each reading be so long after the one before it: some are late, some come twice."""
    at, found = 4, []
    for step in steps:
        post: list[Reading] = []
        for reading in step:
            at = max(at + reading.at, 1)
            post.append(msgspec.structs.replace(reading, at=at * MINUTE // 4))
        found.append(post)
    return found


posts = st.lists(st.lists(readings, max_size=30), min_size=1, max_size=8).map(in_turn)
beats = st.lists(st.booleans(), min_size=8, max_size=8)
State = tuple[dict[tuple[str, str], Sensed], list[tuple[str, str, str]], dict[object, object]]


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory) -> Iterator[list[Ledger]]:
    found = [Ledger.in_folder(tmp_path_factory.mktemp(name)) for name in ("quick", "close")]
    yield found
    for ledger in found:
        ledger.close()


def fresh(ledger: Ledger, clock: ManualClock) -> Keeper:
    with ledger.writing() as line:
        for table in (tables.reading, tables.journal, tables.point):
            line.execute(delete(table))
    return Keeper(ledger, KNOWN, clock, 30)


def state(keeper: Keeper) -> State:
    """Give all that anybody can learn of a keeper."""
    keeper.beat()
    lead = PEOPLE["lead"]
    found = [msgspec.json.decode(r, type=Sensed) for r in keeper.page(0, "", lead).readings]
    last = {(s.reading.of, s.reading.source): s for s in found}
    history = {key: keeper.history(*key, 0, lead).points for key in last}
    return last, sorted(keeper.raised), dict(history)


@given(posts=posts, beats=beats)
def test_a_reading_in_its_quiet_zone_ends_as_if_it_had_been_looked_at(ledgers, posts, beats):
    clock = ManualClock()
    quick, close = (fresh(ledger, clock) for ledger in ledgers)
    looked = []
    for post, beat in zip(posts, beats, strict=False):
        told = quick.take(post, SOURCE)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Request, "quick", 0)
            patch.setattr(close, "_look", lambda *a, _look=close._look: looked.append(_look(*a)))
            assert close.take(post, SOURCE) == told
        if beat:
            assert quick.beat() == close.beat()
        assert sorted(quick.raised) == sorted(close.raised)
    assert len(looked) == sum(map(len, posts))
    stood = state(quick)
    assert stood == state(close)
    again = Keeper(ledgers[0], KNOWN, clock, 30)
    assert state(again) == stood
    assert state(Keeper(ledgers[0], KNOWN, clock, 30)) == stood


def test_over_many_beats_every_row_comes_and_the_journal_goes(ledgers):
    clock = ManualClock()
    keeper, ledger = fresh(ledgers[0], clock), ledgers[0]
    for n in range(1, 2 * TURNS):
        some = [measured(PONDING, n * MINUTE, n % 4, source=f"s{m}") for m in range(3)]
        keeper.take(some, SOURCE)
        keeper.beat()
    with ledger.reading() as line:
        assert len(line.execute(tables.journal.select()).all()) == TURNS
        ats = [row.at for row in line.execute(tables.reading.select())]
        assert len(ats) == 3
        assert min(ats) >= (TURNS - 1) * MINUTE
    assert state(Keeper(ledger, KNOWN, clock, 30)) == state(keeper)


def test_points_that_wait_are_part_of_the_history(ledgers):
    keeper = fresh(ledgers[0], ManualClock())
    keeper.take([measured(PONDING, MINUTE, 3)], SOURCE)
    keeper.beat()
    with ledgers[0].reading() as line:
        assert line.execute(tables.point.select()).all() == []
    assert keeper.history(PONDING.id, "s1", 0, PEOPLE["lead"]).points == [(MINUTE, 3.0)]
    assert keeper.history(PONDING.id, "s1", MINUTE + 1, PEOPLE["lead"]).points == []


def test_a_new_source_is_written_with_the_number_that_it_gets():
    series = Series("indicator", PONDING, ("", ""))
    series.look(measured(PONDING, 1, 3), TUNNEL)
    series.wake, series.moved = series.due, True
    news = News([], [series], [(series, 1, 3.0)])
    series.id = 7
    beat = news.beat()
    assert ([k.series for k in beat.moved], list(beat.points)) == ([7], [(7, 1, 3.0)])
    assert (beat.calm, series.moved, series.wake) == (Samples([], [], []), False, ASLEEP)
    assert Turns().due() == ([], [])
    assert list(Beat().moved) == []
