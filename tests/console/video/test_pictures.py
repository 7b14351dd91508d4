"""What comes of each packet: a picture, a figure; what is left out stays out until a key frame."""

import threading
from fractions import Fraction

import av
import pytest

from console.base.clock import ManualClock
from console.central.cameras.scenery import SCENES, frames
from console.video.board import Board, Slot
from console.video.memory import plain
from console.video.pictures import WINDOW_S, Pictures
from console.video.stream import Wish

SIZE, FPS = (320, 180), 10


@pytest.fixture(scope="module")
def packets():
    """Thirty pictures, a key frame every ten."""
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height = SIZE
    encoder.pix_fmt, encoder.time_base, encoder.gop_size = "yuv420p", Fraction(1, FPS), FPS
    encoder.options = {"tune": "zerolatency", "x264-params": "repeat-headers=1:scenecut=0"}
    made = []
    for n, picture in enumerate(frames(SCENES[0], *SIZE, FPS, 3)):
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts = n
        made += encoder.encode(frame)
    return [(bytes(packet), packet.is_keyframe) for packet in made]


class Shown:
    """The pictures of one stream, and the board on which they are told."""

    def __init__(self) -> None:
        self.board = Board(plain(Board.size()))
        self.board.clear(0)
        self.clock, self.stop = ManualClock(), threading.Event()
        slot = Slot(self.board, 0, plain(Slot.bytes_for(SIZE[0] * SIZE[1])))
        self.pictures = Pictures(slot, self.clock, self.stop)
        self.pictures.begin(av.CodecContext.create("h264", "r"))

    @property
    def vitals(self):
        return self.board.vitals(0)

    def take(self, packets, width=SIZE[0], **facts):
        """Take packets; give for each how many pictures there have been after it."""
        wish = Wish(address="", width=width, height=width * 9 // 16, **facts)
        counts = []
        for data, key in packets:
            packet = av.Packet(data)
            packet.is_keyframe = key
            self.clock.turn(1_000 // FPS)
            self.pictures.take(packet, wish, self.clock.monotonic())
            counts.append(self.vitals.seq)
        return counts


def test_each_packet_is_a_picture_at_once_and_is_counted(packets):
    shown = Shown()
    assert shown.take(packets) == list(range(1, 31))
    found = shown.vitals
    assert (found.width, found.height, found.codec, found.opened) == (*SIZE, "h264", 1)
    assert found.rate == pytest.approx(FPS, rel=0.1)
    sent = sum(len(data) for data, _ in packets[: round(WINDOW_S * FPS)])
    assert found.kbits == pytest.approx(sent * 8 / WINDOW_S / 1_000, rel=0.2)


def test_key_frames_alone_are_decoded_and_the_others_again_after_the_next(packets):
    shown = Shown()
    assert shown.take(packets[:20], keys_only=True)[-1] == 2
    assert shown.vitals.keys_only
    assert shown.take(packets[12:20]) == [2] * 8, "what they build on was left out"
    assert shown.take(packets[20:23]) == [3, 4, 5]
    assert not shown.vitals.keys_only


def test_a_damaged_packet_costs_no_more_than_its_picture(packets):
    shown = Shown()
    shown.take(packets[:3])
    shown.take([(b"\0\0\0\1\x65\xff\xff", True), (b"\0", False)])
    assert shown.take(packets[10:12])[-1] == shown.vitals.seq >= 5


def test_edges_are_left_unsmoothed_only_where_the_picture_is_made_much_smaller(packets):
    shown = Shown()
    shown.take(packets[:3], width=160)
    assert not shown.pictures._light, "its size is not known before the first picture"
    shown.take(packets[10:12], width=160)
    assert shown.pictures._light
    shown.take(packets[20:22])
    assert not shown.pictures._light
    assert shown.vitals.seq == 7


def test_what_is_not_wanted_any_more_is_not_shown(packets):
    shown = Shown()
    shown.stop.set()
    assert shown.take(packets[:3]) == [0, 0, 0]


def test_a_clock_that_is_far_from_ours_tells_nothing():
    shown = Shown()
    shown.pictures.note_late(-40)
    assert shown.vitals.latency_ms == -40
    shown.pictures.note_late(3_600_000)
    assert shown.vitals.latency_ms is None
