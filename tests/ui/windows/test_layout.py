"""Panels stand where they were left, for each seat, and can be put back."""


def hidden(station) -> bool:
    return station.panels.docks["units"].isHidden()


def test_an_arrangement_is_kept_and_put_back(station):
    station.panels.docks["units"].close()
    station.layout_.save()
    station.panels.docks["units"].show()
    assert station.layout_.restore()
    assert hidden(station)


def test_a_named_arrangement_is_kept_beside_it(station):
    station.panels.docks["units"].close()
    station.layout_.save("flood")
    station.layout_.reset()
    assert not hidden(station)
    assert station.layout_.restore("flood")
    assert hidden(station)


def test_reset_brings_every_panel_home(station):
    dock = station.panels.docks["card"]
    dock.setFloating(True)
    station.layout_.save()
    station.layout_.reset()
    assert not dock.isFloating()
    assert not station.layout_.restore()


def test_what_cannot_be_read_changes_nothing(station, seat):
    seat.core.keep("layout/分拨1/odd", b"nonsense").result()
    assert not station.layout_.restore("odd")
    assert not hidden(station)
