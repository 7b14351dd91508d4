"""Graphics hardware is looked for without harm, and nobody relies on it."""

import pytest
from av.codec.hwaccel import hwdevices_available

from console.video import hardware
from console.video.hardware import KINDS, Hardware


def test_what_is_found_is_of_this_libav_and_gives_a_decoder():
    found = Hardware()
    assert found.decoder("h264") is None, "nobody has looked yet"
    found.look()
    assert found.kind in {"", *hwdevices_available()}
    assert (found.decoder("h264") is not None) == bool(found.kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_device_that_is_not_there_gives_no_decoder_and_no_error(kind, monkeypatch):
    real = hardware._opens(kind)
    monkeypatch.setattr(hardware, "_opens", lambda _kind: True)
    monkeypatch.setattr(hardware, "hwdevices_available", lambda: [kind])
    found = Hardware()
    found.look()
    assert found.kind == kind
    made = found.decoder("no such codec")
    assert made is None
    if not real:
        assert found.decoder("h264") is None


def test_the_first_of_those_that_open_is_taken(monkeypatch):
    monkeypatch.setattr(hardware, "hwdevices_available", lambda: ["drm", "qsv", "cuda"])
    monkeypatch.setattr(hardware, "_opens", lambda kind: kind != "cuda")
    found = Hardware()
    found.look()
    assert found.kind == "qsv"
