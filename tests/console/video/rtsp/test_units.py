"""Pictures come out of packets as they went in, and what was lost spoils no more than itself."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.central.cameras.rtp import Stream
from console.video.rtsp.sdp import START
from console.video.rtsp.units import UNIT_MOST, Units

SPS, PPS, AUD = b"\x67\x42\xc0\x1e", b"\x68\xce\x38", b"\x09\xf0"
IDR, LATER = b"\x65" + bytes(range(256)) * 20, b"\x41" + bytes(range(256)) * 8
IDR_265, LATER_265 = b"\x26\x01" + bytes(range(256)) * 20, b"\x02\x01" + bytes(3_000)


def whole(*parts):
    return b"".join(START + part for part in parts)


def taken(units, packets):
    made = []
    for packet in packets:
        # As they stand in what has been received: something before, something after.
        units.take(b"$\0\0\0" + packet + b"$$", 4, 4 + len(packet), made)
    return made


@pytest.mark.parametrize(("codec", "key", "other"), [
    ("h264", (SPS, PPS, IDR), (LATER,)),
    ("hevc", (b"\x40\x01v", b"\x42\x01s", IDR_265), (LATER_265,)),
])  # fmt: skip
def test_what_was_cut_is_put_together_with_the_packet_that_is_its_last(codec, key, other):
    stream, units = Stream(7, number=0xFFFE, codec=codec), Units(codec)
    for n, parts in enumerate((key, other, other, key)):
        packets = stream.packets_of(parts, n / 15)
        assert not taken(units, packets[:-1])
        (unit,) = taken(units, packets[-1:])
        assert (unit.data, unit.key, unit.stamp) == (whole(*parts), parts is key, n * 6_000)
    assert not units.lost


def test_a_time_that_goes_round_goes_on():
    stream, units = Stream(7, began=(1 << 32) - 100), Units("h264")
    stamps = [taken(units, stream.packets_of((LATER,), n))[0].stamp for n in range(3)]
    assert [after - before for before, after in pairwise(stamps)] == [90_000] * 2


def aggregated(stream, *parts):
    (packet,) = stream.packets_of((b"\x78",), 0)
    return packet + b"".join(len(part).to_bytes(2, "big") + part for part in parts)


def test_an_aggregation_is_taken_apart_and_a_false_length_ends_it():
    made = taken(Units("h264"), [aggregated(Stream(7), SPS, PPS, b"\x65abc") + b"\xff\xff\x01"])
    assert [(each.data, each.key) for each in made] == [(whole(SPS, PPS, b"\x65abc"), True)]


def test_sets_that_are_marked_as_a_picture_of_their_own_wait_for_it():
    stream, units = Stream(7), Units("h264")
    assert not taken(units, stream.packets_of((SPS,), 1))
    assert not taken(units, stream.packets_of((PPS,), 1))
    (unit,) = taken(units, stream.packets_of((IDR,), 1))
    assert unit.data == whole(SPS, PPS, IDR)


def test_a_camera_that_marks_every_slice_is_found_out_and_then_read_by_time():
    stream, units = Stream(7), Units("h264")
    slices = (b"\x65top", b"\x65bottom")
    made = [
        unit
        for n in range(4)
        for part in slices
        for unit in taken(units, stream.packets_of((part,), n / 15))
    ]
    assert [each.data for each in made[-2:]] == [whole(*slices)] * 2


def test_without_any_mark_the_next_time_ends_a_picture():
    stream, units = Stream(7), Units("h264")
    bare = [
        bytes((p[0], p[1] & 0x7F)) + p[2:]
        for n in range(3)
        for p in stream.packets_of((SPS, PPS, IDR), n / 15)
    ]
    assert [each.data for each in taken(units, bare)] == [whole(SPS, PPS, IDR)] * 2


def test_a_fragment_without_its_beginning_is_left_out_and_counted():
    stream, units = Stream(7), Units("h264")
    first, second = stream.packets_of((IDR,), 0), stream.packets_of((LATER,), 1)
    made = taken(units, [first[0], *first[2:], *second])
    assert units.lost == 1
    assert made[0].data.startswith(START + IDR[:1_000])
    assert len(made[0].data) < 1_500
    assert made[1].data == whole(LATER)


def test_a_packet_s_extension_contributors_and_padding_are_no_part_of_it():
    (packet,) = Stream(7).packets_of((b"\x65abc",), 0)
    more = b"\0\0\0\1" * 2 + b"\xbe\xde\0\1\0\0\0\0"
    dressed = bytes((0x80 | 0x20 | 0x10 | 2,)) + packet[1:12] + more + packet[12:] + b"\0\0\3"
    assert [each.data for each in taken(Units("h264"), [dressed])] == [whole(b"\x65abc")]


def test_a_picture_without_end_is_let_go(monkeypatch):
    monkeypatch.setattr("console.video.rtsp.units.UNIT_MOST", 10_000)
    stream, units = Stream(7), Units("h264")
    packets = [p for n in range(9) for p in stream.packets_of((IDR, AUD), 1)[:-1]]
    assert not taken(units, packets)
    assert units._size <= 10_000 < UNIT_MOST
    assert taken(units, stream.packets_of((LATER,), 2))[-1].data == whole(LATER)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=12), st.sampled_from(["h264", "hevc"]))
def test_whatever_comes_breaks_nothing(packets, codec):
    units = Units(codec)
    for unit in taken(units, [b"\x80\xe0" + each for each in packets] + packets):
        assert unit.data.startswith(START)
