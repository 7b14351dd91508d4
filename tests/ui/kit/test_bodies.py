"""A number is large, a chart has its number over it, small courses stand side by side."""

from PySide6.QtCore import QRect

from console.domain.figure import Point
from tests.ui.kit.tiles import NOON, figure, tile
from ui.kit import fonts
from ui.kit.bodies import BODIES, Body, fit, more, pitch
from ui.kit.ink import Ink, Type
from ui.models.writing import Writing

TYPE = Type(20, 22, 26, 12, 8)


def body(draw, qapp, **of) -> tuple[Body, list]:
    fonts.dress(qapp)
    writing = Writing("Asia/Shanghai", lambda _kind, code: code, lambda: NOON)
    charts: list = []
    made = Body(tile(draw), figure(draw, **of), (), writing, TYPE, Ink(),
                lambda n, area, _draw: charts.append((n, area)))  # fmt: skip
    return made, charts


def test_a_number_is_the_largest_thing_in_its_tile(qapp):
    made, charts = body("number", qapp)
    assert BODIES["number"](made, QRect(0, 0, 400, 240)) == 0
    number = max(made.ink.marks, key=lambda mark: mark.px)
    assert number.words == "94.3"
    assert number.px > 3 * TYPE.body
    assert [m.words for m in made.ink.marks][1:] == ["%", "较前期 +3.3"]
    assert charts == []


def test_a_lost_number_is_struck_out(qapp):
    made, _ = body("number", qapp, fresh="lost")
    BODIES["number"](made, QRect(0, 0, 400, 240))
    assert made.ink.marks[0].struck


def test_a_chart_stands_under_its_number(qapp):
    made, charts = body("lines", qapp)
    assert BODIES["lines"](made, QRect(0, 0, 400, 300)) == 1
    (_, area), number = charts[0], made.ink.marks[0]
    assert area.top() >= number.px
    assert area.bottom() <= 300


def test_small_courses_do_not_overlap_and_each_is_named(qapp):
    made, charts = body("multiples", qapp)
    assert BODIES["multiples"](made, QRect(0, 0, 600, 200)) == 3
    areas = [area for _, area in charts]
    assert not any(a.intersects(b) for a in areas for b in areas if a is not b)
    assert {"a", "b", "c"} <= {m.words for m in made.ink.marks}
    assert len(made.spots) == 3


def test_rows_that_do_not_fit_leave_a_line_to_say_so(qapp):
    made, _ = body("ranked", qapp)
    room = QRect(0, 0, 400, TYPE.line() * 5)
    assert fit(made, room, 5) == 5
    assert fit(made, room, 6) == 4
    assert pitch(made, room, 3) == TYPE.line() * 5 / 3
    more(made, room, 2)
    assert made.ink.marks[-1].words == "另有 2 项未显示"


def test_a_small_course_out_of_band_has_a_shape_beside_its_colour(qapp):
    points = (Point(key="a", value=13.2, state="alarm"), Point(key="b", value=1.0))
    made, _ = body("multiples", qapp, points=points)
    BODIES["multiples"](made, QRect(0, 0, 600, 200))
    assert [sign.name for sign in made.ink.signs] == ["diamond"]
    assert [m.words for m in made.ink.marks if m.role == "danger"] == ["告警"]
