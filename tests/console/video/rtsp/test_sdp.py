"""The track that is video is found, whatever a camera says beside it."""

import pytest

from console.central.cameras.rtp import described
from console.video.rtsp.sdp import START, Unfit, read_track

SPS, PPS, VPS = b"\x67\x42\xc0\x1e\xd9", b"\x68\xce\x38\x80", b"\x40\x01\x0c"
AUDIO = b"m=audio 0 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=control:track9\r\n"


def test_what_our_own_centre_describes_is_read():
    track = read_track(described("h264", (SPS, PPS), 15))
    assert (track.codec, track.payload, track.clock, track.control) == (
        "h264", 96, 90_000, "track0",
    )  # fmt: skip
    assert track.sets == START + SPS + START + PPS


def test_h265_has_three_sets():
    assert read_track(described("hevc", (VPS, SPS, PPS))).sets == b"".join(
        START + each for each in (VPS, SPS, PPS)
    )


def test_audio_and_pictures_of_other_codecs_are_passed_over():
    jpeg = b"m=video 0 RTP/AVP 26\r\na=control:track1\r\n"
    track = read_track(b"v=0\r\n" + AUDIO + jpeg + described("h264", (SPS, PPS)) + AUDIO)
    assert track.control == "track0"


@pytest.mark.parametrize(("codec", "line"), [("h264", "97 h264/90000"), ("hevc", "98 HEVC/90000")])
def test_names_are_read_in_any_case_and_by_the_number_of_the_format(codec, line):
    number = line[:2]
    said = f"m=video 0 RTP/AVP 96 {number}\na=rtpmap:96 MP4V-ES/90000\na=rtpmap:{line}\n"
    track = read_track(said.encode())
    assert (track.codec, track.payload, track.sets, track.control) == (codec, int(number), b"", "")


def test_sets_that_are_no_base64_are_left_out_and_those_without_padding_are_read():
    said = (
        "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
        "a=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z0IAHg,?*,aM4\r\n"
    )
    assert read_track(said.encode()).sets == START + b"gB\0\x1e" + START + b"h\xce"


@pytest.mark.parametrize("said", [
    b"", b"v=0\r\n", AUDIO, b"m=video 0 RTP/AVP 26\r\n", b"\xff\xfe\0" * 50,
    b"m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/0\r\n",
    b"m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/\xd9\xa0\r\n",
])  # fmt: skip
def test_whatever_else_is_said_is_unfit(said):
    with pytest.raises(Unfit):
        read_track(said)
