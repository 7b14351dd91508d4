"""What a head is told is what a hand wished; a number finds its place whatever it is called."""

import pytest

from console.domain.steering import Motion
from console.video.onvif import ptz
from console.video.onvif.ptz import Preset
from tests.onvif_device import envelope


def said(ask):
    return ask("", "", 0).decode()


def test_a_motion_is_told_as_a_velocity_that_ends_by_itself():
    told = said(ptz.move("main&1", Motion(pan=-1, tilt=1, speed=4)))
    assert 'x="-0.5" y="0.5"' in told
    assert "<ProfileToken>main&amp;1</ProfileToken>" in told
    assert "<Timeout>PT10S</Timeout>" in told
    assert 'x="1.0"' in said(ptz.move("p", Motion(zoom=1, speed=8)))


def test_a_stop_stops_all_of_it():
    assert "<PanTilt>true</PanTilt><Zoom>true</Zoom>" in said(ptz.stop("p"))


@pytest.mark.parametrize(("token", "name", "number"), [
    ("3", "", 3), ("Preset_12", "", 12), ("007", "", 7), ("12", "4", 4), ("7", "东门2", 7),
    ("a-b", "预置点 5", 5), ("a-b", "东门", 0), ("x256", "", 0), ("300", "", 0), ("", "0", 0),
])  # fmt: skip
def test_a_place_has_the_number_that_a_hand_knows(token, name, number):
    assert Preset(token=token, name=name).number == number


def test_places_are_read_and_found_by_number():
    listed = '<t:Preset token="a"><t:Name>门</t:Name></t:Preset><t:Preset token="9"/>'
    known = ptz.read_presets(envelope(listed))
    assert [(each.token, each.name) for each in known] == [("a", "门"), ("9", "")]
    assert ptz.of_number(known, 9) == known[1]
    assert ptz.of_number(known, 1) is None


def test_a_place_that_is_kept_again_stays_the_same_place():
    assert "PresetToken" not in said(ptz.save("p", 4, None))
    assert "<PresetName>4</PresetName>" in said(ptz.save("p", 4, None))
    again = said(ptz.save("p", 4, Preset(token="t<4", name="门 4")))
    assert "<PresetName>门 4</PresetName><PresetToken>t&lt;4</PresetToken>" in again
