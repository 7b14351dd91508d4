"""Windows end now, today begins at midnight, steps are whole ones by the city's clock."""

from zoneinfo import ZoneInfo

import pytest

from console.domain.page import Source
from console.domain.stretch import DAY, MINUTE, Stretch, among, hours_of_week, steps, window

ZONE = ZoneInfo("Asia/Shanghai")
NOW = 1_767_578_400_000 + 17 * MINUTE + 3_210  # Monday 2026-01-05 10:17:03.210 in Nanjing
HOUR = 60 * MINUTE


def of(window: str = "") -> Source:
    return Source(kind="incident", time="reported_at", window=window)


@pytest.mark.parametrize(
    ("said", "back", "line"),
    [
        ("24h", 0, "at>=2026-01-04T10:17+08:00"),
        ("24h", 1, "at>=2026-01-03T10:17+08:00 at<2026-01-04T10:17+08:00"),
        ("today", 0, "at>=2026-01-05T00:00+08:00"),
        ("today", 1, "at>=2026-01-04T00:00+08:00 at<2026-01-04T10:17:03.210+08:00"),
    ],
)
def test_a_window_is_written_with_its_ends(said, back, line):
    assert window(of(said), NOW, ZONE, back=back).line("at", ZONE) == line


def test_without_a_window_there_is_none():
    assert window(of(), NOW, ZONE) is None


def test_hours_and_days_are_the_citys_own():
    hours = steps(of("6h"), HOUR, NOW, ZONE)
    assert len(hours) == 6
    assert hours[-1].line("at", ZONE) == "at>=2026-01-05T10:00+08:00 at<2026-01-05T11:00+08:00"
    days = steps(of("7d"), DAY, NOW, ZONE)
    assert days[-1].line("at", ZONE) == "at>=2026-01-05T00:00+08:00 at<2026-01-06T00:00+08:00"
    assert [b.start for b in days[1:]] == [a.end for a in days[:-1]]
    assert len(steps(of(), HOUR, NOW, ZONE)) == 24


def test_a_stretch_without_an_end_goes_on():
    assert Stretch(0).line("at", ZONE) == "at>=1970-01-01T08:00+08:00"


def test_every_hour_of_the_week_has_the_stretches_of_its_weeks():
    within = window(of("28d"), NOW, ZONE)
    cells = hours_of_week(within, NOW, ZONE)
    assert [len(held) for held in cells] == [4] * 10 + [5] + [4] * 157
    first = cells[10][0]
    assert (first.start, first.end) == (within.start, within.start + 43 * MINUTE)
    assert among("at", cells[10][-1:], ZONE) == "at:2026-01-05T10:00+08:00..2026-01-05T11:00+08:00"
    assert among("at", [], ZONE) == "at:"
