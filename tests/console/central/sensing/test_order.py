"""Sources in the order of their last change: each once, and only what a sight holds."""

from console.central.sensing.order import SPARE, Order
from console.central.sensing.series import Series
from console.central.sight import Sight
from console.domain.access import system
from tests.centre_driver import PEOPLE, QINHUAI
from tests.gauges import PONDING, TUNNEL

ALL = Sight.of(system())


def series(scope: str = TUNNEL) -> Series:
    found = Series("indicator", PONDING, ("", ""))
    found.scope = scope
    return found


def test_a_source_that_changes_again_is_given_once_at_its_new_place():
    order, one, other = Order(), series(), series()
    order.add([1, 2], [one, other])
    order.add([3], [one])
    assert list(order.after(0, ALL)) == [other, one]
    assert list(order.after(2, ALL)) == [one]
    assert list(order.after(3, ALL)) == []


def test_only_what_a_sight_holds_is_given():
    order, here, there = Order(), series(), series(QINHUAI)
    order.add([1, 2], [here, there])
    assert list(order.after(0, Sight.of(PEOPLE["qinhuai"]))) == [there]


def test_places_that_were_left_are_cleared_and_nothing_is_lost():
    order, some = Order(), [series() for _ in range(10)]
    for n in range(0, 2 * SPARE, 10):
        order.add(range(n + 1, n + 11), some)
    assert list(order.after(0, ALL)) == some
    assert len(order._places) < SPARE + 30
