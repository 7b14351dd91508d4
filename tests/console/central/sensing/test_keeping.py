"""The tables of readings: rows of the driver's own kind, on both databases."""

import msgspec

from console.central.sensing.keeping import TURNS, Beat, Keeping, Kept, Noted, Samples
from console.central.sensing.series import Series
from tests.gauges import PONDING, TUNNEL, measured


def written(keeping: Keeping, source: str, at: int, value: float) -> Series:
    series = Series("indicator", PONDING, ("", ""))
    series.look(measured(PONDING, at, value, source=source), TUNNEL)
    keeping.write([series], lambda: Beat(moved=[kept(series)]), [], [])
    series.n = keeping.head
    keeping.settle([(series.n, kept(series))], [(series.id, at, value)])
    return series


def kept(series: Series) -> Kept:
    return Kept(series.sensed(), series.id, (series.scope, ""), 1, opened=False)


def test_sources_are_numbered_once_and_found_again(centre, clock):
    keeping = Keeping(centre.ledger, clock, 30)
    one, other = written(keeping, "a", 1, 4.0), written(keeping, "b", 1, 5.0)
    assert (one.id, other.id, keeping.head) == (1, 2, 2)
    again = Keeping(centre.ledger, clock, 30)
    assert again.head == 2
    rows, _ = again.all()
    found = [(n, k.series, k.sensed.reading.source) for n, k in rows]
    assert found == [(1, 1, "a"), (2, 2, "b")]


def test_the_same_point_twice_is_one(centre, clock):
    keeping = Keeping(centre.ledger, clock, 30)
    series = written(keeping, "a", 1, 4.0)
    keeping.settle([], [(series.id, 1, 4.5)])
    assert keeping.points(series.id, 0) == [(1, 4.5)]


def test_a_beat_stays_in_the_journal_until_every_source_has_had_its_turn(centre, clock):
    keeping = Keeping(centre.ledger, clock, 30)
    series = written(keeping, "a", 1, 4.0)

    def beat(at: int) -> None:
        sample = (series.id, at, 5.0)
        keeping.write(
            [series], lambda: Beat(calm=Samples([series.id], [at], [5.0]), points=[sample]), [], []
        )

    for at in range(2, TURNS + 1):
        beat(at)
    beats = keeping.all()[1]
    assert [noted.n for noted in beats] == list(range(1, TURNS + 1))
    assert list(beats[-1].places()) == [(keeping.head, (series.id, TURNS, 5.0))]
    beat(TURNS + 1)
    assert [noted.n for noted in keeping.all()[1]] == list(range(2, TURNS + 2))


def test_a_journal_of_before_has_its_samples_one_by_one():
    for calm in ([(7, 1, 5.0), (8, 2, 6.0)], Samples([7, 8], [1, 2], [5.0, 6.0])):
        beat = msgspec.json.decode(msgspec.json.encode(Beat(calm=calm)), type=Beat)
        assert list(Noted(4, beat).places()) == [(3, (7, 1, 5.0)), (4, (8, 2, 6.0))]


def test_an_older_row_never_takes_the_place_of_a_newer(centre, clock):
    keeping = Keeping(centre.ledger, clock, 30)
    series = written(keeping, "a", 5, 4.0)
    old = kept(series)
    series.look(measured(PONDING, 9, 6.0, source="a"), TUNNEL)
    keeping.settle([(series.n, kept(series))], [])
    keeping.settle([(series.n, old)], [])
    assert keeping.all()[0][0][1].sensed.reading.at == 9


def test_nothing_to_write_writes_nothing(centre, clock):
    keeping = Keeping(centre.ledger, clock, 30)
    assert keeping.write([], Beat, [], []) == []
    assert (keeping.head, keeping.all()) == (0, ([], []))
