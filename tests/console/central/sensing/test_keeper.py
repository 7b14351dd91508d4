"""Readings come in by one intake: the newest stands, the wrong are told, sight is kept."""

import msgspec
import pytest

from console.central.sensing.keeper import Keeper
from console.domain.access import Access, system
from console.domain.reading import Reading, Unread
from console.domain.sensed import Sensed
from console.wire import Readings
from tests.centre_driver import PEOPLE, QINHUAI, XUANWU
from tests.gauges import CONNECT, INDICATORS, PONDING, TUNNEL, measured

SOURCE = PEOPLE["water"]
MINUTE = 60_000


def seen(page: Readings) -> dict[str, Sensed]:
    """Give what a page holds, by source."""
    found = [msgspec.json.decode(raw, type=Sensed) for raw in page.readings]
    return {sensed.reading.source: sensed for sensed in found}


def now_of(keeper: Keeper, user: str = "lead") -> dict[str, Sensed]:
    keeper.beat()
    return seen(keeper.page(0, "", PEOPLE[user]))


def test_the_newest_stands_whatever_comes_after_it(keeper, clock):
    now = clock.now()
    told = keeper.take([measured(PONDING, now, 4)], SOURCE)
    assert (told.taken, told.known, told.refused) == (1, 0, 0)
    again = keeper.take([measured(PONDING, now, 9), measured(PONDING, now - 1, 9)], SOURCE)
    assert (again.taken, again.known) == (0, 2)
    assert now_of(keeper)["s1"].reading.value == 4
    assert keeper.take([measured(PONDING, now + 1, 5)], SOURCE).taken == 1
    assert now_of(keeper)["s1"].reading.value == 5


def test_what_is_wrong_is_told_and_the_rest_is_taken(keeper, clock):
    now = clock.now()
    unknown = Reading(topic="indicator", of="NO.such", at=now, value=1)
    unit = Reading(topic="position", of="nobody", at=now, lon=118.8, lat=32.0)
    wrong = [
        unknown, unit, measured(PONDING, now + 6 * MINUTE, 1), measured(PONDING, 0, 1),
        measured(PONDING, now, 1, source="x" * 129), measured(PONDING, now, 1, lon=200.0),
        Unread(why="Object missing required field `at`"),
    ]  # fmt: skip
    told = keeper.take([*wrong, measured(PONDING, now, 4)], SOURCE)
    assert (told.taken, told.refused) == (1, 7)
    assert [w.key.partition(".")[2] for w in told.wrong] == [
        "unknown", "unknown", "future", "instant", "name", "place", "shape",
    ]  # fmt: skip
    assert [w.n for w in told.wrong] == list(range(7))
    assert all(w.why for w in told.wrong)


def test_an_account_speaks_only_for_its_own_places(keeper, clock):
    mine = Access(user="gauge", roles=("source",), scopes=(XUANWU,))
    now = clock.now()
    keeper.take([measured(PONDING, now, 1)], mine)  # its scope is now known to be allowed
    told = keeper.take(
        [
            measured(PONDING, now + 1, 1),
            measured(PONDING, now, 1, source="s2", scope=QINHUAI),
            measured(PONDING, now, 1, source="s3", scope="*"),
            measured(PONDING, now + 2, 1, scope=QINHUAI),
        ],
        mine,
    )
    assert (told.taken, told.refused) == (1, 3)
    assert {w.key for w in told.wrong} == {"reading.scope"}


def test_a_person_gives_values_in_their_own_name_alone(keeper, clock):
    now = clock.now()
    given = measured(PONDING, now, 18, source="@xuanwu")
    assert keeper.take([given], PEOPLE["xuanwu"]).taken == 1
    for other in (measured(PONDING, now, 18, source="@qinhuai"), measured(PONDING, now, 18)):
        assert keeper.take([other], PEOPLE["xuanwu"]).wrong[0].key == "reading.by"
    position = Reading(topic="position", of="u", at=now, source="@xuanwu", lon=118.8, lat=32.0)
    assert keeper.take([position], PEOPLE["xuanwu"]).taken == 0


def test_everybody_has_what_lies_in_their_sight(keeper, clock):
    now = clock.now()
    keeper.take(
        [
            measured(PONDING, now, 1, source="street"),
            measured(PONDING, now, 2, source="qinhuai", scope=QINHUAI),
            measured(CONNECT, now, 97, source="city", scope="*"),
            measured(CONNECT, now, 97, source="inner", scope=""),
        ],
        SOURCE,
    )
    assert now_of(keeper).keys() == {"street", "qinhuai", "city", "inner"}
    assert now_of(keeper, "xuanwu").keys() == {"street", "city"}
    assert now_of(keeper, "qinhuai").keys() == {"qinhuai", "city"}


def test_a_unit_is_seen_where_it_belongs_and_by_its_department(keeper, clock, centre):
    from tests.centre_driver import act, step  # noqa: PLC0415

    enrolled = step("unit", "U1", "enrol", scope=TUNNEL, call_sign="城管01", dept="cgj")
    centre.load([act("system", enrolled, at=clock.now())], system())
    place = Reading(topic="position", of="U1", at=clock.now(), lon=118.8, lat=32.05, speed=3.0)
    assert keeper.take([place], SOURCE).taken == 1
    for user, sees in (("xuanwu", True), ("cgj", True), ("qinhuai", False)):
        assert bool(now_of(keeper, user)) is sees
    assert now_of(keeper)[""].reading.scope == TUNNEL


def test_only_what_changed_comes_again_and_each_once(keeper, clock):
    now = clock.now()
    keeper.take([measured(PONDING, now, n, source=f"s{n}") for n in range(5)], SOURCE)
    keeper.beat()
    first = keeper.page(0, "", PEOPLE["lead"], limit=3)
    assert (len(first.readings), first.more) == (3, True)
    rest = keeper.page(first.next, first.basis, PEOPLE["lead"])
    assert (len(rest.readings), rest.more, rest.next) == (2, False, keeper.head)
    for value in (7, 8, 9):
        keeper.take([measured(PONDING, now + value, value, source="s1")], SOURCE)
    keeper.beat()
    news = keeper.page(rest.next, rest.basis, PEOPLE["lead"])
    assert [s.reading.value for s in seen(news).values()] == [9]


def test_another_basis_begins_from_the_start(keeper, clock):
    keeper.take([measured(PONDING, clock.now(), 1)], SOURCE)
    keeper.beat()
    page = keeper.page(keeper.head, "another", PEOPLE["lead"])
    assert len(page.readings) == 1
    assert page.basis != keeper.page(0, "", PEOPLE["xuanwu"]).basis


def test_it_stands_as_it_stood_after_a_restart(keeper, clock, centre):
    now = clock.now()
    for n, value in enumerate((20, 21, 3, 3)):
        keeper.take([measured(PONDING, now + n, value)], SOURCE)
    keeper.beat()
    again = Keeper(centre.ledger, INDICATORS, clock, 30)
    assert again.head == keeper.head
    for n, value in enumerate((3, 3), 4):
        assert again.take([measured(PONDING, now + n, value)], SOURCE).taken == 1
    assert now_of(again)["s1"].standing.band == "warn"
    again.take([measured(PONDING, now + 6, 3)], SOURCE)
    assert now_of(again)["s1"].standing.band == "normal"
    assert again.take([measured(PONDING, now + 6, 3)], SOURCE).known == 1


def test_the_history_keeps_points_half_a_cycle_apart_and_lets_old_ones_go(keeper, clock):
    now = clock.now()
    for n in range(6):
        keeper.take([measured(PONDING, now + n * MINUTE // 4, n)], SOURCE)
    keeper.beat()
    points = keeper.history(PONDING.id, "s1", 0, PEOPLE["lead"]).points
    assert [value for _, value in points] == [0, 2, 4]
    assert keeper.history(PONDING.id, "s1", now + MINUTE, PEOPLE["lead"]).points == points[2:]
    assert keeper.history(PONDING.id, "s1", 0, PEOPLE["qinhuai"]).points == []
    clock.turn(31 * 24 * 60 * MINUTE)
    keeper.take([measured(PONDING, clock.now(), 5)], SOURCE)
    keeper.beat()
    assert [v for _, v in keeper.history(PONDING.id, "s1", 0, PEOPLE["lead"]).points] == [5]


def test_what_another_process_on_the_same_database_takes_is_known_here(keeper, clock, centre):
    if not centre.ledger.shared:
        pytest.skip("one process alone writes to a ledger on SQLite")
    beside = Keeper(centre.ledger, INDICATORS, clock, 30)
    now = clock.now()
    beside.take([measured(PONDING, now, 5), measured(PONDING, now, 6, source="s2")], SOURCE)
    beside.beat()
    keeper.beat()
    assert keeper.take([measured(PONDING, now, 9)], SOURCE).known == 1
    keeper.take([measured(PONDING, now + 1, 9)], SOURCE)
    assert now_of(keeper)["s1"].reading.value == 9


def test_what_the_disk_did_not_take_is_written_with_a_later_beat(keeper, clock, monkeypatch):
    keeper.take([measured(PONDING, clock.now(), 5)], SOURCE)
    held, keeper._keeping.write = keeper._keeping.write, None
    with pytest.raises(TypeError):
        keeper.beat()
    keeper._keeping.write = held
    assert now_of(keeper)["s1"].reading.value == 5
    assert len(keeper.history(PONDING.id, "s1", 0, PEOPLE["lead"]).points) == 1
