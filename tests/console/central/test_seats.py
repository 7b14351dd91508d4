"""A seat that signs in for the first time has a record from then on, if it has a name."""

import pytest

from console.central import seats
from console.domain.record import Seat


def test_a_seat_is_enrolled_once(centre):
    seats.enrol(centre, "s1")
    head = centre.head
    seats.enrol(centre, "s1")
    found = centre.get("seat", "s1")
    assert isinstance(found, Seat)
    assert (found.name, found.state, centre.head) == ("s1", "free", head)


@pytest.mark.parametrize("name", ["", "a b", "x" * 65, "a\0"])
def test_what_cannot_be_a_name_is_none(centre, name):
    head = centre.head
    seats.enrol(centre, name)
    assert centre.head == head
