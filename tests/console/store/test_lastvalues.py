"""A seat's readings: the newest stands, courses are short, and the file may be lost."""

import pytest

from console.domain.alarm import Standing
from console.domain.reading import Reading
from console.domain.sensed import Sensed
from console.store import lastvalues
from console.store.lastvalues import LastValues
from tests.gauges import CONNECT, PONDING, measured

KEY = b"k" * 32
MINUTE = 60_000
WEEK = lastvalues.KEPT_MS


def sensed(at: int, value: float, source: str = "s1", of=PONDING, **more) -> Sensed:
    return Sensed(reading=measured(of, at, value, source=source, **more))


@pytest.fixture
def values(tmp_path):
    made = LastValues(tmp_path, KEY)
    yield made
    made.close()


def test_the_newest_stands_and_news_name_what_they_are_of(values):
    assert values.absorb([sensed(5, 4), sensed(5, 9, of=CONNECT)], 7, "b").readings == {
        ("indicator", PONDING.id), ("indicator", CONNECT.id),
    }  # fmt: skip
    assert not values.absorb([sensed(4, 1)], 8, "b")
    assert values.last("indicator", PONDING.id)[PONDING.id, "s1"].reading.value == 4
    assert values.place == (8, "b")
    assert values.last("position") == {}


def test_all_is_there_after_a_restart_and_gone_on_another_basis(values, tmp_path):
    held = Sensed(reading=measured(PONDING, 5, 30), standing=Standing(band="alarm", since=5))
    position = Sensed(reading=Reading(topic="position", of="U1", at=5, lon=118.8, lat=32.0))
    values.absorb([held, position], 7, "b")
    values.give(sensed(9, 12, source="@wang"))
    values.close()
    again = LastValues(tmp_path, KEY)
    assert again.last("indicator")[PONDING.id, "s1"] == held
    assert again.last("position")["U1", ""].reading.lon == 118.8
    assert again.series(PONDING.id, "s1", 0) == [(5, 30.0)]
    assert [r.value for _, r in again.own()] == [12]
    assert again.place == (7, "b")
    again.absorb([sensed(6, 1, source="s9")], 1, "another")
    assert again.last("indicator").keys() == {(PONDING.id, "s9")}
    assert len(again.own()) == 1  # what a person gave waits, whoever sees what
    again.close()


def test_points_lie_apart_and_only_so_many_are_kept(values, monkeypatch):
    monkeypatch.setattr(lastvalues, "POINTS", 5)
    monkeypatch.setattr(lastvalues, "SPARE", 2)
    for n in range(12):
        values.absorb([sensed(n * lastvalues.GAP_MS, n)], n, "b")
        values.absorb([sensed(n * lastvalues.GAP_MS + 1, n)], n, "b")
    points = values.series(PONDING.id, "s1", 0)
    assert 5 <= len(points) <= 7
    assert points[-1] == (11 * lastvalues.GAP_MS, 11.0)
    assert values.series(PONDING.id, "s1", 11 * lastvalues.GAP_MS) == points[-1:]


def test_a_course_from_the_centre_stands_with_what_is_here(values):
    values.absorb([sensed(9 * MINUTE, 9)], 1, "b")
    values.absorb_points(PONDING.id, "s1", [(n * MINUTE, float(n)) for n in range(9)])
    assert [v for _, v in values.series(PONDING.id, "s1", 0)] == [float(n) for n in range(10)]


def test_a_bad_value_is_shown_but_is_no_point(values):
    values.absorb([sensed(5, -999, quality="bad")], 1, "b")
    assert values.last("indicator")[PONDING.id, "s1"].reading.quality == "bad"
    assert values.series(PONDING.id, "s1", 0) == []


def test_what_is_older_than_a_week_is_let_go(values, tmp_path):
    values.absorb([sensed(5, 4), sensed(WEEK, 5, source="s2")], 1, "b")
    values.prune(WEEK + 10)
    assert values.last("indicator").keys() == {(PONDING.id, "s2")}
    assert values.series(PONDING.id, "s1", 0) == []


def test_values_by_hand_wait_until_the_centre_has_them_and_only_so_many(values, monkeypatch):
    monkeypatch.setattr(lastvalues, "OWN", 3)
    for n in range(1, 6):
        values.give(sensed(n, n, source="@wang"))
    assert [r.value for _, r in values.own()] == [3, 4, 5]
    values.sent([n for n, _ in values.own()][:2])
    assert [r.value for _, r in values.own()] == [5]
    assert not values.give(sensed(1, 9, source="@wang"))  # older than what stands


@pytest.mark.logs_trouble
def test_a_spoilt_file_is_begun_anew_and_a_disk_that_fails_stops_nothing(tmp_path, values):
    values.absorb([sensed(5, 4)], 1, "b")
    values.close()
    (tmp_path / lastvalues.FILE).write_bytes(b"spoilt" * 1000)
    again = LastValues(tmp_path, KEY)
    assert again.last("indicator") == {}

    def failing(*_args):
        raise lastvalues.files.DatabaseError("disk full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lastvalues.files, "transaction", failing)
        again.absorb([sensed(5, 4)], 1, "b")
    assert again.last("indicator")[PONDING.id, "s1"].reading.value == 4
    again.close()
