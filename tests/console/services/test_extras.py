"""What a type has of its own is read by its names, checked by its kind, and kept by the step."""

import pytest

from console.base.errors import Refused
from console.services.extras import read
from tests.desks import Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def type_of(bench, *wanted):
    """Give the first type that has these facts."""
    return next(t for t in bench.desk.around.types.values() if {*wanted} <= {*t.fields})


def refused(said, type):
    with pytest.raises(Refused) as raised:
        read(said, type)
    return raised.value


def test_a_fact_is_named_by_its_id_or_its_name(bench):
    lift = type_of(bench, "lift_id", "trapped_count")
    assert read("被困人数=3；lift_id=A-7", lift) == {"trapped_count": "3", "lift_id": "A-7"}
    assert read("lift_id=东；西 座", lift) == {"lift_id": "东；西 座"}


def test_a_wrong_one_is_refused_by_its_name(bench):
    lift = type_of(bench, "lift_id", "trapped_count")
    wrong = refused("trapped_count=三", lift)
    assert (wrong.key, wrong.args_by_name["field"]) == (
        "refused.extra_number",
        "extra.trapped_count",
    )
    assert refused("depth_cm=3", lift).key == "refused.extra_unknown"
    assert refused("lift_id=" + "x" * 501, lift).key == "refused.extra_long"
    assert refused("lift_id=1", None).key == "refused.extra_unknown"


def test_a_choice_is_one_of_those_that_there_are(bench):
    signal = type_of(bench, "signal_color")
    assert read("signal_color=红", signal) == {"signal_color": "red"}
    assert refused("signal_color=紫", signal).key == "refused.extra_choice"


def test_they_are_kept_by_the_steps_that_make_and_classify_an_incident(bench):
    lift = type_of(bench, "lift_id", "trapped_count")
    line = f"报事 电梯困人 梅园新村 --type {lift.code} --extra trapped_count=2"
    made = bench.desk.run(line).plan.changes[0].after.id
    assert bench.held(made).extra == {"trapped_count": "2"}
    bench.desk.run(f"incident.classify {made} {lift.code} --extra lift_id=7")
    assert bench.held(made).extra == {"trapped_count": "2", "lift_id": "7"}


def test_the_last_words_of_a_line_are_never_taken_for_facts(bench):
    lift = type_of(bench, "lift_id", "trapped_count")
    made = bench.desk.run("报事 电梯困人 梅园新村").plan.changes[0].after.id
    bench.desk.run(f"incident.classify {made} {lift.code} III normal 夜间 停电")
    assert bench.held(made).condition == "夜间 停电"
