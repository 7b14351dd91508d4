"""A camera is out when all who look see it so for a while, and back when somebody sees it well."""

import pytest

from console.domain.health import BACK_MS, OLD_MS, OUT_MS, Turn, Wards


@pytest.fixture
def wards():
    return Wards()


def test_a_blip_is_no_news(wards):
    wards.saw("c", "lost", "s1", 1_000)
    assert wards.turns(1_000) == []
    wards.saw("c", "live", "s1", 6_000)
    assert wards.turns(6_000) == []
    wards.saw("c", "lost", "s1", 7_000)
    assert wards.turns(7_000 + OUT_MS - 1) == []


def test_one_that_stays_out_is_told_once_with_its_beginning(wards):
    wards.saw("c", "frozen", "s1", 1_000)
    wards.turns(1_000)
    assert wards.turns(1_000 + OUT_MS) == [Turn("c", "frozen", False, 1_000)]
    assert wards.turns(9_000 + OUT_MS) == []


def test_it_is_back_after_a_while(wards):
    wards.saw("c", "lost", "s1", 1_000)
    wards.turns(1_000)
    wards.turns(1_000 + OUT_MS)
    wards.saw("c", "live", "s1", 50_000)
    assert wards.turns(50_000) == []
    assert wards.turns(50_000 + BACK_MS) == [Turn("c", "live", True, 50_000)]


def test_what_another_sees_well_is_not_out(wards):
    wards.saw("c", "lost", "s1", 1_000)
    wards.saw("c", "live", "s2", 1_000)
    wards.turns(1_000)
    assert wards.turns(1_000 + OUT_MS) == []


def test_what_somebody_takes_back_counts_no_more(wards):
    wards.saw("c", "live", "s2", 1_000)
    wards.saw("c", "lost", "s1", 1_000)
    wards.forget("c", "s2")
    wards.forget("d", "s2")
    wards.turns(1_000)
    assert len(wards.turns(1_000 + OUT_MS)) == 1


def test_what_was_seen_long_ago_says_nothing(wards):
    wards.saw("c", "live", "s2", 1_000)
    wards.saw("c", "lost", "s1", 1_000 + OLD_MS)
    wards.turns(1_000 + OLD_MS)
    assert len(wards.turns(1_000 + OLD_MS + OUT_MS)) == 1
    assert wards.turns(9 * OLD_MS) == []
