"""Devices on the network are found, each once, whatever else is said."""

from console.base.clock import SystemClock
from console.video.onvif.finding import discover
from tests.onvif_device import device


def test_a_device_is_found_once():
    with device() as (at, address, _asked):
        found = discover(SystemClock(), 1.0, at)
    assert [each.addresses for each in found] == [(address,)]
