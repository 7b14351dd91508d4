"""Rulings: the same words have the same mark, and nothing that cannot be kept is let through."""

import msgspec
import pytest

from console.central.ruling import STEPS, mark, whole
from tests.centre_driver import act, birth


def test_what_the_seat_was_told_before_is_not_part_of_the_words():
    made = act("lead", birth())
    assert mark(made) == mark(msgspec.structs.replace(made, was="applied"))
    assert mark(made) != mark(msgspec.structs.replace(made, by="other"))
    assert mark(made) != mark(msgspec.structs.replace(made, at=1))


@pytest.mark.parametrize("count", [0, 1, STEPS, STEPS + 1])
def test_an_act_has_some_steps_and_not_too_many(count):
    assert whole(act("lead", *[birth() for _ in range(count)])) == (0 < count <= STEPS)
