"""After dispatch the desk says, once, when a nearer unit than the one on its way is free."""

import pytest

from console.advise.units import Nearer, Verdict
from console.domain.changes import Changes
from ui.models.watching import Watching


def nearer(unit, name, seconds=360.0):
    better = Verdict(unit, name, False, "", 240.0, 240.0, ())
    return Nearer("i1", "t1", "城管-01", better, seconds)


@pytest.fixture
def watching(seat, qtbot, monkeypatch):
    made = Watching(seat.core, lambda error: pytest.fail(str(error)))
    made._soon.setInterval(1)
    made.found, made.heard, made.looks = [], [], []
    monkeypatch.setattr(seat.core.adviser, "watched", lambda: list(made.found))
    taken = made._take
    monkeypatch.setattr(made, "_take", lambda found: (taken(found), made.looks.append(found)))
    made.said.connect(made.heard.append)
    look(made, qtbot)
    yield made
    made.close()


def look(watching, qtbot):
    count = len(watching.looks)
    watching.look()
    qtbot.waitUntil(lambda: len(watching.looks) > count)


def test_it_says_who_is_nearer_and_what_that_would_save(watching, seat, qtbot):
    watching.found = [nearer("u9", "城管-09")]
    watching.refresh(Changes(frozenset({("task", "t1")})))
    qtbot.waitUntil(lambda: bool(watching.heard))
    (notice,) = watching.heard
    said = [notice.args[name] for name in ("name", "sent", "minutes")]
    assert said == ["城管-09", "城管-01", 6]
    assert seat.incident("i1").title in notice.args["record"]


def test_the_same_is_said_once_and_another_unit_again(watching, qtbot):
    watching.found = [nearer("u9", "城管-09")]
    look(watching, qtbot)
    look(watching, qtbot)
    assert len(watching.heard) == 1
    watching.found = [nearer("u8", "城管-08")]
    look(watching, qtbot)
    assert [n.args["name"] for n in watching.heard] == ["城管-09", "城管-08"]
    assert watching.heard[0].topic == watching.heard[1].topic


def test_what_was_so_when_somebody_sat_down_is_no_news(watching, seat, qtbot):
    watching._told = None
    watching.found = [nearer("u9", "城管-09")]
    look(watching, qtbot)
    look(watching, qtbot)
    assert watching.heard == []


def test_what_touches_neither_units_nor_tasks_asks_nothing(watching):
    watching.refresh(Changes(frozenset({("incident", "i1")})))
    assert not watching._soon.isActive()
