"""The incidents that a new one may be are known from the cache and its news."""

from dataclasses import replace

import pytest

from console.domain.changes import Changes
from console.services.duplicates import Known, notices, told_of
from tests.desks import Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def ids(bench, known, incident="I1"):
    around = bench.desk.around
    opened = around.judge.machines["incident"].opened
    found = known.find(bench.store, around.view(), told_of(bench.held(incident)), opened)
    return [t.id for t in found]


def test_only_open_and_recent_incidents_that_can_be_joined_are_found(bench):
    bench.incident("I1")
    bench.incident("I2")
    bench.incident("I3", scope="320104.320104001")
    bench.incident("I5")
    bench.run("作废 I5 误报")
    assert ids(bench, Known()) == ["I2"]


def test_one_that_follows_hears_of_what_is_new_and_of_what_is_gone(bench):
    known = Known(following=True)
    bench.incident("I1")
    assert ids(bench, known) == []
    bench.incident("I2")
    assert ids(bench, known) == []
    known.told(Changes(frozenset({("incident", "I2")})))
    assert ids(bench, known) == ["I2"]
    bench.run("作废 I2 误报")
    known.told(Changes(frozenset({("incident", "I2")})))
    assert ids(bench, known) == []


def test_after_the_cache_was_filled_anew_all_is_read_again(bench):
    known = Known(following=True)
    bench.incident("I1")
    assert ids(bench, known) == []
    bench.incident("I2")
    known.told(Changes(everything=True))
    assert ids(bench, known) == ["I2"]


def test_reasons_are_said_in_words(bench):
    bench.incident("I1")
    bench.incident("I2")
    around = bench.desk.around
    opened = around.judge.machines["incident"].opened
    told = replace(told_of(bench.held("I1")), at=bench.clock.now() + 5 * 3_600_000)
    (twin,) = Known().find(bench.store, around.view(), told, opened)
    said = {n.key for n in notices(twin.reasons)}
    assert {"duplicate.type", "duplicate.words", "duplicate.street", "duplicate.hours"} <= said
