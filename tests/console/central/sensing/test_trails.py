"""The centre keeps where units were: one fix a minute at most, page by page, in sight alone."""

import pytest

from console.central.sensing.trails import GAP_MS, LONGEST_MS
from console.domain.access import Access, system
from console.domain.reading import Reading
from console.domain.track import ALIVE_MS
from tests.centre_driver import PEOPLE, QINHUAI, XUANWU, act, step

DAY = 86_400_000
CITY = PEOPLE["lead"]
UNITS = {"U1": XUANWU, "U2": QINHUAI}


@pytest.fixture
def begin(centre, keeper, clock):
    """Give when the first unit was heard of; the units are there."""
    for unit, scope in UNITS.items():
        made = step("unit", unit, "enrol", scope=scope, call_sign=unit, dept="cgj")
        centre.load([act("system", made)], system())
    return clock.now()


def go(keeper, clock, unit, moves, every=GAP_MS, source=""):
    """Let a unit report at each of some places, a while apart."""
    for n, at in enumerate(moves):
        clock.turn(every if n else 0)
        reading = Reading(
            topic="position", of=unit, at=clock.now(), lon=118.8 + at * 0.001, lat=32.0,
            heading=90.4, source=source,
        )  # fmt: skip
        assert keeper.take([reading], system()).taken == 1
        keeper.beat()


def given(keeper, since, until, access=CITY, **more):
    return keeper.tracks(since, until, more.get("after", -1), access, more.get("limit", 5_000))


def test_where_a_unit_went_is_kept_one_fix_a_minute(keeper, clock, begin):
    go(keeper, clock, "U1", range(10), every=GAP_MS // 4)
    page = given(keeper, begin, clock.now())
    assert page.units == ["U1"]
    assert [at - begin for at in page.at] == [0, GAP_MS, 2 * GAP_MS]
    assert page.lon == pytest.approx([118.8, 118.804, 118.808])
    assert (page.heading[0], page.more) == (90, False)


def test_of_one_that_stands_a_sign_of_life_is_kept(keeper, clock, begin):
    go(keeper, clock, "U1", [0] * 21)
    page = given(keeper, begin, clock.now())
    assert [at - begin for at in page.at] == [0, ALIVE_MS, 2 * ALIVE_MS]


def test_pages_follow_each_other_without_a_gap_or_a_double(keeper, clock, begin):
    for n in range(4):
        for unit in UNITS:
            go(keeper, clock, unit, [n])
        clock.turn(GAP_MS)
    found, since, after, more = [], begin, -1, True
    while more:
        page = given(keeper, since, clock.now(), after=after, limit=3)
        found += [(at, page.units[of]) for of, at in zip(page.of, page.at, strict=True)]
        since, after, more = page.next, page.after, page.more
    assert len(found) == len(set(found)) == 8
    assert found == sorted(found)


def test_a_person_is_given_what_lies_in_their_sight(keeper, clock, begin):
    go(keeper, clock, "U1", [0])
    go(keeper, clock, "U2", [0])
    assert given(keeper, begin, clock.now()).units == ["U1", "U2"]
    assert given(keeper, begin, clock.now(), PEOPLE["xuanwu"]).units == ["U1"]
    assert given(keeper, begin, clock.now(), Access(user="nobody")).units == []


def test_one_answer_covers_two_days_at_most_and_says_so(keeper, clock, begin):
    assert given(keeper, begin, begin + 9 * DAY).until == begin + LONGEST_MS


def test_what_is_older_than_is_asked_for_is_let_go(keeper, clock, begin):
    go(keeper, clock, "U1", [0])
    clock.turn(31 * DAY)
    go(keeper, clock, "U1", [1])
    clock.turn(1)
    keeper.beat()
    assert len(given(keeper, begin, begin + DAY).at) == 0


def test_fixes_that_the_disk_did_not_take_come_with_a_later_beat(keeper, clock, begin, monkeypatch):
    keeping = keeper._keeping
    monkeypatch.setattr(keeping, "write", lambda *_: 1 / 0)
    reading = Reading(topic="position", of="U1", at=clock.now(), lon=118.8, lat=32.0)
    keeper.take([reading], system())
    with pytest.raises(ZeroDivisionError):
        keeper.beat()
    monkeypatch.undo()
    keeper.beat()
    assert given(keeper, begin, clock.now()).units == ["U1"]
