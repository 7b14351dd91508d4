"""A plan's line says how far it is, what is late, who is next and by when."""

import pytest

from console.domain.query import parse_query
from ui.models.planlines import PlanLines

STEPS = (("k1", 1, "wat", "10m"), ("k2", 2, "pol", "4h"), ("k3", 3, "cgj", "2h"))


@pytest.fixture
def lines(seat, outfit):
    return PlanLines(seat.core, outfit.sheet, outfit.setting)


def start(seat, id="p1", ago=30, steps=STEPS, level="II"):
    town = seat.town
    place = {"incident": "i1", "scope": "320102.320102003"}
    facts = {**place, "plan": "DMSW-P1", "scene": "DMSW", "level": level, "depts": ["wat"]}
    town.did("chen", ago, ("plan", id, "start", facts))
    for task, n, dept, handle in steps:
        order = {**place, "dept": dept, "part": "plan", "order": "x", "plan": id, "step": n,
                 "sign": "5m" if n == 1 else "10m", "handle": handle}  # fmt: skip
        town.did("chen", ago, ("task", task, "issue", order))


def told(seat, lines):
    head, puts = seat.town.snapshot()
    seat.core._store.fill(head, puts, lambda _done, _total: None)
    rows = seat.core.find(parse_query("plan", "state:running"))
    return lines.written(rows)


def words(line):
    return [cell.text for cell in line.cells]


def test_a_plan_says_what_is_done_late_and_next(seat, lines):
    start(seat)
    seat.town.did("zhao", 25, ("task", "k3", "sign", {}))
    (line,) = told(seat, lines)
    said = words(line)
    assert "完成 0/3" in said
    assert "超时 2 步" in said
    assert line.cells[4].glyph == "alarm"
    assert "市水务局" in said
    assert said[-1].startswith("超")
    assert line.cells[2].text.startswith("龙蟠中路下穿通道")
    assert (line.behind.kind, line.behind.where) == ("task", "plan:p1")


def test_what_is_taken_back_is_not_asked_for_and_what_is_done_is_counted(seat, lines):
    start(seat, ago=2, steps=STEPS[:2])
    seat.town.did("chen", 1, ("task", "k2", "withdraw", {"reason": "x"}))
    seat.town.did("zhao", 1, ("task", "k1", "sign", {}), ("task", "k1", "start", {}),
                  ("task", "k1", "feedback", {"result": "x"}))  # fmt: skip
    (line,) = told(seat, lines)
    assert words(line)[3:6] == ["完成 1/1", "无超时", "各步已完成"]


def test_the_plan_with_a_late_step_comes_first(seat, lines):
    start(seat, "calm", 1, (("a1", 1, "wat", "4h"),), "I")
    start(seat, "late", 60, (("b1", 1, "wat", "10m"),), "III")
    assert [line.id for line in told(seat, lines)] == ["late", "calm"]


def test_no_plan_is_no_line(lines):
    assert lines.written([]) == ()
