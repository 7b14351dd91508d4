"""An exercise is a record with a span, and incidents name it in a column of their own."""

from console.domain.exercise import Exercise
from console.domain.record import KINDS, Incident
from console.domain.rows import NO_EXERCISE, SHAPES, row_of


def test_its_row_tells_its_span():
    row = row_of(Exercise(id="z", scope="320102", name="春季演练", started_at=5, ended_at=9))
    shape = SHAPES[Exercise.kind]
    told = [row[shape.index(n)] for n in ("name", "district", "started_at", "ended_at")]
    assert told == ["春季演练", "320102", 5, 9]
    assert KINDS["exercise"] is Exercise


def test_a_real_incident_is_of_none():
    at = SHAPES["incident"].index("exercise")
    told = [row_of(Incident(id="i", scope="", exercise=e))[at] for e in ("", "z")]
    assert told == [NO_EXERCISE, "z"]
