"""A shelf holds one source, or the whole indicator, until its instant and no longer."""

from console.domain.record import Shelf
from console.domain.shelf import shelved

ALL = Shelf(id="1", state="shelved", indicator="W.a", until=100, reason="检修")
ONE = Shelf(id="2", state="shelved", indicator="W.a", source="s1", until=200)
LIFTED = Shelf(id="3", state="lifted", indicator="W.b", until=900)


def test_a_shelf_for_all_sources_holds_each_and_the_longest_counts():
    assert shelved([ALL, ONE], "W.a", "s1", 50) == ONE
    assert shelved([ALL, ONE], "W.a", "s2", 50) == ALL


def test_one_that_ran_out_was_lifted_or_is_of_another_holds_nothing():
    assert shelved([ALL, ONE], "W.a", "s2", 100) is None
    assert shelved([ALL, ONE, LIFTED], "W.b", "s1", 50) is None
