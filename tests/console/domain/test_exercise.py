"""An exercise is a record with a span, and incidents name it in a column of their own."""

import pytest

from console.base.text import speak
from console.domain.exercise import Exercise, marked
from console.domain.query import Viewpoint, matches, parse_query, real
from console.domain.record import KINDS, Incident, StartedPlan
from console.domain.rows import NO_EXERCISE, SHAPES, row_of
from tests.worlds import LEAD, SCOPE, World


@pytest.fixture
def world():
    """Give a world with an exercise, an incident made for it, and a real one."""
    made = World()
    made.do(LEAD, "exercise", "z", "begin", name="春季演练", scope=SCOPE)
    made.do(LEAD, "incident", "mine", "create", title="积水", scope=SCOPE, exercise="z")
    made.do(LEAD, "incident", "true", "create", title="积水", scope=SCOPE)
    for incident in ("mine", "true"):
        made.do(LEAD, "incident", incident, "accept")
    return made


def counts(record):
    """Tell whether figures count a record, as the store and the centre's press ask."""
    query = parse_query(record.kind, real(record.kind, ""))
    return matches(query, (*row_of(record), 0, 0, 0), Viewpoint())


def test_its_row_tells_its_span():
    row = row_of(Exercise(id="z", scope="320102", name="春季演练", started_at=5, ended_at=9))
    shape = SHAPES[Exercise.kind]
    told = [row[shape.index(n)] for n in ("name", "district", "started_at", "ended_at")]
    assert told == ["春季演练", "320102", 5, 9]
    assert KINDS["exercise"] is Exercise


def test_a_real_incident_is_of_none():
    at = SHAPES["incident"].index("exercise")
    told = [row_of(Incident(id="i", scope="", exercise=e))[at] for e in ("", "z")]
    assert told == [NO_EXERCISE, "z"]


def test_the_title_says_so_whoever_writes_it_and_whatever_they_leave_out(world):
    assert world.records["incident", "mine"].title == "【演练】积水"
    assert world.records["incident", "true"].title == "积水"
    for to, said in (("桥下积水", "【演练】桥下积水"), ("【演练】火情",) * 2, ("", "【演练】")):
        changes = {"title": {"from": world.records["incident", "mine"].title, "to": to}}
        assert world.do(LEAD, "incident", "mine", "amend", changes=changes).title == said


def test_a_title_marked_in_another_language_is_not_marked_twice(world):
    speak("en")
    try:
        assert marked("【演练】积水") == "【演练】积水"
        assert marked("Flood") == "[EXERCISE] Flood"
    finally:
        speak("zh_CN")
    assert marked("[EXERCISE] Flood") == "[EXERCISE] Flood"


def test_what_is_done_for_its_incident_is_of_it_and_no_figure_counts_it(world):
    for incident, of in (("mine", "z"), ("true", "")):
        task = world.do(
            LEAD, "task", f"t-{incident}", "issue", incident=incident, scope=SCOPE, dept="cgj"
        )
        assert (task.exercise, counts(task)) == (of, not of)
        signed = world.do(LEAD, "task", task.id, "sign")
        assert (signed.exercise, counts(signed)) == (of, not of)
        plan = world.do(
            LEAD, "plan", f"p-{incident}", "start", incident=incident, scope=SCOPE, plan="EMFV-P1",
            scene="EMFV", level="III",
        )  # fmt: skip
        assert (plan.exercise, counts(plan)) == (of, not of)
    assert counts(StartedPlan(id="p", scope=SCOPE))


def test_a_report_is_of_it_while_it_is_attached(world):
    told = world.do(LEAD, "report", "r", "receive", scope=SCOPE, words="水", source="hotline")
    assert counts(told)
    attached = world.do(LEAD, "report", "r", "attach", incident="mine")
    assert (attached.exercise, counts(attached)) == ("z", False)
    loose = world.do(LEAD, "report", "r", "detach")
    assert (loose.exercise, counts(loose)) == ("", True)
    assert world.do(LEAD, "report", "r", "attach", incident="true").exercise == ""
