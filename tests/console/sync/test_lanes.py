"""An act that waits stops only what rests on it; everything else goes, in order."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from console.domain.record import Act, Step
from console.sync.lanes import named, pick, stepped
from console.wire import BATCH, BODY_BYTES, Acts, pack


@dataclass(frozen=True)
class Waits:
    act: Act
    state: str = "queued"


def act(id: str, record: str, by: str = "wang", state: str = "queued", **args: object) -> Waits:
    step = Step(kind="incident", record=record, verb="note", args=args)
    return Waits(Act(id=id, steps=(step,), by=by), state)


def ids(waiting, may=lambda user: True, suspects=()) -> list[str]:
    return [a.id for a in pick(waiting, may, dict(suspects))]


def test_the_oldest_go_first_in_one_request():
    assert ids([act("1", "A"), act("2", "B"), act("3", "A")]) == ["1", "2", "3"]


def test_a_held_act_stops_its_record_and_what_names_it_but_nothing_else():
    waiting = [
        act("1", "A", state="held"), act("2", "A"), act("3", "T", incident="A"), act("4", "B"),
        act("5", "T"), act("6", "B", parent="C"),
    ]  # fmt: skip
    assert ids(waiting) == ["4", "6"]


def test_two_acts_that_only_name_the_same_record_do_not_wait_for_each_other():
    waiting = [act("1", "T1", state="held", incident="A"), act("2", "T2", incident="A")]
    assert ids(waiting) == ["2"]


def test_refused_acts_stop_nothing():
    assert ids([act("1", "A", state="refused"), act("2", "A")]) == ["2"]


def test_a_request_is_of_one_person_and_others_keep_their_turn():
    waiting = [act("1", "A"), act("2", "A", by="li"), act("3", "A"), act("4", "B")]
    assert ids(waiting) == ["1", "4"]


def test_acts_of_somebody_whose_session_ended_wait_with_what_rests_on_them():
    waiting = [act("1", "A", by="li"), act("2", "A"), act("3", "B")]
    assert ids(waiting, may=lambda user: user != "li") == ["3"]


def test_suspects_go_alone_after_the_others_the_least_suspected_first():
    waiting = [act("1", "A"), act("2", "B"), act("3", "C")]
    assert ids(waiting, suspects={"1": 2, "2": 1}) == ["3"]
    assert ids(waiting[:2], suspects={"1": 2, "2": 1}) == ["2"]
    assert ids([act("1", "A"), act("2", "A")], suspects={"1": 3, "2": 0}) == ["1"]


def test_a_request_is_no_larger_than_the_centre_reads():
    waiting = [act(f"{n:04}", "A", note="言" * 3_000) for n in range(300)]
    batch = pick(waiting, lambda user: True, {})
    assert 0 < len(batch) <= BATCH
    assert len(pack(Acts(acts=batch))) <= BODY_BYTES
    assert len(ids([act(f"{n:04}", "A") for n in range(300)])) == BATCH


def test_one_act_that_is_too_large_goes_alone_to_be_judged():
    assert ids([act("1", "A", note="言" * 100_000), act("2", "B")]) == ["1"]


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(["wang", "li"]),
       st.sampled_from(["queued", "sent", "held", "refused"]), st.sampled_from(["", "A", "B"]),
       st.booleans()), max_size=12))  # fmt: skip
def test_whatever_waits_no_act_overtakes_one_that_it_rests_on(drawn):
    waiting = [
        act(f"{n:02}", record, by, state, incident=other)
        for n, (record, by, state, other, _) in enumerate(drawn)
    ]
    suspects = {f"{n:02}": 1 for n, each in enumerate(drawn) if each[-1]}
    batch = {a.id for a in pick(waiting, lambda user: True, suspects)}
    for n, later in enumerate(waiting):
        for earlier in waiting[:n]:
            if later.act.id in batch and earlier.state != "refused":
                a, b = earlier.act, later.act
                tied = stepped(a) & stepped(b) or stepped(a) & named(b) or named(a) & stepped(b)
                assert not tied or a.id in batch
    assert batch or all(w.state in ("held", "refused") or _behind(w, waiting) for w in waiting)


def _behind(waits: Waits, waiting: list[Waits]) -> bool:
    return any(other is not waits and other.state == "held" for other in waiting)
