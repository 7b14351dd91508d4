"""The lower end keeps knocking, less and less, and sends only what was rightly asked for."""

import asyncio

from console.base.work import Tasks
from console.central.gb28181 import lower as module
from console.central.gb28181.agent import Peer
from console.central.gb28181.lower import Lower
from console.central.gb28181.setup import Upper
from console.video.gb28181 import messages, sdp
from console.video.gb28181.sip import Message
from tests.fieldwork import CITY, DOMAIN, LOWER, Stock, code

UPPER = Upper(id=CITY, domain=DOMAIN, host="127.0.0.1", port=9)
PEER = Peer("udp", "127.0.0.1", 9)


def end(stock=None, chance=lambda: 0.5):
    tasks = Tasks(lambda _error: None)
    return Lower(LOWER, UPPER, lambda: "p", stock or Stock(), tasks, chance=chance)


def asks(method, body=b""):
    target = code(0)
    heads = (("From", f"<sip:{CITY}@{DOMAIN}>;tag=1"), ("To", f"<sip:{target}@{DOMAIN}>"),
             ("Call-ID", "c1"), ("CSeq", f"1 {method}"))  # fmt: skip
    return Message(method, f"sip:{target}@{DOMAIN}", heads=heads, body=body)


def told(message, peer=PEER, stock=None):
    async def play():
        found = await end(stock)._handle(message, peer)
        return found.status

    return asyncio.run(play())


def test_only_the_upper_platform_is_obeyed():
    steering = messages.steering(code(0), 1, "A50F0101FF0000B5")
    stock = Stock()
    assert told(asks("MESSAGE", steering), Peer("udp", "10.6.6.6", 9), stock) == 403
    assert stock.steered == []
    assert told(asks("MESSAGE", steering), stock=stock) == 200
    assert len(stock.steered) == 1


def test_what_cannot_be_done_is_said():
    assert told(asks("MESSAGE", b"<x")) == 400
    assert told(asks("MESSAGE", messages.steering(code(0), 1, "A50F"))) == 404
    assert told(asks("INVITE", b"no sdp"), stock=Stock(sends=False)) == 488
    offer = sdp.offer(code(0), "127.0.0.1", 9, "0100000001")
    assert told(asks("INVITE", offer), stock=Stock(sends=False)) == 404
    assert told(asks("BYE")) == 481
    assert told(asks("CANCEL")) == 200
    assert told(asks("SUBSCRIBE")) == 405


async def _never():
    return False


def test_it_knocks_less_and_less_and_never_all_at_once(monkeypatch):
    waits = []

    async def noted(seconds):
        waits.append(seconds)
        if len(waits) == 9:
            raise asyncio.CancelledError

    async def play(chance):
        waits.clear()
        made = end(chance=chance)
        made.register = _never
        monkeypatch.setattr(module.asyncio, "sleep", noted)
        try:
            await made.run("127.0.0.1")
        except asyncio.CancelledError:
            return list(waits)
        finally:
            monkeypatch.undo()

    assert asyncio.run(play(lambda: 0.5)) == [*module.WAITS_S, 60.0, 60.0]
    assert asyncio.run(play(lambda: 1.0))[0] == module.WAITS_S[0] * (1 + module.JITTER)
