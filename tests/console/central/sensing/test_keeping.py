"""The tables of readings: rows of the driver's own kind, on both databases."""

from console.central.sensing.keeping import Keeping
from console.central.sensing.series import Series
from console.central.sight import Sight
from console.domain.access import system
from tests.gauges import PONDING, measured

ALL = Sight.of(system())


def written(keeping: Keeping, source: str, at: int, value: float) -> Series:
    series = Series("indicator", PONDING, ("", ""))
    series.reading = measured(PONDING, at, value, source=source)
    series.scope = series.reading.scope
    keeping.write([(series, series.body())], [(series, at, value)])
    return series


def test_sources_are_numbered_once_and_found_again(centre, clock):
    keeping = Keeping(centre.ledger, clock, 30)
    one, other = written(keeping, "a", 1, 4.0), written(keeping, "b", 1, 5.0)
    assert (one.id, other.id, keeping.head) == (1, 2, 2)
    again = Keeping(centre.ledger, clock, 30)
    assert again.head == 2
    assert {(k.series, k.sensed.reading.source) for k in again.all()} == {(1, "a"), (2, "b")}


def test_the_same_point_twice_is_one_and_a_name_with_a_nul_is_none(centre, clock):
    keeping = Keeping(centre.ledger, clock, 30)
    series = written(keeping, "a", 1, 4.0)
    keeping.write([(series, series.body())], [(series, 1, 4.5)])
    assert keeping.points(PONDING.id, "a", 0, ALL) == [(1, 4.5)]
    assert keeping.points(PONDING.id, "a\0", 0, ALL) == []


def test_nothing_to_write_writes_nothing(centre, clock):
    keeping = Keeping(centre.ledger, clock, 30)
    assert keeping.write([], []) == []
    assert keeping.page(0, ALL, 10) == ([], 0, False)
