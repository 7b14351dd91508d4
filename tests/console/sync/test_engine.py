"""The engine settles every act once, sets aside only what is at fault, and fills when it must."""

import pytest

from console.base.errors import Faulty, Gone, Refused, SignedOut, Unreachable
from console.domain.record import Step
from console.wire import BODY_BYTES
from tests.whole.simulation import EAST, Line, World


class Moody(Line):
    """A line that can raise, by what is sent."""

    def __init__(self, world):
        super().__init__(world)
        self.poison: set[str] = set()
        self.strange: set[str] = set()
        self.out: set[str] = set()
        self.broken = False
        self.requests: list[list[str]] = []

    def acts(self, acts, epoch):
        ids = [act.id for act in acts]
        self.requests.append(ids)
        if acts[0].by in self.out:
            raise SignedOut(acts[0].by)
        if self.broken or self.poison & set(ids):
            raise Faulty("sync.why.faulty")
        if self.strange & set(ids):
            raise Refused("sync.not_understood", status=400, said="malformed")
        return super().acts(acts, epoch)


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    for desk in world.desks:
        desk.line = Moody(world)
        desk.restart()
        desk.pull()
    yield world
    world.close()


@pytest.fixture
def desk(world):
    return world.desks[0]


def note(desk, record: str = "I1", words: str = "n") -> str:
    return desk.take(Step(kind="incident", record=record, verb="note", args={"note": words}))


def states(desk) -> dict[str, str]:
    return {w.act.id: w.state for w in desk.store.outbox()}


def push(desk, times: int = 1) -> list:
    told = []
    for _ in range(times):
        try:
            told.append(desk.engine.push())
        except Unreachable as error:
            told.append(error)
    return told


def test_all_that_waits_goes_in_one_request_and_is_settled(desk):
    sent = [note(desk), note(desk, "I2"), note(desk)]
    [told] = push(desk)
    assert desk.line.requests == [sent]
    assert states(desk) == {}
    assert told.more
    assert ("incident", "I2") in told.changes.touched
    assert push(desk)[0].changes.touched == frozenset()


def test_an_act_is_noted_as_sent_before_it_is_sent(desk):
    act = note(desk)
    desk.line.fault = "drop"
    push(desk)
    assert states(desk) == {act: "sent"}
    with pytest.raises(Refused):
        desk.store.take_back(act)


def test_an_act_that_breaks_the_centre_is_held_while_others_go_on(desk):
    bad, behind, good = note(desk), note(desk), note(desk, "I2")
    desk.line.poison = {bad}
    told = push(desk, 12)
    notices = [n for t in told if not isinstance(t, Faulty) for n in t.notices]
    held = states(desk)
    assert held.keys() == {bad, behind}
    assert held[bad] == "held"
    assert [n.key for n in notices] == ["sync.held"]
    assert [good] in desk.line.requests
    desk.line.poison = set()
    desk.store.retry(bad)
    push(desk, 2)
    assert states(desk) == {}


def test_a_centre_that_fails_on_everything_holds_nothing(desk):
    acts = [note(desk), note(desk, "I2")]
    desk.line.broken = True
    push(desk, 30)
    assert set(states(desk)) == set(acts)
    assert set(states(desk).values()) == {"sent"}
    desk.line.broken = False
    push(desk, 4)
    assert states(desk) == {}


@pytest.mark.logs_trouble
def test_an_act_that_the_centre_does_not_understand_is_set_aside_and_told_once(desk):
    bad, good = note(desk), note(desk, "I2")
    desk.line.strange = {bad}
    told = push(desk, 5)
    assert states(desk) == {bad: "refused"}
    assert [n.key for t in told for n in t.notices] == ["sync.not_understood"]
    assert [good] in desk.line.requests
    assert desk.line.requests.count([bad]) == 1


def test_a_refusal_is_kept_with_its_reason(world, desk):
    other = world.desks[1]
    accept = Step(kind="incident", record="I1", verb="accept")
    desk.take(accept)
    other.take(accept)
    push(other)
    [told] = push(desk)
    [waiting] = desk.store.outbox()
    assert (waiting.state, waiting.key) == ("refused", "refused.state")
    assert told.notices[0].key == "refused.state"
    assert desk.store.get("incident", "I1").handler == "both"


def test_acts_of_somebody_who_must_sign_in_wait_and_those_of_others_go(world, desk):
    mine = note(desk)
    desk.person, desk.name = world.access["east"], "east"
    theirs = note(desk, "I1")
    apart = desk.take(Step(kind="report", record="R1", verb="reveal", args={"reason": "r"}))
    desk.line.out = {"all"}
    push(desk, 4)
    assert states(desk) == {mine: "sent", theirs: "queued"}
    assert [apart] in desk.line.requests
    assert desk.engine.absent() == {"all"}
    desk.line.out = set()
    assert push(desk, 2)[0].more is False
    desk.engine.welcome()
    push(desk, 3)
    assert states(desk) == {}


def test_nothing_is_sent_to_another_incarnation_before_the_cache_is_filled(world, desk):
    world.back_up()
    act = note(desk)
    world.restore()
    push(desk, 3)
    assert states(desk) == {act: "sent"}
    assert len(desk.line.requests) == 1
    desk.pull()
    push(desk)
    assert states(desk) == {}


def test_what_may_no_longer_be_seen_goes_even_when_the_line_then_breaks(world):
    desk = world.desks[1]
    act = note(desk, "I2")
    held = world.access["both"]
    world.access["both"] = type(held)(user="both", roles=held.roles, scopes=(EAST,))
    assert desk.store.confirmed("incident", "I2") is not None
    changes, fill = desk.line.changes, desk.line.snapshot

    def dies(*args, **rest):
        desk.line.down = True
        try:
            return fill()
        finally:
            desk.line.down = False

    desk.line.snapshot = dies
    with pytest.raises(Unreachable):
        desk.engine.pull()
    assert desk.store.confirmed("incident", "I2") is None
    assert states(desk) == {act: "queued"}
    desk.line.snapshot, desk.line.changes = fill, changes
    desk.pull()
    assert desk.store.confirmed("incident", "I1") is not None
    assert desk.store.confirmed("incident", "I2") is None
    push(desk)
    assert states(desk) == {act: "refused"}


def test_a_snapshot_that_breaks_off_leaves_the_old_cache_in_use(world, desk):
    world.back_up()
    world.restore()
    desk.line.fault = "lose"
    with pytest.raises(Unreachable):
        desk.engine.fill()
    assert desk.store.get("incident", "I1").title == "east"
    assert desk.engine.filling == (0, 0)


def test_until_when_the_data_are_true_is_remembered(world, desk):
    desk.engine.pull()
    at = desk.engine.as_of
    assert at == world.clock.now()
    desk.restart()
    assert desk.engine.as_of == at


def test_a_page_that_is_part_of_more_says_nothing_of_now(world, desk):
    for n in range(150):
        note(world.desks[1], "I1", str(n))
    push(world.desks[1], 3)
    at = desk.engine.as_of
    world.clock.turn(60_000)
    told = desk.engine.pull(limit=1)
    assert told.more
    assert desk.engine.as_of == at


def test_the_feed_that_ends_by_being_gone_is_filled_next(world, desk):
    def gone(_):
        raise Gone("cursor_expired")

    desk.line.stream = lambda cursor: map(gone, [cursor])
    assert [t.more for t in desk.engine.stream()] == [True]
    filled = desk.engine.pull()
    assert filled.changes.everything


def test_a_very_large_act_does_not_stop_the_others(desk):
    large = note(desk, "I1", "言" * BODY_BYTES)
    good = note(desk, "I2")
    push(desk, 3)
    assert desk.line.requests[0] == [large]
    assert states(desk) == {}
    assert [good] in desk.line.requests


def settled(world, desk):
    """Have steps taken and applied, some before the centre is copied and some after."""
    before = [note(desk, "I1", "before"), note(desk, "I2", "before")]
    push(desk)
    world.back_up()
    after = [note(desk, "I1", "after"), note(desk, "I2", "after")]
    push(desk)
    pull_all(desk)
    assert desk.store.outbox() == []
    return before, after


def pull_all(desk):
    while desk.pull():
        continue


def notes(world, incident: str = "I1") -> list[str]:
    return [n.text for n in world.centre.get("incident", incident).notes]


def test_what_a_centre_forgot_that_was_put_back_is_said_again_and_counts_once(world, desk):
    before, after = settled(world, desk)
    world.restore()
    assert notes(world) == ["before"]
    pull_all(desk)
    assert states(desk) == dict.fromkeys([*before, *after], "recalled")
    assert [n.text for n in desk.store.get("incident", "I1").notes] == ["before"]
    assert [n.key for n in desk.store.trouble()] == ["store.recalled"]
    push(desk)
    assert (notes(world), notes(world, "I2")) == (["before", "after"], ["before", "after"])
    pull_all(desk)
    assert states(desk) == {}
    assert [n.text for n in desk.store.get("incident", "I1").notes] == ["before", "after"]


def test_it_is_said_again_by_a_seat_that_was_started_anew_and_lost_its_cache(world, desk):
    settled(world, desk)
    world.restore()
    desk.store.close()
    (world.folder / desk.name / "cache.db").unlink()
    desk.store, desk.engine = desk._opened()
    pull_all(desk)
    push(desk)
    assert notes(world) == ["before", "after"]


def test_what_no_longer_fits_is_a_conflict_that_a_person_sees(world, desk):
    world.back_up()
    other = world.desks[1]
    desk.take(Step(kind="incident", record="I1", verb="accept"))
    push(desk)
    pull_all(desk)
    world.restore()
    other.pull()
    other.take(Step(kind="incident", record="I1", verb="void", args={"reason": "r"}))
    other.push()
    pull_all(desk)
    push(desk)
    assert list(states(desk).values()) == ["conflict"]


def test_what_was_applied_is_kept_for_a_week_and_no_longer(world, desk):
    settled(world, desk)
    desk.engine.tidy()
    assert len(desk.kept()) == 4
    world.clock.turn(8 * 86_400_000)
    desk.engine.tidy()
    assert desk.kept() == []
