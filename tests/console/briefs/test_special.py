"""The special report of an incident tells its limits, who is on it, and what was done."""

import pytest

from console.base.errors import Refused
from console.briefs.special import special
from tests.console.briefs.worlds import facts_of


def test_an_incident_is_told_whole(bench):
    brief = special(facts_of(bench), "I1")
    what, clocks, who, told = brief.sections
    assert "下穿通道积水" in brief.title
    assert dict(what.table.rows)["等级"] == "重大"
    assert dict(what.table.rows)["主办"] == "市水务局"
    standings = {row[0]: row[-1] for row in clocks.table.rows}
    assert standings["签收时限"] == "按时"
    assert dict(clocks.picture.bars)["签收时限"] == pytest.approx(12)
    assert who.table.rows[0][0] == "市水务局"
    assert who.table.rows[0][-1] == "水已排空"
    assert told.words == ("本机没有这件事件的经过。",)


def test_a_limit_that_is_over_or_still_runs_says_so(bench):
    bench.clock.turn(30 * 86_400_000)
    bench.incident("I3")
    assert special(facts_of(bench), "I3").sections[1].table is not None
    late = special(facts_of(bench), "I2").sections[1].table.rows
    assert {row[-1] for row in late} <= {"超期", "计时中"}


def test_what_is_not_an_incident_is_refused(bench):
    with pytest.raises(Refused):
        special(facts_of(bench), "nobody")


def test_it_is_written_in_english(bench):
    brief = special(facts_of(bench, "en"), "I1")
    assert brief.title.startswith("Report on")
    assert brief.sections[2].title == "3. Who is on it"
