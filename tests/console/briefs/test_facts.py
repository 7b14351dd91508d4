"""What briefs are written from counts, names and times in the city's own day."""

import pytest

from console.briefs.facts import NOTHING, written
from tests.console.briefs.worlds import facts_of
from tests.desks import MONDAY_TEN


def test_a_day_begins_and_ends_at_the_citys_midnight(bench):
    facts = facts_of(bench)
    first, last = facts.day("2026-01-05")
    assert last - first == 86_400_000
    assert first < MONDAY_TEN < last
    assert facts.moment(first) == "01-05 00:00"
    assert facts.moment(0) == NOTHING


def test_counts_shares_and_percentiles_come_from_the_rows(bench):
    facts = facts_of(bench)
    assert facts.count("incident", "") == 3
    assert facts.groups("incident", "", "level")["II"] == 1
    assert facts.part("incident", "handle_kept:met,missed", "handle_kept:met") == (100.0, 1)
    assert facts.took("handle_kept:met,missed", 0.9) == pytest.approx(1.2)
    assert facts.took("state:void", 0.9) is None
    assert facts.rows("incident", "level:II", "title") == [("下穿通道积水",)]


def test_codes_have_names_and_nobody_is_a_dash(bench):
    facts = facts_of(bench)
    assert facts.name("dept", "wat") == "市水务局"
    assert facts.name("dept", "nobody") == "nobody"
    assert facts.name("dept", "") == NOTHING


def test_texts_are_in_the_language_of_the_brief(bench):
    assert facts_of(bench, "en").say("over") == "overdue"
    assert facts_of(bench).said("level.II") == "重大"


def test_what_is_not_known_is_a_dash():
    assert [written(None), written(0), written(1234.56, 1, "%")] == [NOTHING, "0", "1,234.6%"]
