"""A locked screen is noted at the seat's record, by steps that undo passes over."""

import pytest

from console.services import seats
from tests.desks import Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def noted(bench, verb: str) -> list[str]:
    return [outcome.plan.steps[0].verb for outcome in seats.note(bench.desk, verb)]


def test_a_locked_screen_is_noted_at_the_seat_and_undo_passes_it_over(bench):
    bench.given("seat", "place", {"scope": "320102", "name": "一号席"}, "s1")
    bench.incident()
    bench.run("受理 I1")
    assert noted(bench, "lock") == ["occupy", "lock"]
    assert noted(bench, "lock") == []
    assert noted(bench, "occupy") == ["occupy"]
    assert noted(bench, "lock") == ["lock"]
    seat = bench.store.get("seat", "s1")
    assert (seat.state, seat.person) == ("locked", "wang")
    bench.desk.undo()
    assert bench.held().state == "reported"
    assert bench.store.get("seat", "s1").state == "locked"


def test_a_seat_without_a_record_or_of_another_notes_nothing(bench):
    assert noted(bench, "lock") == []
    bench.given("seat", "place", {"scope": "320102", "name": "一号席"}, "s1")
    bench.run("seat.occupy s1")
    bench.sit("li", "dispatch")
    assert noted(bench, "lock") == []
