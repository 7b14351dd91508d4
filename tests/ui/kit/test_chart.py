"""A chart: fixed ranges, thin pens, parts used again; dim when stale, crossed when lost."""

import numpy
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from shiboken6 import delete

from ui.kit import fonts, icons, theme
from ui.kit.chart import LIVE, LOST, STALE, Chart, Range, thinned
from ui.kit.theme import Look

ROOM = Range((0, 10), (0, 100), [(5, "12:00")], [(50, "50")])


@pytest.fixture
def look(qapp):
    fonts.dress(qapp)
    return Look(qapp, icons.draw, theme.read("night"))


@pytest.fixture
def chart(look):
    made = Chart(look, 14)
    made.resize(320, 200)
    yield made
    delete(made)


def fill(chart, fresh=LIVE, lines=1):
    chart.begin(fresh, ROOM)
    chart.band(20, 60)
    chart.level(80, "warning")
    for n in range(lines):
        chart.line(range(10), [n * 10 + v for v in range(10)], "text")
    chart.bars([1, 2], [30, 40], ["edge", "danger"], 0.5)
    chart.end()


def colours(chart) -> set[str]:
    picture = chart.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {
        picture.pixelColor(x, y).name().upper()
        for x in range(picture.width())
        for y in range(picture.height())
    }


def test_what_is_drawn_is_in_the_colours_of_its_roles(chart, look):
    fill(chart)
    seen = colours(chart)
    assert {look.theme.css(role) for role in ("text", "edge", "danger", "warning")} <= seen
    assert chart.words() == ["12:00", "50"]


def test_what_is_not_live_is_dim_and_what_is_lost_is_crossed(chart, look):
    fill(chart, STALE)
    seen = colours(chart)
    assert look.theme.css("danger") not in seen
    assert look.theme.css("lost") not in seen
    fill(chart, LOST)
    assert look.theme.css("lost") in colours(chart)


def test_parts_are_used_again_and_what_is_not_used_is_put_away(chart):
    fill(chart, lines=3)
    held = chart._pools["line"]
    fill(chart, lines=1)
    assert len(held) == 3
    assert [item.isVisible() for item in held] == [True, False, False]
    for _ in range(5):
        fill(chart, lines=3)
    assert chart._pools["line"] is held
    assert len(held) == 3


def test_pens_are_one_pixel_wide_and_keep_their_width(chart):
    fill(chart)
    pen = chart._pools["line"][0].opts["pen"]
    assert (pen.widthF(), pen.isCosmetic()) == (1, True)
    assert chart._pools["level 0"][0].pen.style() == Qt.PenStyle.DashLine


def test_another_theme_is_put_on_what_is_drawn(chart, look):
    fill(chart)
    look.wear(theme.read("day"))
    assert theme.read("day").css("danger") in colours(chart)
    look.wear(theme.read("night"))


def test_cells_go_from_the_ground_to_the_role(chart, look):
    chart.begin(LIVE, Range((0, 2), (0, 1)))
    chart.cells([[0.0], [1.0]], "danger")
    chart.end()
    assert {look.theme.css("raised"), look.theme.css("danger")} <= colours(chart)


def test_a_course_finer_than_the_screen_keeps_every_peak_and_its_end():
    xs, ys = numpy.arange(10_007.0), numpy.zeros(10_007)
    ys[[1_234, 7_777]] = 5.0, -5.0
    ys[-1] = 3.0
    x, y = thinned(xs, ys, 400)
    assert len(x) <= 3 * 400
    assert (numpy.diff(x) >= 0).all()
    assert (y.max(), y.min(), y[-1], x[-1]) == (5.0, -5.0, 3.0, 10_006.0)


def test_a_course_with_gaps_or_few_points_is_left_as_it_is():
    xs, ys = numpy.arange(5_000.0), numpy.ones(5_000)
    assert thinned(xs[:500], ys[:500], 400)[1] is not None
    assert len(thinned(xs[:500], ys[:500], 400)[1]) == 500
    ys[17] = numpy.nan
    assert len(thinned(xs, ys, 400)[0]) == 5_000


def test_a_part_of_the_range_stands_where_it_is_drawn(chart):
    chart.show()
    fill(chart)
    chart.grab()
    drawn = chart._plot.getPlotItem().getViewBox()
    for x, y in (((0, 10), (0, 100)), ((2, 3), (40, 60))):
        mapped = drawn.mapViewToScene
        corners = mapped(QPointF(x[0], y[1])), mapped(QPointF(x[1], y[0]))
        place = chart.place(x, y)
        found = place.left(), place.top(), place.right() + 1, place.bottom() + 1
        wanted = [v for c in corners for v in (c.x(), c.y())]
        assert all(abs(a - b) <= 2 for a, b in zip(found, wanted, strict=True)), (found, wanted)
