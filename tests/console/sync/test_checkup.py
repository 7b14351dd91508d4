"""A cache that is not what it should be is found, filled anew, and said; what waits stays."""

import pytest

from console.domain.record import Step
from console.store import files
from console.sync import checkup
from console.wire import Digest
from tests.whole.simulation import World


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    for desk in world.desks:
        while desk.pull():
            continue
    yield world
    world.close()


@pytest.fixture
def desk(world):
    return world.desks[0]


def spoil(desk, line, *given):
    """Change the cache behind the store's back."""
    with files.transaction(desk.store._cache._writer) as db:
        db.execute(line, given)


def check(desk):
    return desk.engine.check(lambda seconds: None)


def test_a_cache_that_is_the_centres_is_left_as_it_is(world, desk):
    desk.take(Step(kind="incident", record="I1", verb="note", args={"note": "waits"}))
    assert checkup.look(desk.store, desk.line, lambda s: None) == checkup.Finding()
    told = check(desk)
    assert (told.more, told.notices, desk.engine.stale) == (False, (), False)


@pytest.mark.logs_trouble
@pytest.mark.parametrize(
    ("line", "rows", "kinds"),
    [
        ("UPDATE incident SET state = 'closed' WHERE id = 'I1'", 1, ()),
        ("UPDATE incident SET body = replace(body, 'east', 'west') WHERE id = 'I1'", 1, ()),
        ("UPDATE incident SET body = '{' WHERE id = 'I1'", 1, ()),
        ("UPDATE incident SET held = held + 7 WHERE id = 'I1'", 1, ("incident",)),
        ("DELETE FROM unit WHERE id = 'U1'", 0, ("unit",)),
    ],
)
def test_a_row_that_was_changed_on_purpose_is_found_and_mended(world, desk, line, rows, kinds):
    act = desk.take(Step(kind="incident", record="I2", verb="note", args={"note": "waits"}))
    spoil(desk, line)
    assert checkup.look(desk.store, desk.line, lambda s: None) == checkup.Finding(rows, kinds)
    told = check(desk)
    assert ([n.key for n in told.notices], told.more) == (["sync.differs"], True)
    while desk.pull():
        continue
    assert [w.act.id for w in desk.store.outbox()] == [act]
    assert checkup.look(desk.store, desk.line, lambda s: None) == checkup.Finding()
    assert check(desk).notices == ()


@pytest.mark.logs_trouble
def test_what_filling_does_not_mend_is_not_filled_for_ever(world, desk):
    lies = Digest(counts={"incident": 99}, sums={}, head=world.centre.head)
    desk.line.digest = lambda: lies
    assert [n.key for n in check(desk).notices] == ["sync.differs"]
    while desk.pull():
        continue
    told = check(desk)
    assert ([n.key for n in told.notices], told.more) == (["sync.differs_still"], False)
    assert not desk.engine.stale


def test_while_the_centre_goes_on_nothing_is_said(world, desk):
    ahead = Digest(counts={}, sums={}, head=10**6)
    desk.line.digest = lambda: ahead
    told = check(desk)
    assert (told.more, told.notices) == (True, ())


def test_kinds_of_which_rows_were_set_aside_are_not_compared():
    mine = Digest(counts={"incident": 1}, sums={"incident": 5}, head=1)
    theirs = Digest(counts={"incident": 2}, sums={"incident": 9}, head=1)
    assert checkup.differing(mine, theirs, set()) == ("incident",)
    assert checkup.differing(mine, theirs, {"incident"}) == ()
