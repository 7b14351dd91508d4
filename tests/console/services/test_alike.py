"""What a desk shows of incidents that may be the same."""

import pytest
from msgspec.structs import replace

from console.advise.case import Callers
from console.advise.hotspots import read_rule
from console.domain.record import Incident, Report
from console.services import alike
from tests.desks import Bench


def report(n, phone="", caller=""):
    return Report(id=f"R{n}", phone=phone, caller=caller)


@pytest.mark.parametrize(
    ("reports", "phone", "callers"),
    [
        ([], "", Callers(0, 0, 0)),
        ([report(1, "100-1"), report(2, "1001"), report(3, "1001")], "1001", Callers(3, 1, 3)),
        ([report(1, "1001"), report(2, "1002"), report(3, "", "甲")], "1002", Callers(3, 3, 1)),
        ([report(1), report(2)], "", Callers(2, 2, 0)),
    ],
)
def test_one_caller_again_is_told_from_many_callers(reports, phone, callers):
    assert alike.callers_of(reports, phone) == callers


LINE = "incident.create 井盖破损 --scope 玄武门街道 --type 设施损坏类 --phone"


def test_the_call_taker_is_told_that_this_caller_told_of_it_before(tmp_path):
    bench = Bench(tmp_path)
    bench.run(f"{LINE} 10000001 --words 井盖破了")
    plan = bench.desk.plan(f"{LINE} 10000001 --words 又来问")
    assert [w.key for w in plan.warnings] == ["warning.told_before"]
    other = bench.desk.plan(f"{LINE} 10000002 --words 井盖")
    assert [w.key for w in other.warnings] == ["warning.duplicate"]
    bench.store.close()


@pytest.mark.parametrize(
    ("other", "one"),
    [
        ({"catalog": "DMUM-06-02"}, True),
        ({"catalog": "DMSW-04"}, False),
        ({"type": "DMUM-06-02", "catalog": "DMUM-06-02"}, False),
    ],
)
def test_a_hot_spot_may_be_one_of_the_same_kind_and_nothing_else(other, one):
    hot = Incident(id="h1", type=read_rule().opens, catalog="DMUM-06-02")
    assert alike._may_be(replace(hot, id="h2", **other), hot) is one
