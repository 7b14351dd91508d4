"""What ONVIF devices say is read whatever their prefixes are, and nonsense is told as such."""

import base64
import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.errors import BadData, Refused
from console.video.onvif import words as onvif
from tests.onvif_device import FAULT, MATCH, PROFILES, envelope


def test_a_device_is_read_from_its_answer_to_a_probe():
    found = onvif.read_probe(envelope(MATCH.format(address="http://10.0.0.9/onvif")))[0]
    assert (found.id, found.name, found.hardware) == ("urn:uuid:1", "东门 球机", "D1")
    assert found.addresses == ("http://10.0.0.9/onvif",)
    assert onvif.read_probe(envelope(MATCH.format(address="file:///etc"))) == []


def test_profiles_and_addresses_are_read():
    main, sub = onvif.read_profiles(envelope(PROFILES))
    assert (main.token, main.codec, main.width, main.height, main.ptz) == (
        "main&1", "h264", 1920, 1080, True,
    )  # fmt: skip
    assert (sub.width, sub.ptz) == (0, False)
    assert onvif.read_stream(envelope("<t:Uri>rtsp://x/1</t:Uri>")) == "rtsp://x/1"
    assert onvif.read_stream(envelope("<t:Uri>file:///x</t:Uri>")) == ""
    assert onvif.read_services(envelope("<t:Device/>")) == onvif.Services()
    odd = "<t:PTZ><t:XAddr>file:///etc</t:XAddr></t:PTZ>"
    assert onvif.read_services(envelope(odd)).ptz == ""


def test_a_clock_is_read_and_one_that_makes_no_sense_is_none():
    at = "<t:Year>2026</t:Year><t:Month>{}</t:Month><t:Day>3</t:Day><t:Hour>4</t:Hour>"
    said = "<t:UTCDateTime>" + at + "<t:Minute>5</t:Minute><t:Second>6</t:Second></t:UTCDateTime>"
    assert onvif.read_clock(envelope(said.format(1))) == 1_767_413_106_000
    assert onvif.read_clock(envelope(said.format(13))) == 0
    assert onvif.read_clock(envelope("<t:Nothing/>")) == 0
    assert b"Security" not in onvif.ask_clock()


def test_a_no_is_given_with_its_reason():
    with pytest.raises(Refused, match="not Authorized"):
        onvif.read_profiles(envelope(FAULT), "10.0.0.9")


def test_the_password_goes_as_a_digest_and_names_are_escaped():
    said = onvif.token("a<b", "secret", 1_767_225_600_000, b"0123456789abcdef")
    assert "secret" not in said
    assert "a&lt;b" in said
    created = re.search(r"Created>([^<]+)", said)[1]
    assert created == "2026-01-01T00:00:00.000Z"
    mixed = b"0123456789abcdef" + created.encode() + b"secret"
    digest = hashlib.sha1(mixed, usedforsecurity=False).digest()
    assert base64.b64encode(digest).decode() in said
    assert b"Security" not in onvif.ask_profiles("", "", 0)
    assert b"main&amp;1" in onvif.ask_stream("main&1", "", "", 0)


@pytest.mark.parametrize("data", [
    b"", b"<a", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a>" + b"x" * onvif.MOST + b"</a>",
    b'<?xml version="1.0" encoding="nonsense"?><a/>',
])  # fmt: skip
def test_what_is_no_answer_is_told_as_such(data):
    with pytest.raises(BadData):
        onvif.read_profiles(data, "10.0.0.9")


@given(st.binary(max_size=200))
def test_any_bytes_are_an_answer_or_bad_data(data):
    for read in (onvif.read_probe, onvif.read_profiles, onvif.read_stream):
        try:
            read(data)
            read(envelope(data.decode("latin-1")))
        except (BadData, Refused):
            continue
