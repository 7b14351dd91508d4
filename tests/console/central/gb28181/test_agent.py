"""An agent asks again what was lost, answers twice what was asked twice, and survives nonsense."""

import asyncio
import socket

import pytest

from console.base.work import Tasks
from console.central.gb28181 import agent as module
from console.central.gb28181.agent import Agent, Peer, Silent
from console.video.gb28181.sip import Message, answer, read

ME, OTHER = "32010000002000000001", "32010200002000000001"


def meeting(play, handle=None):
    """Let two agents meet; ``play`` is given both, and what the second was asked."""

    async def run():
        failed, asked = [], []
        tasks = Tasks(failed.append)

        async def heard(message, peer):
            asked.append(message)
            return await handle(message, peer) if handle else answer(message, 200, "OK")

        async def deaf(_message, _peer):
            return None

        here, there = Agent(ME, "3201000000", deaf, tasks), Agent(OTHER, "3201000000", heard, tasks)
        await here.open("127.0.0.1", 0)
        await there.open("127.0.0.1", 0)
        try:
            found = await play(here, there, asked)
        finally:
            await here.close()
            await there.close()
            await tasks.close()
        assert failed == []
        return found

    return asyncio.run(run())


@pytest.mark.parametrize("way", ["udp", "tcp"])
def test_a_request_is_answered_by_either_way(way):
    async def play(here, there, asked):
        request = here.request("MESSAGE", "sip:x@y", "x@y", body=b"hello")
        told = await here.ask(request, Peer(way, "127.0.0.1", there.port))
        return told, asked

    told, asked = meeting(play)
    assert (told.status, asked[0].body, asked[0].sender) == (200, b"hello", ME)


def test_what_was_lost_is_asked_again(monkeypatch):
    monkeypatch.setattr(module, "AGAIN_S", (0.02, 0.02))

    async def play(here, there, asked):
        out, sent = here._udp.sendto, []
        here._udp = type("Lossy", (), {
            "sendto": lambda _s, data, to: sent.append(data) or (len(sent) > 1 and out(data, to)),
            "is_closing": lambda _s: False, "close": here._udp.close,
        })()  # fmt: skip
        request = here.request("MESSAGE", "sip:x@y", "x@y")
        told = await here.ask(request, Peer("udp", "127.0.0.1", there.port))
        return told, asked, sent

    told, asked, sent = meeting(play)
    assert told.status == 200
    assert len(asked) == 1
    assert len(sent) >= 2


def test_what_comes_twice_is_done_once_and_answered_twice():
    async def play(_here, there, asked):
        request = Message("MESSAGE", "sip:x@y", heads=(
            ("Via", "SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK1"), ("From", f"<sip:{OTHER}@y>;tag=1"),
            ("To", "<sip:x@y>"), ("Call-ID", "1"), ("CSeq", "1 MESSAGE"),
        )).encoded()  # fmt: skip
        with socket.socket(type=socket.SOCK_DGRAM) as line:
            line.setblocking(False)
            loop = asyncio.get_running_loop()
            for _ in range(2):
                await loop.sock_sendto(line, request, ("127.0.0.1", there.port))
                assert read(await loop.sock_recv(line, 4096)).status == 200
        return asked

    assert len(meeting(play)) == 1


def test_nobody_there_is_said_within_the_time():
    async def play(here, _there, _asked):
        for way in ("udp", "tcp"):
            request = here.request("MESSAGE", "sip:x@y", "x@y")
            with pytest.raises(Silent):
                await here.ask(request, Peer(way, "127.0.0.1", 9), wait_s=0.1)
        return here._waiting

    assert meeting(play) == {}


def test_one_who_says_trying_is_waited_for():
    async def slowly(message, _peer):
        await asyncio.sleep(0.3)
        return answer(message, 200, "OK")

    async def play(here, there, asked):
        peer = Peer("udp", "127.0.0.1", there.port)
        request = here.request("INVITE", "sip:x@y", "x@y")
        waits = asyncio.ensure_future(here.ask(request, peer, wait_s=0.15))
        while not asked:
            await asyncio.sleep(0.01)
        there._udp.sendto(answer(asked[0], 100, "Trying").encoded(), ("127.0.0.1", here.port))
        return await waits

    assert meeting(play, slowly).status == 200


def test_nonsense_is_passed_over_and_by_tcp_hung_up_on():
    async def play(here, there, _asked):
        for data in (b"\r\n\r\n", b"x", b"\xff" * 900, b"MESSAGE sip:a SIP/2.0\r\n\r\n"):
            here._udp.sendto(data, ("127.0.0.1", there.port))
        reader, writer = await asyncio.open_connection("127.0.0.1", there.port)
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        gone = await reader.read()
        writer.close()
        request = here.request("MESSAGE", "sip:x@y", "x@y")
        told = await here.ask(request, Peer("udp", "127.0.0.1", there.port))
        return gone, told

    gone, told = meeting(play)
    assert gone == b""
    assert told.status == 200


def test_a_handler_that_finds_it_malformed_says_so():
    async def wrong(message, _peer):
        return (
            answer(message.with_heads(("CSeq", "x")), 200, "OK")
            and message.with_heads(("CSeq", "x MESSAGE")).cseq
        )

    async def play(here, there, _asked):
        request = here.request("MESSAGE", "sip:x@y", "x@y")
        return await here.ask(request, Peer("udp", "127.0.0.1", there.port))

    assert meeting(play, wrong).status == 400
