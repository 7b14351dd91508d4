"""From a camera's socket to packets of libav: with their times, and with patience that ends."""

import io
from fractions import Fraction
from itertools import pairwise
from socket import MSG_PEEK

import av
import pytest

from console.base.clock import ManualClock
from console.central.cameras.loops import _parts
from console.central.cameras.rtp import Stream, framed
from console.central.cameras.scenery import SCENES, frames
from console.video.live import BEHIND, SILENT_S, Live
from console.video.pictures import Turn
from console.video.rtsp.session import opened
from console.video.tape import Recorder, Tape
from tests.rtsp_peer import Peer
from tests.tapes import CAMERA, sealed

KEY, LATER = b"\x65" + bytes(range(256)), b"\x41" + bytes(range(256))


class Watched:
    """A stream that is carried by hand, and what came of it."""

    def __init__(self) -> None:
        self.peer = Peer()
        self.clock = ManualClock()
        self.packets, self.turns, self.late, self.stops = [], [], [], []
        self.session = opened(self.peer.url, "", "", 5.0)
        self.live = Live(self.session, self.clock, self.take, self.late.append, self.check)
        self.stream = Stream(7)

    def take(self, packet, now, turn):
        self.packets.append((packet, now))
        self.turns.append(turn)

    def check(self):
        if self.stops:
            raise self.stops[0]

    def send(self, *parts, at):
        self.peer.send(*self.stream.packets_of(parts, at))

    def come(self, count, until):
        until(lambda: self.live.come() or len(self.packets) >= count)

    def waiting(self):
        try:
            return len(self.session.socket.recv(1 << 20, MSG_PEEK))
        except BlockingIOError:
            return 0

    def close(self):
        self.session.close()
        self.peer.close()


@pytest.fixture
def watched():
    made = Watched()
    yield made
    made.close()


def test_pictures_come_as_packets_with_their_times_and_when_they_came(watched, until):
    for n, part in enumerate((KEY, LATER, LATER)):
        watched.send(part, at=n / 15)
    watched.come(3, until)
    packets = [packet for packet, _ in watched.packets]
    assert [packet.is_keyframe for packet in packets] == [True, False, False]
    assert [packet.pts for packet in packets] == [packet.dts for packet in packets]
    assert [packet.pts * packet.time_base for packet in packets] == [
        Fraction(n, 15) for n in range(3)
    ]
    assert {now for _, now in watched.packets} == {watched.clock.monotonic()}


@pytest.mark.parametrize(("count", "passed"), [(BEHIND, 0), (BEHIND + 5, 12)])
def test_who_has_fallen_behind_goes_on_with_what_is_newest(watched, until, count, passed):
    for n in range(count):
        watched.send(KEY if n in (0, 12) else LATER, at=n / 15)
    until(lambda: watched.waiting() >= count * (len(KEY) + 16))
    watched.live.come()
    assert watched.turns == (
        [Turn.PASSED] * passed + [Turn.DECODED] * (count - passed - 1) + [Turn.SHOWN]
    )
    assert len(watched.packets) == count, "all of them are kept for the replay"


def test_by_the_camera_s_own_clock_it_is_said_how_late_they_come(watched, until):
    wall = watched.clock.now() / 1_000
    watched.peer.send(watched.stream.report(0.0, wall - 0.08), channel=3)
    watched.send(KEY, at=0.0)
    watched.send(LATER, at=0.001)
    watched.come(2, until)
    assert watched.late == [80], "now and then, not with each"


def test_a_camera_that_sends_nothing_is_waited_for_just_so_long(watched, until):
    watched.send(KEY, at=0.0)
    watched.come(1, until)
    watched.clock.turn(round(SILENT_S * 1_000))
    watched.live.tend(watched.clock.monotonic())
    watched.clock.turn(1)
    with pytest.raises(TimeoutError):
        watched.live.tend(watched.clock.monotonic())


def test_it_is_said_now_and_then_that_somebody_watches(watched, until):
    for _ in range(40):
        watched.clock.turn(1_000)
        watched.send(KEY, at=watched.clock.monotonic())
        watched.come(len(watched.packets) + 1, until)
        watched.live.tend(watched.clock.monotonic())
    until(lambda: watched.peer.methods().count("GET_PARAMETER") == 2)


def test_who_hangs_up_or_is_not_wanted_any_more_ends_it(watched, until):
    watched.stops.append(KeyError("not wanted"))
    with pytest.raises(KeyError):
        watched.live.tend(watched.clock.monotonic())
    watched.peer.close()
    with pytest.raises(ConnectionResetError):
        until(watched.live.come)


def test_what_ended_it_is_raised_by_who_waits(watched):
    watched.live.left(ConnectionResetError("hung up"))
    with pytest.raises(ConnectionResetError, match="hung up"):
        watched.live.wait()
    assert watched.live.fileno() == -1


def test_what_ended_it_holds_on_to_nothing_that_was_at_work(watched, until):
    watched.peer.close()
    with pytest.raises(ConnectionResetError) as raised:
        until(watched.live.come)
    assert raised.value.__traceback__ is not None
    watched.live.left(raised.value)
    assert raised.value.__traceback__ is None, "its frames would keep decoder and pictures alive"


def coded(count, **options):
    """Encode pictures; give each as its parts and its place in time, in the order of decoding."""
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = 160, 90, "yuv420p"
    encoder.time_base, encoder.framerate, encoder.gop_size = Fraction(1, 10), 10, 10
    encoder.options = {"x264-params": "repeat-headers=1:slices=1", **options}
    made = []
    for n, picture in enumerate(frames(SCENES[0], 160, 90, 10, count // 10)):
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts = n
        made += encoder.encode(frame)
    made += encoder.encode()
    return [(tuple(_parts(bytes(packet))), packet.pts) for packet in made]


@pytest.mark.parametrize("turns", ["0", "2"])
def test_pictures_that_come_out_of_their_turn_are_kept_too(watched, until, tmp_path, turns):
    recorder = Recorder(sealed(tmp_path), watched.clock)
    tape = Tape(recorder, CAMERA, "sub", lambda _kept: None)
    tape.begin(None, "h264", watched.session.track.sets[:0])
    units = coded(40, bf=turns)
    assert (sorted(pts for _, pts in units) != [pts for _, pts in units]) == (turns == "2")
    for parts, pts in units:
        watched.send(*parts, at=pts / 10)
    watched.come(len(units), until)
    for packet, _ in watched.packets:
        watched.clock.turn(500)
        tape.take(packet, watched.clock.now())
    tape.end()
    segments = [recorder._parts.get_nowait()[3] for _ in range(recorder._parts.qsize())]
    with av.open(io.BytesIO(segments[-1])) as kept:
        times = [frame.time for frame in kept.decode(video=0)]
    assert len(times) == 10
    steps = [after - before for before, after in pairwise(times)]
    assert steps == [pytest.approx(0.1, abs=0.002)] * 9


def test_packets_of_others_are_no_pictures(watched, until):
    watched.peer.lines[-1].sendall(framed(0, bytes(30)))
    watched.send(KEY, at=0.0)
    watched.come(1, until)
    assert len(watched.packets) == 1
