"""After dispatch the desk says, once, when a nearer unit than the one on its way is free."""

import pytest

from console.advise.units import Nearer, Verdict
from console.domain.changes import Changes
from ui.models.freed import Freed


def nearer(unit, name, seconds=360.0):
    better = Verdict(unit, name, False, "", 240.0, 240.0, ())
    return Nearer("i1", "t1", "城管-01", better, seconds)


@pytest.fixture
def freed(seat, qtbot, monkeypatch):
    made = Freed(seat.core, lambda error: pytest.fail(str(error)))
    made._soon.setInterval(1)
    made.found, made.heard, made.looks = [], [], []
    monkeypatch.setattr(seat.core.adviser, "watched", lambda: list(made.found))
    taken = made._take
    monkeypatch.setattr(made, "_take", lambda found: (taken(found), made.looks.append(found)))
    made.said.connect(made.heard.append)
    look(made, qtbot)
    yield made
    made.close()


def look(freed, qtbot):
    count = len(freed.looks)
    freed.look()
    qtbot.waitUntil(lambda: len(freed.looks) > count)


def test_it_says_who_is_nearer_and_what_that_would_save(freed, seat, qtbot):
    freed.found = [nearer("u9", "城管-09")]
    freed.refresh(Changes(frozenset({("task", "t1")})))
    qtbot.waitUntil(lambda: bool(freed.heard))
    (notice,) = freed.heard
    said = [notice.args[name] for name in ("name", "sent", "minutes")]
    assert said == ["城管-09", "城管-01", 6]
    assert seat.incident("i1").title in notice.args["record"]


def test_the_same_is_said_once_and_another_unit_again(freed, qtbot):
    freed.found = [nearer("u9", "城管-09")]
    look(freed, qtbot)
    look(freed, qtbot)
    assert len(freed.heard) == 1
    freed.found = [nearer("u8", "城管-08")]
    look(freed, qtbot)
    assert [n.args["name"] for n in freed.heard] == ["城管-09", "城管-08"]
    assert freed.heard[0].topic == freed.heard[1].topic


def test_what_was_so_when_somebody_sat_down_is_no_news(freed, seat, qtbot):
    freed._told = None
    freed.found = [nearer("u9", "城管-09")]
    look(freed, qtbot)
    look(freed, qtbot)
    assert freed.heard == []


def test_what_touches_neither_units_nor_tasks_asks_nothing(freed):
    freed.refresh(Changes(frozenset({("incident", "i1")})))
    assert not freed._soon.isActive()
