"""The city's time: which shift it is, also over midnight, and how the day is written."""

from datetime import time

import pytest

from console.domain.city import Shift
from ui.models.moment import day_words, moment, shift_at, shift_words

SHIFTS = (
    Shift(id="day", name="白班", start="08:30", end="17:30"),
    Shift(id="night", name="夜班", start="17:30", end="01:00"),
)
NOON = 1_781_236_800_000


@pytest.mark.parametrize(
    ("at", "shift"),
    [("08:30", "day"), ("17:29", "day"), ("17:30", "night"), ("00:59", "night"), ("01:00", "")],
)
def test_a_shift_holds_from_its_start_to_before_its_end(at, shift):
    found = shift_at(time.fromisoformat(at), SHIFTS)
    assert (found.id if found else "") == shift


def test_the_day_and_shift_are_the_citys(seat):
    when = moment(NOON, seat.core.city)
    assert day_words(when) == "6月12日 周五"
    assert shift_words(when, seat.core.city) == "白班"
