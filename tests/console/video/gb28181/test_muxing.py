"""What a camera sends has its clock, its map before key frames, and packets that fit."""

from console.video.gb28181.muxing import MOST, PES_MOST, Sender


def test_packets_fit_and_the_last_of_a_picture_is_marked():
    packets = Sender(9).packets([b"\x65" + b"a" * 5_000], 1.0, key=True)
    assert all(len(p) <= MOST + 12 for p in packets)
    assert [p[1] >> 7 for p in packets] == [0] * (len(packets) - 1) + [1]
    assert packets[0][12:16] == b"\0\0\1\xba"


def test_a_key_frame_brings_the_map_and_others_do_not():
    sender = Sender(9)
    key, other = (b"".join(sender.packets([b"\x65a"], n, key=not n)) for n in (0, 1))
    assert b"\0\0\1\xbc" in key
    assert b"\0\0\1\xbc" not in other


def test_a_large_picture_is_cut_into_packets_of_the_stream():
    data = b"".join(p[12:] for p in Sender(9).packets([b"\x65" * (2 * PES_MOST)], 0, key=False))
    assert data.count(b"\0\0\1\xe0") == 3
