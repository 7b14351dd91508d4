"""A seat finds the places of its city, its map, its cases and its corrections, off line."""

import pytest

from console.domain.changes import Changes
from console.maps.build import Place
from console.services.places import Places
from tests.desks import STREET, Bench

MAP = (Place("road", "云芷路", 118.79, 32.04), Place("hydrant", "消火栓", 118.7, 32.0))


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def places(bench):
    return Places(lambda: bench.desk.around, lambda: MAP)


def first(places, said):
    hits = places.find(said).hits
    return (hits[0].entry.name, hits[0].entry.kind) if hits else None


def test_divisions_and_named_places_of_the_map_are_found_and_hydrants_are_not(places):
    assert first(places, "玄武区") == ("玄武区", "district")
    assert first(places, "云芷路口") == ("云芷路", "road")
    assert first(places, "消火栓") is None


def test_the_house_number_of_a_located_case_is_known_afterwards(bench, places):
    places.find("云芷路")
    bench.incident("I1", address="玄武区云芷路12号门前", lon=118.7901, lat=32.0402)
    places.told(Changes(frozenset({("incident", "I1")})))
    assert first(places, "云芷路十二号") == ("云芷路12号", "door")


def test_a_correction_is_known_at_once_and_not_after_the_owners_said_no(bench, places):
    line = "correction.record 老槐树底下 云芷路 118.8 32.05"
    made = bench.desk.run(line).plan.changes[0].after
    assert first(places, "老槐树底下") == ("老槐树底下", "hand")
    bench.run(f"correction.dismiss {made.id} 查无此处")
    places.told(Changes(everything=True))
    assert first(places, "老槐树底下") is None


def test_what_its_owners_took_is_found_for_certain_the_next_time(bench, places):
    line = "correction.record 老槐树底下 云芷路12号 118.8 32.05"
    made = bench.desk.run(line).plan.changes[0].after
    found = places.find("老槐树底下")
    assert (found.hits[0].entry.called, found.sure) == ("云芷路12号", False)
    bench.run(f"correction.adopt {made.id}")
    places.told(Changes(frozenset({("correction", made.id)})))
    found = places.find("在老槐树底下")
    assert (found.hits[0].entry.called, found.hits[0].entry.kind, found.sure) == (
        "云芷路12号",
        "adopted",
        True,
    )
    assert [why.key for why in found.hits[0].reasons] == ["by_owner"]
    assert (found.hits[0].lon, found.hits[0].lat) == (118.8, 32.05)


def test_one_correction_that_its_owners_refuse_is_forgotten_and_the_others_are_not(bench, places):
    one, two = (
        bench.desk.run(f"correction.record 老槐树底下 云芷路 {lon} 32.05").plan.changes[0].after
        for lon in (118.8, 118.9)
    )
    assert len(places.find("老槐树底下").hits) == 1
    bench.run(f"correction.dismiss {one.id} 查无此处")
    places.told(Changes(frozenset({("correction", one.id)})))
    assert places.find("老槐树底下").hits[0].lon == 118.9
    bench.run(f"correction.dismiss {two.id} 查无此处")
    places.told(Changes(frozenset({("correction", two.id)})))
    assert places.find("老槐树底下").hits == ()


def test_terms_that_name_communities_are_found(bench, places):
    bench.given(
        "term", "define", {"scope": STREET, "of": "community", "code": "C1", "name": "望舒里社区"}
    )
    assert first(places, "望舒里社区") == ("望舒里社区", "community")
