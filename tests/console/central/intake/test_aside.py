"""What could not be taken in: kept raw and bounded, and told of until a person takes it up."""

import msgspec
import pytest

from console.central.intake.aside import Aside, Wrong
from console.central.intake.bounds import Kept, bounds
from console.wire import APPLIED, Posted
from tests.centre_driver import act, step

WHY = Posted(number="N-1", status="wrong", rule="intake.missing", field="words", line=7, why="空")


@pytest.fixture
def small():
    return msgspec.structs.replace(bounds(), kept=Kept(each=3, bytes=10))


@pytest.fixture
def aside(centre, small):
    return Aside(centre, {"urgent": "10m"}, small)


def signal(centre, aside):
    return centre.get("incident", aside.all()[0].incident)


def test_it_is_kept_raw_as_far_as_there_is_room(aside):
    aside.put("cap", "water", [Wrong(b"0123456789abc", WHY)])
    held = aside.all()[0]
    assert (held.door, held.source, held.number, held.field, held.line, held.size) == (
        "cap", "water", "N-1", "words", 7, 13,
    )  # fmt: skip
    assert aside.body(held.id) == b"0123456789"
    assert aside.body("none") is None


def test_the_same_bytes_are_kept_once_and_counted(aside):
    for _ in range(3):
        aside.put("cap", "water", [Wrong(b"x", WHY), Wrong(b"x", WHY)])
    assert [(held.times, held.size) for held in aside.all()] == [(3, 1)]


def test_only_the_newest_of_a_source_are_kept(aside, clock):
    for n in range(5):
        clock.turn(1)
        aside.put("cap", "water", [Wrong(str(n).encode(), WHY)])
    aside.put("cap", "other", [Wrong(b"x", WHY)])
    mine = [h for h in aside.all() if h.source == "water"]
    assert [aside.body(h.id) for h in mine] == [b"4", b"3", b"2"]
    assert len(aside.all()) == 4


def test_one_incident_stands_for_a_source_until_somebody_takes_it_up(centre, aside, clock):
    aside.put("cap", "water", [Wrong(b"1", WHY)])
    first = signal(centre, aside)
    assert (first.state, first.type, first.source) == ("reported", bounds().trouble.type, "system")
    assert "water" in first.title
    assert "空" in first.detail
    assert str(first.deadlines["accept"].limit) == "10m"
    aside.put("cap", "water", [Wrong(b"2", WHY)])
    assert signal(centre, aside).version == first.version
    clock.turn(11 * 60_000)
    aside.put("cap", "water", [Wrong(b"3", WHY)])
    pressed = signal(centre, aside)
    assert (pressed.id, len(pressed.notes)) == (first.id, 1)
    assert aside.all()[0].by == ""


def test_who_accepts_it_has_looked_and_what_comes_after_it_is_over_opens_the_next(
    centre, aside, clock, built
):
    aside.put("cap", "water", [Wrong(b"1", WHY)])
    first = signal(centre, aside)
    from tests.centre_driver import PEOPLE  # noqa: PLC0415

    for verb, args in (("accept", {}),):
        said = act("intake", step("incident", first.id, verb, base=first.version, **args))
        assert centre.judge_acts([said], PEOPLE["intake"]).verdicts[0].verdict == APPLIED
    assert (aside.all()[0].by, aside.all()[0].state) == ("intake", "accepted")
    clock.turn(11 * 60_000)
    aside.put("cap", "water", [Wrong(b"2", WHY)])
    assert len(signal(centre, aside).notes) == 1
    merged = act("intake", step("incident", first.id, "transfer", base=1 << 30, to="110"))
    assert centre.judge_acts([merged], PEOPLE["intake"]).verdicts[0].verdict == APPLIED
    aside.put("cap", "water", [Wrong(b"3", WHY)])
    assert signal(centre, aside).id != first.id
    assert signal(centre, aside).state == "reported"


def test_each_door_and_each_source_has_a_signal_of_its_own(centre, aside):
    for door, source in (("cap", "a"), ("cap", "b"), ("reports", "a")):
        aside.put(door, source, [Wrong(b"1", WHY)])
    assert len({held.incident for held in aside.all()}) == 3


def test_nothing_wrong_is_nothing_told(centre, aside):
    aside.put("cap", "a", [])
    assert (aside.all(), centre.head) == ([], 0)
