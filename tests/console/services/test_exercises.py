"""An exercise is begun and ended; what is made for it says so and keeps away from what is real."""

import pytest

from console.base.errors import Refused
from console.domain.query import parse_query, real
from tests.desks import Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def made(bench, line, kind="incident"):
    changed = bench.desk.run(line).plan.changes
    return next(c.after for c in changed if c.after.kind == kind)


def begun(bench, name="春季演练"):
    return made(bench, f"exercise.begin {name}", "exercise")


def incident(bench, title="道路积水", more="--exercise=春季演练"):
    return made(bench, f"incident.create {title} --scope=320102 {more}")


def test_it_is_begun_and_ended_by_a_person_and_everybody_sees_it(bench):
    exercise = begun(bench)
    assert (exercise.name, exercise.by, exercise.scope) == ("春季演练", "wang", "*")
    assert (exercise.state, exercise.started_at) == ("running", bench.clock.now())
    with pytest.raises(Refused, match="exercise_runs"):
        begun(bench)
    bench.clock.turn(60_000)
    bench.desk.run("结束演练 春季演练 顺利")
    ended = bench.store.get("exercise", exercise.id)
    assert (ended.state, ended.ended_by, ended.result) == ("ended", "wang", "顺利")
    assert ended.ended_at == exercise.started_at + 60_000
    assert begun(bench).id != exercise.id


def test_an_incident_made_for_it_says_so_wherever_its_title_is_read(bench):
    exercise = begun(bench)
    held = incident(bench)
    assert (held.exercise, held.title) == (exercise.id, "【演练】道路积水")
    bench.desk.run(f"incident.amend {held.id} title=桥下积水")
    assert bench.store.get("incident", held.id).title == "【演练】桥下积水"
    with pytest.raises(Refused):
        bench.desk.run(f"incident.amend {held.id} exercise=")


def test_only_one_under_way_takes_incidents(bench):
    with pytest.raises(Refused, match="no_exercise"):
        incident(bench)
    exercise = begun(bench)
    bench.desk.run(f"exercise.end {exercise.id}")
    with pytest.raises(Refused, match="no_exercise"):
        incident(bench)


def test_it_is_never_counted_or_merged_with_what_is_real(bench):
    begun(bench)
    mine, true = incident(bench), incident(bench, more="")
    rows = bench.store.find(parse_query("incident", real("incident", "")), bench.desk.around.view())
    assert [row[0] for row in rows] == [true.id]
    assert real("camera", "state:in_use") == "state:in_use"
    with pytest.raises(Refused, match="merge_exercise"):
        bench.desk.run(f"incident.merge {mine.id} --parent={true.id}")
