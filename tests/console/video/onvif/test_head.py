"""The head of an ONVIF camera over real HTTP does what a hand wishes, or says why not."""

import pytest

from console.base.clock import SystemClock
from console.base.errors import Refused
from console.domain.steering import Motion, Place
from console.video.onvif.device import Device, Door
from console.video.onvif.head import Head
from tests.onvif_device import PASSWORD, USER, camera


@pytest.fixture
def peer():
    with camera() as made:
        made.ahead_s = 1_800
        yield made


@pytest.fixture
def head(peer):
    made = Head(Device(peer.address, Door(USER, PASSWORD), SystemClock()))
    yield made
    made.close()


def test_it_moves_and_stops(peer, head):
    head.steer(Motion(pan=1, tilt=-1, zoom=1, speed=2))
    assert peer.motion == (0.25, -0.25, 0.25)
    assert peer.until == "PT10S"
    head.steer(Motion())
    assert peer.motion is None
    assert peer.told() == ["GetCapabilities", "GetProfiles", "ContinuousMove", "Stop"]
    assert "<ProfileToken>main&amp;1</ProfileToken>" in peer.asked[-1]


def test_it_goes_to_places_keeps_them_and_forgets_them(peer, head):
    head.steer(Place(do="call", number=7))
    assert peer.at == 70
    peer.at = 33
    head.steer(Place(do="save", number=4))
    peer.at = 0
    head.steer(Place(do="call", number=4))
    assert peer.at == 33
    peer.at = 34
    head.steer(Place(do="save", number=4))
    assert len(peer.places) == 2
    head.steer(Place(do="drop", number=4))
    with pytest.raises(Refused, match="onvif_preset"):
        head.steer(Place(do="call", number=4))


def test_what_it_cannot_is_refused(peer, head):
    with pytest.raises(Refused, match="onvif_lens"):
        head.steer(Motion(focus=1))
    assert peer.asked == []
    peer.fixed = True
    with pytest.raises(Refused, match="onvif_fixed"):
        head.steer(Motion(pan=1))
    peer.fixed = False
    head.steer(Motion(pan=1))
    assert peer.motion


def test_a_camera_without_a_profile_that_turns_is_fixed(peer, head):
    peer.says["GetProfiles"] = b"<e:Envelope xmlns:e='e'><Profiles token='a'/></e:Envelope>"
    with pytest.raises(Refused, match="onvif_fixed"):
        head.steer(Motion(pan=1))
