"""A camera's picture is asked for once, believed from its own address, and ended when it stops."""

import asyncio

import av
import pytest

from console.base.clock import SystemClock
from console.base.work import Tasks
from console.central.gb28181.live import Live, LiveStream, Ports
from console.central.gb28181.platform import Platform
from console.central.gb28181.setup import Passwords, Setup
from console.video.gb28181.ps import Piece
from tests.fieldwork import CITY, DOMAIN, code, registered, until

OPTIONS = {"rtsp_transport": "tcp", "probesize": "32", "analyzeduration": "0"}
SETS = (b"gB\x00\x1e", b"h\xce")


def stream():
    tasks = Tasks(lambda _error: None)
    setup = Setup(id=CITY, domain=DOMAIN)
    platform = Platform(setup, Passwords({}), SystemClock(), tasks, lambda _news: None)
    return LiveStream(code(1), platform, tasks, Ports(0, 0))


class Watcher:
    def __init__(self):
        self.waits, self.full, self.taken = True, False, []

    def take(self, frame):
        self.taken.append(frame)


def test_it_is_described_by_its_first_key_frame_and_given_with_its_own_time():
    async def play():
        made, watcher = stream(), Watcher()
        made.add(watcher)
        made._give(Piece("h264", False, (b"\x41a",), 100))
        made._give(Piece("h264", True, (*SETS, b"\x65k"), 0xFFFFFFFF))
        made._give(Piece("h264", False, (b"\x41b",), 89_999))
        return made, watcher

    made, watcher = asyncio.run(play())
    assert b"H264/90000" in made.sdp()
    assert [f.key for f in watcher.taken] == [True, False]
    assert [f.seconds for f in watcher.taken] == [0.0, 1.0], "the clock went round"


def test_h265_is_described_as_such():
    async def play():
        made = stream()
        made._give(Piece("hevc", True, (b"\x40\x01", b"\x42\x01", b"\x44\x01", b"\x26\x01k"), 0))
        return made.sdp()

    assert b"H265/90000" in asyncio.run(play())


def test_what_comes_from_elsewhere_is_not_believed():
    async def play():
        made = stream()
        made._hosts = frozenset({"10.0.0.5"})
        made._take(b"\x80\x60" + b"\0" * 20, "10.6.6.6")
        return made._arrivals._next

    assert asyncio.run(play()) is None


def test_no_port_is_said_as_such():
    async def play():
        ports = Ports(29_990, 29_991)
        held = [await ports.bound("127.0.0.1", lambda *_: None) for _ in range(2)]
        with pytest.raises(OSError, match="29990"):
            await ports.bound("127.0.0.1", lambda *_: None)
        for each in held:
            each.close()

    asyncio.run(play())


def test_a_camera_that_hangs_up_is_asked_again_by_the_next_who_watches():
    with registered() as (upside, lower):
        for _ in range(2):
            with av.open(upside.address(code(0)), options=OPTIONS, timeout=(15, 5)) as opened:
                assert next(opened.decode(video=0))
            call = next(iter(lower.lower._calls))
            lower.ask(_bye(lower.lower, call))
            until(lambda: not lower.lower._calls)


async def _bye(lower, call):
    lower._hang_up(call)
    request = lower.agent.request("BYE", "sip:x@y", "x@y", call=call)
    return await lower.agent.ask(request, lower._peer)


def test_an_address_names_a_camera_by_its_twenty_digits():
    async def play():
        made = stream()
        live = Live(made._platform, Tasks(lambda _error: None))
        found = live.source(f"rtsp://h:1/gb/{code(1)}")
        assert live.source(f"rtsp://h:1/gb/{code(1)}/track0")[1] is found[1]
        return found[0], live.source("rtsp://h:1/gb/12"), live.known(code(1)), live.running

    assert asyncio.run(play()) == (code(1), None, None, [])
