"""Ranks show who moved, domains how much is known of them, lists keep their columns in line."""

from PySide6.QtCore import QRect

from console.domain.figure import Point
from tests.ui.kit.test_bodies import body
from tests.ui.kit.tiles import LINES, ROWS
from ui.kit.rowbodies import ROW_BODIES

ROOM = QRect(0, 0, 600, 600)


def words(made) -> list[str]:
    return [mark.words for mark in made.ink.marks]


def test_ranks_come_best_first_with_what_they_gained(qapp):
    points = tuple(
        Point(key=k, value=v, before=b, n=3, behind=ROWS)
        for k, v, b in (("低", 80.0, 90.0), ("高", 97.0, 85.0), ("无", None, None))
    )
    made, _ = body("ranked", qapp, points=points)
    ROW_BODIES["ranked"](made, ROOM)
    said = words(made)
    assert said.index("高") < said.index("低") < said.index("无")
    assert "↑1" in said
    assert "↓1" in said
    assert said[said.index("无") :].count("—") == 1
    assert [s.name for s in made.ink.signs if s.name] == ["chevron"]
    assert [spot.behind for spot in made.spots] == [ROWS] * 3


def test_a_weak_domain_has_a_shape_and_what_is_not_whole_says_so(qapp):
    made, _ = body("vitals", qapp)
    ROW_BODIES["vitals"](made, ROOM)
    said = words(made)
    assert said[0] == "94.3"
    assert "完整 99%" in said
    assert "完整 100%" not in said
    assert [s.name for s in made.ink.signs if s.name] == ["triangle", "triangle"]


def test_lists_keep_their_columns_in_line_and_say_when_there_is_nothing(qapp):
    made, _ = body("list", qapp, n=9)
    made.lines = LINES
    ROW_BODIES["list"](made, ROOM)
    titles = [m.x for m in made.ink.marks if m.words.startswith("下穿")]
    assert len(titles) == 9
    assert len(set(titles)) == 1
    assert made.spots[0].behind.where == "id:i0"
    made, _ = body("list", qapp, n=0)
    ROW_BODIES["list"](made, ROOM)
    assert words(made) == ["没有符合条件的事项"]


def test_what_is_out_of_band_stands_with_its_shape_and_since_when(qapp):
    made, _ = body("beyond", qapp)
    ROW_BODIES["beyond"](made, ROOM)
    assert [s.name for s in made.ink.signs if s.name] == ["diamond", "cross"]
    said = words(made)
    assert "自 12:00" in said
    assert "12:00 起失联" in said
    assert [spot.behind.indicator for spot in made.spots] == ["a", "b"]
    made, _ = body("beyond", qapp, points=())
    ROW_BODIES["beyond"](made, ROOM)
    assert words(made) == ["没有越限或失联的指标"]


def test_a_line_leads_to_what_stands_behind_it(qapp):
    made, _ = body("plans", qapp, n=1)
    made.lines = (LINES[0]._replace(behind=ROWS),)
    ROW_BODIES["plans"](made, ROOM)
    assert made.spots[0].behind == ROWS
