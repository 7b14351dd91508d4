"""An ONVIF device is asked over real sockets; a password goes to no other host, and no clock."""

import pytest

from console.base.clock import SystemClock
from console.base.errors import BadData, Refused, Unreachable
from console.video.onvif import words
from console.video.onvif.device import Device, Door
from tests.onvif_device import PASSWORD, USER, camera


@pytest.fixture
def peer():
    with camera() as made:
        yield made


def asked(peer, password=PASSWORD):
    return Device(peer.address, Door(USER, password), SystemClock())


def test_its_streams_are_known_at_the_host_that_was_found(peer):
    device = asked(peer)
    streams = device.streams()
    device.close()
    assert [(p.token, uri) for p, uri in streams] == [
        ("main&1", "rtsp://127.0.0.1:554/main"), ("sub", "rtsp://127.0.0.1:554/sub"),
    ]  # fmt: skip
    assert peer.told() == ["GetCapabilities", "GetProfiles", "GetStreamUri", "GetStreamUri"]
    assert PASSWORD not in "".join(peer.asked)


@pytest.mark.parametrize("ahead_s", [-86_400, 0, 3_600])
def test_the_proof_is_made_by_the_device_s_own_clock(peer, ahead_s):
    peer.ahead_s = ahead_s
    assert len(asked(peer).streams()) == 2


def test_a_clock_that_is_set_meanwhile_is_asked_for_again(peer):
    device = asked(peer)
    device.services()
    peer.ahead_s = 600
    assert device.services().ptz
    assert peer.told() == ["GetCapabilities"] * 3


def test_a_device_that_tells_no_clock_is_taken_to_have_ours(peer):
    peer.says["GetSystemDateAndTime"] = b"<e:Envelope xmlns:e='e'><e:Fault/></e:Envelope>"
    assert asked(peer).services().media


def test_a_wrong_password_is_told_after_one_more_look_at_the_clock(peer):
    with pytest.raises(Refused, match="not Authorized"):
        asked(peer, "wrong").services()
    assert peer.told() == ["GetCapabilities"]
    assert "wrong" not in repr(Door(USER, "wrong"))


def test_nobody_there_is_unreachable():
    with pytest.raises(Unreachable):
        Device("http://127.0.0.1:9/onvif", Door(), SystemClock()).streams()


@pytest.mark.parametrize("said", [
    b"nonsense", b"<a>" + b"x" * (words.MOST + 70_000) + b"</a>",
    b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
])  # fmt: skip
def test_what_is_no_answer_is_told_as_such(peer, said):
    peer.says["GetCapabilities"] = said
    with pytest.raises(BadData):
        asked(peer).services()
