"""Figures become charts whose edges can be read, whatever their values."""

import math
from itertools import pairwise

import pytest
from shiboken6 import delete

from console.domain.figure import Figure, Point, course_of
from ui.kit import fonts, icons, plots, theme
from ui.kit.chart import Chart
from ui.kit.plots import Room, scale
from ui.kit.theme import Look

HOUR = 3_600_000


class Written:
    def edge(self, value):
        return f"{value:g}"

    def clock(self, at):
        return f"{at // HOUR:02}:00"

    def weekday(self, day):
        return "一二三四五六日"[day]


@pytest.fixture
def chart(qapp):
    fonts.dress(qapp)
    made = Chart(Look(qapp, icons.draw, theme.read("night")), 16)
    made.resize(400, 260)
    yield made
    delete(made)


ROOM = Room(400, 260)
HOURS = tuple(
    Point(key=str(n * HOUR), value=n * 3.0, n=n, before=None if n < 2 else 30.0) for n in range(24)
)
DRAWINGS = {
    "lines": Figure(fresh="live", series=course_of((n * HOUR, 90.0 + n % 5) for n in range(50)),
                    normal=(95, 100), warn=(92,), alarm=(88,), target=94, better="up"),
    "bars": Figure(fresh="live", points=HOURS, target=60, better="down"),
    "distribution": Figure(fresh="live", points=tuple(Point(key=str(n * 0.5), value=9.0 - n, n=9)
                                                      for n in range(9)), low=1, high=3, target=2),
    "heat": Figure(fresh="live", points=tuple(Point(key=str(n), value=n / 2) for n in range(168))),
}  # fmt: skip


@pytest.mark.parametrize("name", DRAWINGS)
def test_each_is_drawn_with_words_at_its_edges_that_do_not_touch(chart, name):
    plots.DRAWN[name](chart, DRAWINGS[name], Written(), ROOM)
    assert chart.words()
    ticks = chart._range.x_ticks
    left, right = chart._range.x
    wide = [fonts.measure(16).horizontalAdvance(said) for _, said in ticks]
    places = [(x - left) / (right - left) * ROOM.width for x, _ in ticks]
    gaps = [b - a for a, b in pairwise(places)]
    assert all(gap > max(wide) for gap in gaps)


@pytest.mark.parametrize("name", DRAWINGS)
def test_each_stands_where_nothing_is_known(chart, name):
    plots.DRAWN[name](chart, Figure(), Written(), ROOM)
    assert chart.fresh == "unknown"


def test_hours_that_miss_the_target_stand_out(chart):
    plots.bars(chart, DRAWINGS["bars"], Written(), ROOM)
    brushes = chart._pools["bars"][0].opts["brushes"]
    assert len({brush.name() for brush in brushes}) == 2
    assert brushes[22] == brushes[23] != brushes[0]


@pytest.mark.parametrize("values", [[], [5], [0, 0], [1e-3, 2e-3], [99.2, 99.9], [0, 123_456]])
def test_a_scale_holds_its_values_and_has_round_steps(values):
    for from_zero in (True, False):
        low, high, steps = scale(values, from_zero=from_zero)
        assert all(low <= v <= high for v in values)
        assert steps
        assert all(math.isfinite(s) and low - 1e-9 <= s <= high + 1e-9 for s in steps)
