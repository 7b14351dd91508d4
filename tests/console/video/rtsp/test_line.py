"""What comes over a connection is taken apart, however it is cut, and whatever stands between."""

from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.central.cameras.rtp import Stream, described, framed
from console.video.rtsp.line import Line
from console.video.rtsp.reply import HEAD_MOST, Broken
from console.video.rtsp.sdp import START, read_track

SPS, PPS = b"\x67\x42\xc0\x1e\xd9", b"\x68\xce\x38\x80"
TRACK = read_track(described("h264", (SPS, PPS), 15))
PART = b"\x65" + bytes(range(200, 256)) * 60
ANSWER = b"RTSP/1.0 200 OK\r\nCSeq: 9\r\nContent-Length: 3\r\n\r\n$\0x"


def sent(count=3, channel=2):
    stream = Stream(7)
    return [
        b"".join(framed(channel, p) for p in stream.packets_of((PART,), n / 15))
        for n in range(count)
    ]


def test_pictures_are_found_between_answers_reports_and_the_packets_of_others():
    first, second, third = sent()
    line = Line(TRACK, 2, first[:50])
    other = framed(4, b"sound") + framed(2, b"\x80\x08" + bytes(20))
    made = line.read(first[50:] + ANSWER + second + other + third)
    assert [unit.data for unit in made] == [START + PART] * 3
    assert [reply.status for reply in line.answers] == [200]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 3_000), min_size=1, max_size=9))
def test_it_does_not_matter_where_what_comes_is_cut(sizes):
    whole, line, made = b"".join([*sent(2), ANSWER, *sent(1)]), Line(TRACK, 2), []
    for size in cycle(sizes):
        made += line.read(whole[:size])
        whole = whole[size:]
        if not whole:
            break
    assert [unit.data for unit in made] == [START + PART] * 3


def test_by_the_camera_s_report_it_is_known_how_late_a_picture_comes():
    stream, line = Stream(7, began=(1 << 32) - 5), Line(TRACK, 2)
    (first,) = line.read(b"".join(framed(2, p) for p in stream.packets_of((PART,), 0.0)))
    assert line.late_ms(first, 0) is None
    line.read(framed(3, stream.report(0.0, 1_767_578_400.5)))
    (unit,) = line.read(b"".join(framed(2, p) for p in stream.packets_of((PART,), 1.0)))
    assert line.late_ms(unit, 1_767_578_401_580) == 80


def test_a_report_without_a_time_of_day_is_none():
    line = Line(TRACK, 2)
    line.read(framed(3, bytes((0x80, 200, 0, 6)) + bytes(24)) + framed(3, b"\x80\xc8"))
    assert line.report is None


def test_after_a_packet_that_told_its_length_too_short_the_next_one_is_found():
    first, second, _ = sent()
    line = Line(TRACK, 2)
    assert [unit.data for unit in line.read(first + b"\0\1\2\3" + second)] == [START + PART] * 2


@pytest.mark.parametrize("waste", [b"\0" * (HEAD_MOST + 1), b"A" * (HEAD_MOST + 1)])
def test_what_is_no_rtsp_any_more_is_broken(waste):
    with pytest.raises(Broken):
        Line(TRACK, 2).read(waste)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_whatever_comes_breaks_nothing_else(data):
    line = Line(TRACK, 2)
    line.read(b"$\2" + data)
    line.read(data)
