"""Counts of queues are asked at once, again after news, and told only when they differ."""

from console.domain.changes import Changes
from ui.models.queues import LEAST_MS, QueueCounts


def counts(seat, failed=print) -> QueueCounts:
    return QueueCounts(seat.core, seat.core.queues, failed)


def test_every_counted_queue_has_its_number(seat, qtbot):
    model = counts(seat)
    with qtbot.waitSignal(model.changed):
        model.ask()
    assert model.counts["pending"] == 1
    assert model.counts["to_dispatch"] == 1
    assert "all" not in model.counts


def test_the_same_counts_are_not_told_twice(seat, qtbot):
    model = counts(seat)
    with qtbot.waitSignal(model.changed):
        model.ask()
    with qtbot.assertNotEmitted(model.changed):
        model.ask()
        qtbot.wait(5)


def test_news_of_incidents_bring_the_next_count_forward(seat, qtbot):
    model = counts(seat)
    with qtbot.waitSignal(model.changed):
        model.ask()
    assert model._timer.remainingTime() > 1.2 * LEAST_MS
    model.refresh(Changes(frozenset({("unit", "u1")})))
    assert model._timer.remainingTime() > LEAST_MS
    model.refresh(Changes(frozenset({("incident", "i1")})))
    assert model._timer.remainingTime() < 1.2 * LEAST_MS
    model.close()


def test_a_count_that_fails_is_told_and_tried_again(seat, qtbot, monkeypatch):
    failed = []
    model = counts(seat, failed.append)
    monkeypatch.setattr(seat.core, "counts", lambda _queries: 1 / 0)
    model.ask()
    qtbot.waitUntil(lambda: bool(failed))
    assert model._timer.isActive()
    model.close()
