"""A plan says what would change, field by field, and what becomes of each clock."""

from console.domain.deadline import Deadline
from console.domain.plan import Change, clockings
from console.domain.record import Incident

CLOCK = Deadline(limit="1h", started=1, due=9, soon=8)


def whats(before, after):
    was = Incident(id="I", deadlines={"sign": before} if before else {})
    return [c.what for c in clockings(Change(was, Incident(id="I", deadlines={"sign": after})))]


def changed(**facts):
    return Deadline(**({"limit": "1h", "started": 1, "due": 9, "soon": 8} | facts))


def test_each_thing_that_can_become_of_a_clock_is_named():
    assert whats(None, CLOCK) == ["starts"]
    assert whats(CLOCK, changed(stopped=5)) == ["stops"]
    assert whats(CLOCK, changed(paused=5)) == ["pauses"]
    assert whats(changed(paused=5), changed(due=12)) == ["resumes"]
    assert whats(CLOCK, changed(due=12, extended="1h")) == ["extends"]
    assert whats(changed(stopped=5), CLOCK) == ["starts"]
    assert whats(CLOCK, CLOCK) == []


def test_what_a_person_would_notice_is_given_before_and_after():
    change = Change(Incident(id="I", state="a"), Incident(id="I", state="b", lead="x", version=2))
    assert change.fields() == [("state", "a", "b"), ("lead", "", "x")]
    assert change.key == ("incident", "I")


def test_of_a_new_record_everything_that_is_set_is_new():
    assert Change(None, Incident(id="I", title="t")).fields() == [("title", "", "t")]
