"""Frames become packets that fit every network, in order, with one time a frame."""

import struct

from console.central.cameras.rtp import MOST, Stream, cuts, described, framed


def test_a_short_part_goes_as_it_is_and_a_long_one_is_cut_and_can_be_put_together():
    assert list(cuts(b"\x67abc")) == [b"\x67abc"]
    long = b"\x65" + bytes(range(256)) * 20
    pieces = list(cuts(long))
    assert max(map(len, pieces)) <= MOST
    assert [p[1] & 0xC0 for p in (pieces[0], pieces[1], pieces[-1])] == [0x80, 0, 0x40]
    assert bytes([pieces[0][0] & 0xE0 | pieces[0][1] & 0x1F]) + b"".join(p[2:] for p in pieces) == (
        long
    )


def test_packets_are_numbered_and_the_last_of_a_frame_is_marked():
    stream = Stream(7, number=0xFFFF)
    first = stream.packets_of((b"\x67a", b"\x65b"), 0.5)
    heads = [struct.unpack(">BBHII", p[:12]) for p in first]
    assert [h[2] for h in heads] == [0xFFFF, 0]
    assert [h[1] >> 7 for h in heads] == [0, 1]
    assert {h[3] for h in heads} == {45_000}
    assert {h[4] for h in heads} == {7}


def test_a_report_says_the_time_of_day_of_a_frame():
    report = Stream(7, began=100).report(1.0, 1_767_578_400.5)
    _, kind, words, ssrc, seconds, part, stamp, _, _ = struct.unpack(">BBHIIIIII", report)
    assert (kind, words, ssrc) == (200, 6, 7)
    assert seconds - 2_208_988_800 == 1_767_578_400
    assert part == 1 << 31
    assert stamp == 90_100


def test_between_the_lines_a_packet_has_its_channel_and_length():
    assert framed(2, b"abc") == b"$\x02\x00\x03abc"


def test_h265_is_cut_by_its_own_marks():
    long = b"\x26\x01" + bytes(range(256)) * 20
    pieces = list(cuts(long, "hevc"))
    assert max(map(len, pieces)) <= MOST
    assert {p[0] >> 1 & 63 for p in pieces} == {49}
    assert [p[2] & 0xC0 for p in (pieces[0], pieces[1], pieces[-1])] == [0x80, 0, 0x40]
    assert bytes([pieces[0][2] << 1 & 0x7E | pieces[0][0] & 0x81, pieces[0][1]]) == long[:2]
    assert b"".join(p[3:] for p in pieces) == long[2:]


def test_a_stream_is_described_by_its_codec_and_parameter_sets():
    assert b"sprop-parameter-sets=Z0IAHg==,aM4=" in described("h264", (b"gB\0\x1e", b"h\xce"), 15)
    said = described("hevc", (b"@v", b"Bs", b"Dp"))
    assert b"H265/90000" in said
    assert b"sprop-vps=QHY=;sprop-sps=QnM=;sprop-pps=RHA=" in said
    assert b"framerate" not in said
