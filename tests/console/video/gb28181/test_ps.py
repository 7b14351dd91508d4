"""Pictures come out of a programme stream as they went in, or not at all."""

import random

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.central.cameras.loops import encode
from console.central.cameras.scenery import SCENES, frames
from console.video.gb28181.muxing import Sender
from console.video.gb28181.ps import PIECE_MOST, WINDOW, Arrivals, parts_of, video_of

FPS = 10


@pytest.fixture(scope="module")
def loop():
    return encode(frames(SCENES[0], 320, 180, FPS, 2), FPS)


def whole(loop, n):
    unit = loop.units[n % len(loop.units)]
    head = (loop.sps, loop.pps) if unit.key else ()
    return (*head, unit.top, *unit.rest), unit.key


def stream(loop, count, codec="h264"):
    sender = Sender(7, codec)
    for n in range(count):
        parts, key = whole(loop, n)
        yield sender.packets(parts, n / FPS, key=key)


def test_pictures_come_out_as_they_went_in_and_can_be_decoded(loop):
    arrivals, found = Arrivals(7), []
    for packets in stream(loop, 20):
        for packet in packets:
            found += arrivals.take(packet)
    assert [p.parts for p in found] == [whole(loop, n)[0] for n in range(20)]
    assert [p.key for p in found] == [n % FPS == 0 for n in range(20)]
    assert {p.codec for p in found} == {"h264"}
    assert found[1].stamp - found[0].stamp == 9_000
    decoder = av.CodecContext.create("h264", "r")
    data = [b"".join(b"\0\0\0\1" + part for part in p.parts) for p in found]
    shown = [f for each in data for f in decoder.decode(av.Packet(each))]
    assert len(shown) == 20


def test_it_is_a_programme_stream_that_others_read_too(loop, tmp_path):
    file = tmp_path / "stream.ps"
    file.write_bytes(b"".join(p[12:] for packets in stream(loop, 20) for p in packets))
    with av.open(str(file), format="mpeg") as opened:
        assert sum(1 for _ in opened.decode(video=0)) >= 19


def test_packets_in_disorder_are_put_in_order(loop):
    packets = [p for some in stream(loop, 12) for p in some]
    chance = random.Random(3)
    order = sorted(range(len(packets)), key=lambda n: n + chance.uniform(0, 6) if n else 0)
    arrivals, found = Arrivals(), []
    for n in [*order, order[2]]:
        found += arrivals.take(packets[n])
    assert [p.parts for p in found] == [whole(loop, n)[0] for n in range(12)]
    assert arrivals.lost == 0


def test_after_a_lost_packet_nothing_is_shown_until_the_next_key_frame(loop):
    packets = list(stream(loop, 20))
    missing = packets[0].pop(1)
    arrivals, found = Arrivals(), []
    for packet in [p for some in packets for p in some]:
        found += arrivals.take(packet)
    assert missing
    assert arrivals.lost == 1
    assert found[0].key
    assert [p.stamp for p in found] == [n * 9_000 for n in range(10, 20)]


def test_another_stream_and_what_is_no_rtp_are_left_out(loop):
    arrivals = Arrivals(8)
    for packet in [b"", b"abc", b"\x80" * 12, *next(stream(loop, 1)), b"\x90" + b"\xff" * 15]:
        assert arrivals.take(packet) == []
    assert arrivals.strange >= 5


def test_a_sender_that_begins_anew_is_followed(loop):
    arrivals, found = Arrivals(), []
    for packets in stream(loop, 2):
        for packet in packets:
            found += arrivals.take(packet)
    for packets in stream(loop, 1):
        for packet in packets:
            later = packet[:2] + (20_000 + packet[3]).to_bytes(2, "big") + packet[4:]
            found += arrivals.take(later)
    assert [p.key for p in found] == [True, False, True]


def test_the_map_says_which_codec(loop):
    parts, _ = whole(loop, 0)
    piece = b"".join(p[12:] for p in Sender(1, "hevc").packets(parts, 0, key=True))
    codec, video = video_of(piece)
    assert codec == "hevc"
    assert tuple(parts_of(video)) == parts


def test_a_piece_of_a_mad_length_is_let_go():
    arrivals = Arrivals()
    head = b"\x80\x60"
    for n in range(PIECE_MOST // 60_000 + 3):
        packet = head + n.to_bytes(2, "big") + b"\0" * 8 + b"\1" * 60_000
        assert arrivals.take(packet) == []
    assert len(arrivals._piece) <= PIECE_MOST


@given(st.binary(max_size=200))
def test_any_bytes_are_a_picture_or_none(data):
    video_of(data)
    video_of(b"\0\0\1\xbc" + data)
    video_of(b"\0\0\1\xe0" + data)


@given(st.lists(st.binary(max_size=60), max_size=80))
def test_any_datagrams_do_no_harm(packets):
    arrivals = Arrivals()
    for n, packet in enumerate(packets):
        arrivals.take(packet)
        arrivals.take(b"\x80\x60" + bytes((0, n)) + b"\0" * 8 + packet)
    assert len(arrivals._waits) <= WINDOW
