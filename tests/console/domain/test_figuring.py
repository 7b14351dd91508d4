"""Each figure is worked out from rows or readings, with its sample and the line of its rows."""

from dataclasses import dataclass
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest

from console.domain.counting import RowCounting
from console.domain.figuring import Ground, work_out
from console.domain.indicator import Indicator
from console.domain.measured import Sensing
from console.domain.page import Source, Tile
from console.domain.query import Viewpoint, parse_query
from console.domain.record import Incident, Report
from console.domain.rows import row_of

ZONE = ZoneInfo("Asia/Shanghai")
NOW = 1_767_578_400_000 + 17 * 60_000  # Monday 2026-01-05 10:17 in Nanjing
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
NOTHING = (0, 0, 0)


def rows(kind: str) -> list:
    if kind == "report":
        made = [
            Report(id=f"R{n}", at=NOW - n * 20 * MINUTE - 30_000,
                   scope="320102" if n % 3 else "320104",
                   solved="yes" if n % 4 else "no", contacted="yes")
            for n in range(300)
        ]  # fmt: skip
    else:
        made = [
            Incident(id=f"I{n}", reported_at=NOW - n * HOUR, level="II" if n == 5 else "routine",
                     state="closed")
            for n in range(50)
        ]  # fmt: skip
    return [(*row_of(r), *NOTHING) for r in made]


@dataclass
class Judged:
    value: float | None
    state: str = "normal"
    freshness: str = "live"
    since: int = 0
    at: int = NOW - 5_000
    sources: int = 3


@dataclass
class Domain:
    id: str
    score: float | None
    completeness: float


@dataclass
class Vitals:
    score: float | None
    completeness: float
    domains: list


RATE = Indicator(id="X.rate", name="接通率", name_en="", unit="%", direction="down",
                 normal=(95, 100), warn=92, alarm=88, source="", refresh_s=60)  # fmt: skip


def ground(now=None, vitals=None, as_of=NOW, up=True) -> Ground:
    sensing = Sensing(
        MappingProxyType({"X.rate": RATE}), now or {},
        lambda _of, since: [(since + n * HOUR, 90.0 + n) for n in range(3)], vitals,
    )  # fmt: skip
    return Ground(RowCounting(rows), sensing, Viewpoint("li", NOW), ZONE, as_of, up)


def tile(draw: str, **of) -> Tile:
    facts = {n: of.pop(n) for n in ("target", "better", "unit") if n in of}
    return Tile(key="t", name="", name_en="", draw=draw, of=Source(**of), **facts)


def count(behind) -> int:
    return RowCounting(rows).tally(parse_query(behind.kind, behind.where), Viewpoint("li", NOW))[""]


def test_a_count_has_its_rows_and_the_time_before():
    found = work_out(tile("number", kind="report", time="at", window="24h"), ground())
    assert (found.value, found.n, found.before) == (72, 72, 72)
    assert found.behind.where == "at>=2026-01-04T10:17+08:00"
    assert count(found.behind) == found.n
    assert (found.fresh, found.at) == ("live", NOW)


def test_a_share_says_of_how_many_and_of_none_it_is_unknown():
    share = {"kind": "report", "met": "solved:yes", "time": "at", "window": "24h"}
    found = work_out(tile("number", **share, target=80, better="up"), ground())
    assert (found.value, found.n) == (75.0, 72)
    assert count(found.behind) == 72
    none = work_out(tile("number", **share, where="source:nobody"), ground())
    assert (none.value, none.n) == (None, 0)


def test_hours_stand_by_the_citys_clock_and_each_has_its_rows():
    found = work_out(tile("bars", kind="report", time="at", window="6h", step="1h"), ground())
    assert [p.value for p in found.points] == [3, 3, 3, 3, 3, 1]
    assert [count(p.behind) for p in found.points] == [p.n for p in found.points]
    assert int(found.points[-1].key) == NOW - 17 * MINUTE
    assert found.value == found.n == count(found.behind) == 16
    assert all(p.before is None for p in found.points)


def test_districts_are_grouped_with_what_they_had_before():
    found = work_out(
        tile("ranked", kind="report", by="district", time="at", window="24h", met="solved:yes"),
        ground(),
    )
    assert {p.key: (p.value, p.n) for p in found.points} == {
        "320102": (75.0, 48), "320104": (75.0, 24),
    }  # fmt: skip
    assert all(p.before == 75.0 for p in found.points)
    assert [count(p.behind) for p in found.points] == [48, 24]


def test_how_long_it_took_is_said_by_p50_and_p90_and_bins_hold_their_rows():
    found = work_out(
        tile("distribution", kind="incident", measure="reported_at", per=HOUR, target=4), ground()
    )
    assert found.low < found.high
    assert sum(p.n for p in found.points) == found.n == 50
    assert [count(p.behind) for p in found.points] == [p.n for p in found.points]


def test_a_week_has_its_hours():
    found = work_out(tile("heat", kind="report", time="at", window="7d"), ground())
    assert len(found.points) == 168
    assert sum(p.n for p in found.points) == found.n == count(found.behind)
    assert [count(p.behind) for p in found.points] == [p.n for p in found.points]
    assert found.points[10].value == 1  # Monday at ten: the window begins after it a week ago


def test_an_indicator_brings_its_bands_its_course_and_its_state():
    now = {"X.rate": Judged(91.0, "warn", since=NOW - HOUR)}
    found = work_out(tile("lines", indicator="X.rate"), ground(now))
    assert (found.value, found.state, found.unit, found.at) == (91.0, "warn", "%", NOW - 5_000)
    assert (found.normal, found.warn, found.alarm) == ((95, 100), (92,), (88,))
    assert (found.target, found.better) == (95, "up")
    assert list(found.series.values) == [90.0, 91.0, 92.0]
    assert found.behind.indicator == "X.rate"


@pytest.mark.parametrize("now", [{}, {"X.rate": Judged(None)}])
def test_an_indicator_that_nobody_measured_is_unknown_and_not_nought(now):
    found = work_out(tile("number", indicator="X.rate"), ground(now))
    assert (found.value, found.fresh) == (None, "unknown")
    assert found.why


def test_several_indicators_each_say_their_own():
    now = {"X.rate": Judged(91.0, freshness="stale")}
    found = work_out(tile("multiples", indicators=("X.rate", "X.none")), ground(now))
    assert [(p.key, p.value) for p in found.points] == [("X.rate", 91.0), ("X.none", None)]
    assert found.fresh == "stale"


def test_the_vital_signs_come_with_how_much_of_them_is_known():
    vitals = Vitals(83.0, 0.9, [Domain("safety", 90.0, 1.0), Domain("water", None, 0.0)])
    found = work_out(tile("vitals", vital="domains"), ground(vitals=vitals))
    assert (found.value, found.low) == (83.0, 90.0)
    assert [(p.key, p.value, p.n) for p in found.points] == [
        ("safety", 90.0, 100), ("water", None, 0),
    ]  # fmt: skip
    one = work_out(tile("number", vital="water"), ground(vitals=vitals))
    assert (one.value, one.fresh) == (None, "lost")
    assert work_out(tile("number", vital="score"), ground()).value is None


@pytest.mark.parametrize(
    ("age", "up", "fresh"),
    [(0, True, "live"), (DAY, True, "live"), (30_000, False, "live"), (5 * MINUTE, False, "stale"),
     (HOUR, False, "lost")],
)  # fmt: skip
def test_figures_of_records_are_as_old_as_the_line_to_the_centre(age, up, fresh):
    found = work_out(tile("number", kind="report"), ground(as_of=NOW - age, up=up))
    assert found.fresh == fresh
    assert found.at == (NOW if up else NOW - age)


def test_without_a_centre_nothing_is_known():
    found = work_out(tile("number", kind="report"), ground(as_of=0))
    assert (found.value, found.fresh, found.why) == (None, "unknown", "page.why.no_centre")


def test_today_begins_at_midnight_and_is_held_against_yesterday_until_now():
    found = work_out(tile("number", kind="report", time="at", window="today"), ground())
    assert found.behind.where == "at>=2026-01-05T00:00+08:00"
    assert found.value == found.before == 31
