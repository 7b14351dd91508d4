"""Incidents that may be the same are found with the reasons; others are left alone."""

import pytest

from console.domain.record import Incident
from console.services import duplicates
from tests.desks import STREET, Bench

ONE = Incident(
    id="I1", title="珠江路口井盖破损塌陷", type="DMUM-01", scope=STREET, lon=118.79, lat=32.05,
    address="珠江路1号",
)  # fmt: skip


def other(**facts):
    return Incident(**({"id": "I2", "scope": STREET} | facts))


def keys(**facts):
    return [n.key for _, n in duplicates.reasons(ONE, other(**facts))]


def test_each_reason_is_found_by_itself():
    assert keys(type="DMUM-01", scope="") == ["duplicate.type"]
    assert keys() == ["duplicate.street"]
    assert keys(scope="", lon=118.791, lat=32.05) == ["duplicate.near"]
    assert keys(scope="", lon=118.80, lat=32.05) == []
    assert keys(scope="", address="珠江路1号") == ["duplicate.address"]
    assert keys(scope="", title="珠江路井盖破损") == ["duplicate.words"]


def test_a_hundred_metres_are_a_hundred_metres():
    assert duplicates.metres(ONE, other(lon=118.79, lat=32.051)) == pytest.approx(111, abs=1)
    assert duplicates.metres(ONE, other()) is None


def test_texts_are_alike_by_their_pairs_of_characters():
    assert duplicates.likeness("井盖破损", "井盖破损") == 100
    assert duplicates.likeness("井盖破损", "路灯不亮") == 0
    assert duplicates.likeness("", "路灯") == 0


def test_one_weak_reason_is_not_enough_and_the_likeliest_comes_first():
    found = duplicates.alike(
        ONE,
        [
            other(),
            other(id="I3", type="DMUM-01"),
            other(id="I4", type="DMUM-01", title="珠江路口井盖破损"),
            ONE,
            other(id="I5", type="DMUM-01", parent="I1"),
        ],
    )
    assert [d.id for d in found] == ["I4", "I3"]
    assert found[0].weight > found[1].weight


def test_only_open_and_recent_incidents_of_the_district_are_looked_at(tmp_path):
    bench = Bench(tmp_path)
    bench.incident("I1")
    bench.incident("I2")
    bench.incident("I3", scope="320104.320104001")
    bench.incident("I4", reported_at=bench.clock.now() - 100 * 3_600_000)
    bench.incident("I5")
    bench.run("作废 I5 误报")
    found = duplicates.find(bench.desk.around, bench.held("I1"))
    assert [d.id for d in found] == ["I2"]
    bench.store.close()
