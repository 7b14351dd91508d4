"""ONVIF devices are found and asked over real sockets; a password goes to no other host."""

import pytest

from console.base.clock import SystemClock
from console.base.errors import Refused, Unreachable
from console.gateways.onvif import Device, Door, discover
from tests.onvif_device import PASSWORD, USER, device


def test_a_device_is_found_once_and_its_streams_are_known():
    with device() as (at, address, asked):
        found = discover(SystemClock(), 1.0, at)
        assert [each.addresses for each in found] == [(address,)]
        made = Device(address, Door(USER, PASSWORD), SystemClock())
        streams = made.streams()
        made.close()
    assert [(p.token, uri) for p, uri in streams] == [
        ("main&1", "rtsp://127.0.0.1:554/main"), ("sub", "rtsp://127.0.0.1:554/sub"),
    ]  # fmt: skip
    assert len(asked) == 4
    assert PASSWORD not in "".join(asked)


def test_a_wrong_password_is_told_and_nobody_there_is_unreachable():
    with device() as (_, address, _asked), pytest.raises(Refused, match="not Authorized"):
        Device(address, Door(USER, "wrong"), SystemClock()).streams()
    with pytest.raises(Unreachable):
        Device("http://127.0.0.1:9/onvif", Door(), SystemClock()).streams()
    assert "wrong" not in repr(Door(USER, "wrong"))
