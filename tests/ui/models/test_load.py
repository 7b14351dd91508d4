"""The load of a seat: what is told at once, what is held back, which limits will run over."""

import pytest

from console.domain.rows import SHAPES
from tests.ui.desk import Desk
from ui.models.load import LoadModel

AT = {name: n for n, name in enumerate(SHAPES["incident"].names)}


@pytest.fixture
def model(qtbot, seat: Desk):
    made = LoadModel(seat.core, seat.core.queues["pending"].query, lambda _: None)
    yield made
    made.stop()


def rows(count, level="routine", first=0, urgency="flash"):
    made = []
    for n in range(first, first + count):
        row = [None] * len(AT)
        row[AT["id"]], row[AT["level"]] = f"{level}{n}", level
        row[AT["urgency"]] = urgency
        row[AT["district"]], row[AT["type"]] = "320102", "DMUM-01"
        made.append(tuple(row))
    return made


def test_a_calm_seat_is_told_everything(model):
    assert len(model.take(rows(3))) == 3
    assert model.facts.load.state == "over"
    assert "3" in model.words()
    assert "特急" in model.why()


def test_what_only_joins_the_queue_is_told_and_is_no_alarm(model):
    assert len(model.take(rows(40, urgency="urgent"))) == 40
    assert (model.facts.load.count, model.facts.load.state) == (0, "calm")
    model.take(rows(1, level="II", urgency="normal"))
    assert model.facts.load.count == 1


def test_a_flood_is_told_of_once_and_holds_back_all_but_the_severe(qtbot, model):
    with qtbot.waitSignal(model.flooded):
        assert len(model.take(rows(14))) == 10
    assert model.take(rows(2, first=20)) == []
    assert len(model.take(rows(2, level="I"))) == 2
    assert model.facts.load.waiting == 6
    assert "6" in model.words()
    assert "玄武区" in model.why()
    assert model.facts.role == "danger"


def test_without_a_pace_nothing_is_foretold_and_that_is_said(qtbot, model):
    model.ask()
    qtbot.waitUntil(lambda: bool(model._waiting))
    assert model.facts.breaking is None


def test_what_waits_while_little_is_dealt_with_is_foretold(qtbot, seat, model):
    now = seat.core.clock.now()
    row = list(rows(1)[0])
    row[AT["due"]] = now + 60_000
    model._waiting = dict.fromkeys(("a", "b", "c"), 0)
    model._left.extend([now - 1_800_000] * 3)
    model._took([tuple(row)])
    assert model.facts.breaking == ("routine0",)
    assert "1" in model.words()
    assert model.facts.role == "warning"
