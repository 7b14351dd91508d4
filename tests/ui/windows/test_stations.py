"""Every window that can be asked for is a station, and the usual one is among them."""

from ui.windows.station import Station
from ui.windows.stations import STATIONS, USUAL


def test_every_window_is_a_station_and_the_usual_one_is_there():
    assert USUAL in STATIONS
    assert all(isinstance(each, type) and issubclass(each, Station) for each in STATIONS.values())
