"""Each number has a line for the desk, and what it stands on can be named."""

import pytest

from console.domain.figure import Behind
from ui.models.behind import desk_line, district_of, indicators_behind


@pytest.mark.parametrize(
    ("behind", "line"),
    [
        (Behind("incident", "state:reported"), 'queue.open all --where "state:reported"'),
        (Behind("report", ""), "queue.open all_reports"),
        (Behind("task", "urged>0"), 'queue.open all_tasks --where "urged>0"'),
        (Behind("instruction", ""), "queue.open all_instructions"),
        (Behind("plan", "state:running"), 'queue.open all_plans --where "state:running"'),
        (Behind("warning", "level:I"), 'queue.open all_warnings --where "level:I"'),
        (Behind(indicator="DMHL.rate"), 'queue.open all --where "scene:DMHL"'),
        (Behind("seat", ""), ""),
    ],
)
def test_the_line_for_the_desk_opens_the_same_rows(seat, behind, line):
    assert desk_line(seat.core, behind) == line


@pytest.mark.parametrize(
    ("behind", "district"),
    [
        (Behind("incident", "district:320102,320104"), ""), (Behind("incident", ""), ""),
        (Behind("incident", "-district:320102"), ""), (Behind(indicator="x"), ""),
        (Behind("task", "district:320104"), "320104"),
    ],
)  # fmt: skip
def test_a_district_is_known_when_all_rows_are_of_it(behind, district):
    assert district_of(behind) == district


def test_a_domain_stands_on_its_indicators_and_several_on_each(seat):
    assert indicators_behind(seat.core, "a,b") == ["a", "b"]
    assert len(indicators_behind(seat.core, "domains")) > 20
    assert indicators_behind(seat.core, "beyond") == []
    domain = seat.core.vitals().domains[1]
    assert indicators_behind(seat.core, domain.id) == [r.of for r in domain.reasons]
    assert "DMSW" in desk_line(seat.core, Behind(indicator=domain.id))
