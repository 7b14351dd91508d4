"""An alarm is put aside by a line, for a day at most and with a reason, and taken up again."""

import pytest

from console.base.errors import Refused
from tests.desks import Bench

HOUR = 3_600_000


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def shelves(bench):
    found = bench.desk.run("搁置告警 DMSW.ponding_depth +2h 检修").plan.changes[0].after
    return bench.store.get("shelf", found.id)


def test_a_dispatcher_shelves_with_a_reason_for_the_whole_city(bench):
    shelf = shelves(bench)
    assert (shelf.state, shelf.indicator, shelf.reason) == ("shelved", "DMSW.ponding_depth", "检修")
    assert (shelf.by, shelf.scope, shelf.source) == ("wang", "*", "")
    assert shelf.until == bench.clock.now() + 2 * HOUR


def test_a_district_shelves_for_itself(bench):
    bench.sit("zhang", "district", scopes=("320102",))
    assert shelves(bench).scope == "320102"


@pytest.mark.parametrize("until", ["+25h", "-1h"])
def test_it_is_not_shelved_for_good_nor_into_the_past(bench, until):
    with pytest.raises(Refused) as refused:
        bench.run(f"indicator.shelve DMSW.ponding_depth {until} 检修")
    assert refused.value.key == "refused.shelf_long"


def test_it_is_taken_up_again_before_its_time(bench):
    shelf = shelves(bench)
    bench.run("取消搁置 DMSW.ponding_depth")
    assert bench.store.get("shelf", shelf.id).state == "lifted"
    with pytest.raises(Refused) as refused:
        bench.run("取消搁置 DMSW.ponding_depth")
    assert refused.value.key == "refused.not_shelved"
