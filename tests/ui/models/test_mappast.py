"""At an instant those incidents stand that had come and had not ended."""

import numpy as np

from ui.models.mapmarks import Marks, Shown, Symbol
from ui.models.mappast import DAY_MS, Past, past_of


def shown():
    marks = Marks(
        "incidents", "incident", ["a", "b", "c"], np.arange(3.0), np.arange(3.0),
        np.zeros(3, np.int16), (Symbol("disc", "good"),), names=["a", "b", "c"],
    )  # fmt: skip
    return Shown((marks,), heat=marks)


def test_only_what_stood_open_then_is_shown():
    past = Past(("a", "b", "c"), np.array([10, 20, 30]), np.array([0, 25, 0]))
    assert [list(past.at(shown(), t).marks[0].ids) for t in (5, 15, 22, 27, 40)] == [
        [], ["a"], ["a", "b"], ["a"], ["a", "c"],
    ]  # fmt: skip
    heat = past.at(shown(), 15).heat
    assert heat is not None
    assert len(heat) == 1


def test_the_last_day_is_read_from_the_core(seat):
    past = past_of(seat.core)
    assert len(past.ids) >= 4
    assert (past.came > seat.core.clock.now() - 60 * DAY_MS).all()
