"""The platform lets in who proves it, believes nobody else, and knows who is there and has what."""

import asyncio

import pytest

from console.base.clock import ManualClock
from console.base.errors import Refused
from console.base.work import Tasks
from console.central.gb28181.agent import Peer
from console.central.gb28181.platform import MISSED, Platform
from console.central.gb28181.setup import Passwords, Setup
from console.domain.steering import Motion
from console.video.entry import Entry
from console.video.gb28181 import digest, messages
from console.video.gb28181.sip import Message

CITY, DEVICE, CAMERA = "32010000002000000001", "32010200002000000001", "32010200001320000001"
PEER, OTHER = Peer("udp", "10.0.0.5", 5060), Peer("udp", "10.6.6.6", 5060)
DOMAIN, GOOD = "3201000000", "s3cret"


class Meeting:
    """A platform without a line: what comes is put before it, what it asks is kept."""

    def __init__(self, **setup):
        self.clock = ManualClock()
        self.news, self.asked = [], []
        self.platform = Platform(
            Setup(id=CITY, domain=DOMAIN, **setup), Passwords({DEVICE: GOOD}), self.clock,
            Tasks(lambda _error: None), self.news.append, "Asia/Shanghai",
        )  # fmt: skip
        self.platform.agent.ask = self._ask
        self.pages = []
        self.status = 200

    async def _ask(self, message, peer, wait_s=8):
        self.asked.append((message, peer))
        told = messages.read_message(message.body)
        if told.command == "Catalog":
            for page in self.pages:
                await self.says(messages.catalogue_page(DEVICE, told.number, *page))
        return Message(status=self.status, reason="Whatever")

    async def registers(self, password=GOOD, expires=3600, id=DEVICE, peer=PEER):
        heads = (
            ("From", f"<sip:{id}@{DOMAIN}>;tag=1"), ("To", f"<sip:{id}@{DOMAIN}>"),
            ("Via", "x;branch=1"), ("Call-ID", "1"), ("CSeq", "1 REGISTER"),
            ("Expires", str(expires)), ("Contact", f"<sip:{id}@10.0.0.5>"),
        )  # fmt: skip
        message = Message("REGISTER", f"sip:{CITY}@{DOMAIN}", heads=heads)
        told = await self.platform._handle(message, peer)
        if told.status != 401:
            return told
        said = digest.proof(told.head("www-authenticate"), id, password, "REGISTER", message.uri)
        self.proof = message.with_heads(("Authorization", said))
        return await self.platform._handle(self.proof, peer)

    async def says(self, body, peer=PEER, sender=DEVICE, method="MESSAGE"):
        heads = (("From", f"<sip:{sender}@{DOMAIN}>;tag=1"), ("CSeq", f"1 {method}"))
        return await self.platform._handle(Message(method, "sip:x@y", heads=heads, body=body), peer)


def run(play, **setup):
    async def whole():
        meeting = Meeting(**setup)
        return meeting, await play(meeting)

    return asyncio.run(whole())


def test_who_proves_the_password_is_in_and_is_told_the_time_of_this_place():
    meeting, told = run(lambda m: m.registers())
    assert told.status == 200
    assert told.head("date") == "2026-01-01T08:00:00.000"
    assert [n.what for n in meeting.news] == ["online"]


@pytest.mark.parametrize(("more", "status"), [
    ({"password": "wrong"}, 401), ({"id": CAMERA}, 403), ({"id": "12"}, 403),
])  # fmt: skip
def test_who_does_not_is_not(more, status):
    meeting, told = run(lambda m: m.registers(**more))
    assert told.status == status
    assert meeting.news == []


def test_a_proof_that_somebody_overheard_does_not_let_them_in():
    async def play(meeting):
        await meeting.registers()
        return await meeting.platform._handle(meeting.proof, OTHER)

    meeting, told = run(play)
    assert told.status == 401
    assert "stale=true" in told.head("www-authenticate")
    assert meeting.platform.devices[DEVICE].peer == PEER


def test_three_signs_of_life_may_not_be_missing():
    async def play(meeting):
        await meeting.registers()
        for _ in range(5):
            meeting.clock.turn(60_000)
            assert (await meeting.says(messages.keepalive(DEVICE, 1))).status == 200
            meeting.platform.check()
        meeting.clock.turn(MISSED * 60_000)
        meeting.platform.check()
        before = [n.what for n in meeting.news]
        meeting.clock.turn(1_000)
        meeting.platform.check()
        meeting.platform.check()
        told = await meeting.says(messages.keepalive(DEVICE, 1))
        return before, told

    meeting, (before, told) = run(play)
    assert before == ["online"]
    assert [n.what for n in meeting.news] == ["online", "offline"]
    assert told.status == 403, "who is off line has to register anew"


def test_one_that_leaves_or_whose_time_is_up_is_off_line():
    async def play(meeting):
        await meeting.registers()
        await meeting.registers(expires=0)

    assert [n.what for n in run(play)[0].news] == ["online", "offline"]


def test_strangers_are_not_listened_to():
    async def play(meeting):
        body = messages.keepalive(DEVICE, 1)
        before = await meeting.says(body)
        await meeting.registers()
        return [before, await meeting.says(body, OTHER), await meeting.says(body, sender=CAMERA),
                await meeting.says(b"<x", PEER)]  # fmt: skip

    assert [told.status for told in run(play)[1]] == [403, 403, 403, 400]


def entries(*numbers):
    return [Entry(code=f"3201020000132{n:07d}", place="320102") for n in numbers]


def test_a_catalogue_is_kept_by_device_and_steering_goes_there():
    async def play(meeting):
        await meeting.registers()
        meeting.pages = [(3, entries(1, 2)), (3, entries(2, 3))]
        await meeting.platform.catalogue(meeting.platform.devices[DEVICE])
        await meeting.platform.steer(CAMERA, Motion(pan=1))
        meeting.status = 404
        with pytest.raises(Refused, match="camera_says"):
            await meeting.platform.steer(CAMERA, Motion())

    meeting, _ = run(play)
    news = meeting.news[1]
    assert (news.what, len(news.catalogue.entries), news.bad) == ("catalogue", 3, ())
    message, peer = meeting.asked[1]
    assert peer == PEER
    assert messages.read_message(message.body).word == "A50F010180000036"


def test_what_two_devices_tell_of_belongs_to_the_first():
    async def play(meeting):
        await meeting.registers()
        device = meeting.platform.devices[DEVICE]
        meeting.platform._come(CAMERA, PEER, 60)
        meeting.platform.devices[CAMERA].entries = {entries(1)[0].code: entries(1)[0]}
        meeting.pages = [(2, entries(1, 2))]
        await meeting.platform.catalogue(device)
        return device

    meeting, device = run(play)
    assert list(device.entries) == [entries(2)[0].code]
    assert [b.why for b in meeting.news[-1].bad] == ["cameras.twice"]


def test_a_notice_that_a_camera_went_is_passed_on():
    async def play(meeting):
        await meeting.registers()
        meeting.platform.devices[DEVICE].entries = {CAMERA: entries(1)[0]}
        item = f"<Item><DeviceID>{CAMERA}</DeviceID><Event>OFF</Event></Item>"
        return await meeting.says(
            f"<Notify><CmdType>Catalog</CmdType><SN>1</SN><DeviceID>{DEVICE}</DeviceID>"
            f"<DeviceList>{item}</DeviceList></Notify>".encode()
        )

    meeting, told = run(play)
    assert told.status == 200
    assert meeting.news[-1].codes == (CAMERA,)


def test_what_is_not_for_a_platform_is_answered_as_the_standard_says():
    async def play(meeting):
        return [await meeting.says(b"", method=m)
                for m in ("OPTIONS", "NOTIFY", "BYE", "INVITE", "ACK")]  # fmt: skip

    told = run(play)[1]
    assert [t and t.status for t in told] == [200, 200, 200, 405, None]
