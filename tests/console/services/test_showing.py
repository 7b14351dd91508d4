"""A wall is asked for one thing, and answers; a layout is shared under its number, once."""

import pytest

from console.base.errors import Refused
from console.services.showing import layout_id
from tests.desks import Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def pushed(bench, line="showing.push w1 --camera=cam-1 --tile=3"):
    return bench.desk.run(line).plan.changes[0].after.id


def test_a_wall_is_asked_with_who_and_when_and_answers(bench):
    asked = bench.store.get("showing", pushed(bench))
    assert (asked.state, asked.wall, asked.camera, asked.tile) == ("asked", "w1", "cam-1", 3)
    assert (asked.by, asked.scope, asked.asked_at) == ("wang", "*", bench.clock.now())
    bench.desk.run(f"showing.show {asked.id}")
    assert bench.store.get("showing", asked.id).state == "shown"
    bench.desk.run(f"showing.take_off {asked.id}")
    assert bench.store.get("showing", asked.id).state == "taken_off"
    other = pushed(bench, "showing.push w1 --layout=3")
    bench.desk.run(f'showing.refuse {other} "已锁定"')
    refused = bench.store.get("showing", other)
    assert (refused.state, refused.reason, refused.answered_by) == ("refused", "已锁定", "wang")


@pytest.mark.parametrize("what", ["", "--camera=cam-1 --layout=3"])
def test_nothing_and_two_things_at_once_are_not_pushed(bench, what):
    with pytest.raises(Refused, match="push_what"):
        bench.desk.run(f"showing.push w1 {what}")


def test_a_layout_has_one_place_under_its_number(bench):
    for name in ("早班", "晚班"):
        bench.desk.run(f"layout.share 12 {name} 「{{}}」")
    held = bench.store.get("layout", layout_id(12))
    assert (held.number, held.name, held.content, held.by) == (12, "晚班", "{}", "wang")
    bench.desk.run(f"layout.drop {held.id}")
    assert bench.store.get("layout", held.id).state == "dropped"
