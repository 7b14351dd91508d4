"""Every window that can be asked for is a station, and the usual one is among them."""

import inspect

import pytest

from ui.windows.station import Station
from ui.windows.stations import STATIONS, USUAL


def test_the_usual_window_is_one_that_can_be_asked_for():
    assert USUAL in STATIONS


@pytest.mark.parametrize("name", STATIONS)
def test_every_window_is_made_as_a_station(name):
    make = STATIONS[name]
    if isinstance(make, type):
        assert issubclass(make, Station)
    else:
        assert inspect.signature(make).return_annotation is Station
