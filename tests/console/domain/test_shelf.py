"""A shelf holds one source, or the whole indicator, until its instant, in its author's place."""

from console.domain.record import Shelf
from console.domain.shelf import shelved
from tests.centre_driver import QINHUAI, XUANWU
from tests.gauges import PONDING, STAGE, measured

OF = PONDING.id
ALL = Shelf(id="1", state="shelved", scope="*", indicator=OF, until=100, reason="检修")
ONE = Shelf(id="2", state="shelved", scope="*", indicator=OF, source="s1", until=200)
LIFTED = Shelf(id="3", state="lifted", scope="*", indicator=STAGE.id, until=900)
THEIRS = Shelf(id="4", state="shelved", scope=QINHUAI, indicator=OF, until=900)


def of(source: str, indicator=PONDING, scope: str = XUANWU):
    return measured(indicator, 1, 30, source=source, scope=scope)


def test_a_shelf_for_all_sources_holds_each_and_the_longest_counts():
    assert shelved([ALL, ONE], of("s1"), 50) == ONE
    assert shelved([ALL, ONE], of("s2"), 50) == ALL


def test_one_that_ran_out_was_lifted_or_is_of_another_holds_nothing():
    assert shelved([ALL, ONE], of("s2"), 100) is None
    assert shelved([ALL, ONE, LIFTED], of("s1", STAGE), 50) is None


def test_a_district_s_shelf_leaves_the_others_and_the_city_alone():
    assert shelved([THEIRS], of("s1", scope=f"{QINHUAI}.320104002"), 50) == THEIRS
    assert shelved([THEIRS], of("s1"), 50) is None
    assert shelved([THEIRS], of("s1", scope="*"), 50) is None
