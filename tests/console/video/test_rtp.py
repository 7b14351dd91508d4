"""The header of a packet is read wherever the packet stands, and nothing beyond its end."""

import pytest

from console.central.cameras.rtp import Stream
from console.video.rtp import payload

(PACKET,) = Stream(7, number=9, began=11).packets_of((b"\x65abc",), 0)


def read(packet):
    data = b"before" + packet + b"after" * 9
    begin, end, mark, number, stamp = payload(data, 6, 6 + len(packet))
    return data[begin:end], mark, number, stamp


def test_a_payload_is_found_with_its_mark_its_number_and_its_time():
    assert read(PACKET) == (b"\x65abc", True, 9, 11)
    assert read(bytes((PACKET[0], PACKET[1] & 0x7F)) + PACKET[2:])[1] is False


def test_extension_contributors_and_padding_are_no_part_of_it():
    more = b"\0\0\0\1" * 2 + b"\xbe\xde\0\1\0\0\0\0"
    dressed = bytes((0x80 | 0x20 | 0x10 | 2,)) + PACKET[1:12] + more + PACKET[12:] + b"\0\0\3"
    assert read(dressed)[0] == b"\x65abc"


@pytest.mark.parametrize("packet", [
    b"", b"\x80" * 11, b"\x40" + PACKET[1:], PACKET[:12], b"\x9f" + PACKET[1:],
    b"\xa0" + PACKET[1:] + b"\xff",
])  # fmt: skip
def test_what_is_no_rtp_or_says_more_than_it_has_has_no_payload(packet):
    assert read(packet)[0] == b""
