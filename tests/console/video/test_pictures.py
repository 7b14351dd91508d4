"""What comes of each packet: a picture, a figure; what is left out stays out until a key frame."""

import threading
from fractions import Fraction

import av
import pytest

from console.base.clock import ManualClock
from console.central.cameras.scenery import SCENES, frames
from console.video import pictures
from console.video.board import Board, Slot
from console.video.hardware import Hardware
from console.video.memory import plain
from console.video.pictures import PATIENCE, WINDOW_S, Pictures, Turn, _Way
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

    def __init__(self, hardware=None) -> None:
        self.board = Board(plain(Board.size()))
        self.board.clear(0)
        self.clock, self.stop = ManualClock(), threading.Event()
        slot = Slot(self.board, 0, plain(Slot.bytes_for(SIZE[0] * SIZE[1])))
        self.pictures = Pictures(slot, self.clock, self.stop, hardware=hardware)
        self.pictures.begin(av.CodecContext.create("h264", "r"))

    @property
    def vitals(self):
        return self.board.vitals(0)

    def take(self, packets, width=SIZE[0], turn=Turn.SHOWN, **facts):
        """Take packets; give for each how many pictures there have been after it."""
        wish = Wish(address="", width=width, height=width * 9 // 16, **facts)
        counts = []
        for data, key in packets:
            packet = av.Packet(data)
            packet.is_keyframe = key
            self.clock.turn(1_000 // FPS)
            self.pictures.take(packet, wish, self.clock.monotonic(), turn=turn)
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


def test_what_is_not_the_newest_is_decoded_for_its_sake_and_not_shown(packets):
    shown = Shown()
    assert shown.take(packets[:5], turn=Turn.DECODED) == [0] * 5
    assert shown.take(packets[5:7]) == [1, 2]


def test_what_was_passed_over_is_gone_until_a_key_frame(packets):
    shown = Shown()
    shown.take(packets[:3])
    assert shown.take(packets[3:5], turn=Turn.PASSED) == [3, 3]
    assert shown.take(packets[5:12]) == [3] * 5 + [4, 5]


def test_a_damaged_packet_costs_no_more_than_its_picture(packets):
    shown = Shown()
    shown.take(packets[:3])
    shown.take([(b"\0\0\0\1\x65\xff\xff", True), (b"\0", False)])
    assert shown.take(packets[10:12])[-1] == shown.vitals.seq >= 5


def test_edges_are_left_unsmoothed_only_where_the_picture_is_made_much_smaller(packets):
    shown = Shown()
    shown.take(packets[:3], width=160)
    assert shown.pictures._way is _Way.PLAIN, "its size is not known before the first picture"
    shown.take(packets[10:12], width=160)
    assert shown.pictures._way is _Way.LIGHT
    shown.take(packets[20:22])
    assert shown.pictures._way is _Way.PLAIN
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


class Device:
    """A device's decoder, which decodes unless it is told to fail."""

    def __init__(self, fails=None) -> None:
        self._context = av.CodecContext.create("h264", "r")
        self._fails = fails
        self.packets = 0

    def decode(self, packet):
        self.packets += 1
        if self._fails is not None:
            raise self._fails
        return self._context.decode(packet)


class OneDevice(Hardware):
    """Graphics hardware that is there."""

    def __init__(self, fails=None) -> None:
        super().__init__()
        self.kind, self.made, self._fails = "cuda", [], fails

    def decoder(self, codec):
        assert codec == "h264"
        self.made.append(Device(self._fails))
        return self.made[-1]


def test_graphics_hardware_decodes_large_pictures_from_their_second_key_frame_on(
    packets, monkeypatch
):
    hardware = OneDevice()
    shown = Shown(hardware)
    shown.take(packets)
    assert not hardware.made, "it is a small one"
    monkeypatch.setattr(pictures, "LARGE", SIZE[0] * SIZE[1])
    shown = Shown(hardware)
    assert shown.take(packets) == list(range(1, 31))
    assert shown.vitals.hardware
    assert [device.packets for device in hardware.made] == [20]


@pytest.mark.parametrize("fails", [
    av.error.ExternalError(0, "the driver is gone"), av.InvalidDataError(0, "not for me"),
])  # fmt: skip
def test_what_the_device_does_not_decode_is_decoded_without_it(packets, monkeypatch, fails):
    monkeypatch.setattr(pictures, "LARGE", SIZE[0] * SIZE[1])
    monkeypatch.setattr(pictures, "PATIENCE", 15)
    hardware = OneDevice(fails)
    shown = Shown(hardware)
    counts = shown.take(packets + packets)
    assert len(hardware.made) == 1
    assert not shown.vitals.hardware
    assert counts[-1] >= counts[9] + 20
    assert PATIENCE > 15


def test_a_machine_without_any_decodes_all_the_same(packets, monkeypatch):
    monkeypatch.setattr(pictures, "LARGE", SIZE[0] * SIZE[1])
    shown = Shown(Hardware())
    assert shown.take(packets)[-1] == 30
    assert not shown.vitals.hardware
