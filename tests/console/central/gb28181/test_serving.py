"""A lower platform registers over real sockets, tells what it has, is steered, and is watched."""

import av
import pytest

from console.base.errors import Refused
from console.domain.steering import Motion, Place
from tests.cameras import OneDoor
from tests.fieldwork import LOWER, Stock, Town, Upside, code, registered, until

OPTIONS = {"fflags": "nobuffer", "probesize": "32", "analyzeduration": "0"}


def pictures(url, count, way="tcp"):
    with av.open(url, options=OPTIONS | {"rtsp_transport": way}, timeout=(15, 5)) as opened:
        found = []
        for packet in opened.demux(opened.streams.video[0]):
            found += [f.to_ndarray(format="rgb24") for f in packet.decode()]
            if len(found) >= count:
                return found
    return found


@pytest.mark.parametrize("way", ["udp", "tcp"])
def test_a_lower_platform_registers_and_tells_its_cameras_page_by_page(way):
    with registered(town={"way": way}) as (upside, lower):
        assert lower.lower.registered
        news = upside.heard("catalogue")[0]
        assert [e.code for e in news.catalogue.entries] == [code(n) for n in range(6)]
        assert news.catalogue.entries[0].ptz
        assert news.bad == ()
        assert upside.heard("online")[0].device == LOWER
        assert upside.knows(code(3))


def test_its_picture_is_decoded_from_where_seats_watch_and_ends_when_nobody_does():
    with registered() as (upside, lower):
        found = pictures(upside.address(code(0)), 8)
        assert found[0].shape == (360, 640, 3)
        assert (found[0] != found[7]).any()
        again = pictures(upside.address(code(0)), 2, "udp")
        assert again
        assert len(lower.lower._calls) == 1, "however many watch, it sends once"
    assert lower.lower._calls == {}, "it was told to stop"


def test_whoever_watches_has_to_prove_who_it_is():
    with registered(door=OneDoor("yu", "s/3", code(1))) as (upside, _):
        address = upside.address(code(0))
        with pytest.raises(av.error.HTTPUnauthorizedError):
            pictures(address, 1)
        assert pictures(address.replace("//", "//yu:s%2F3@"), 1)
        with pytest.raises(av.error.HTTPForbiddenError):
            pictures(upside.address(code(1)).replace("//", "//yu:s%2F3@"), 1)


def test_a_camera_that_nobody_knows_or_that_does_not_send_is_no_stream():
    with registered(Stock(sends=False)) as (upside, _), pytest.raises(av.FFmpegError):
        pictures(upside.address(code(0)), 1)
    with registered() as (upside, _), pytest.raises(av.FFmpegError):
        pictures(upside.address(code(99)), 1)


def test_it_is_steered_and_says_when_it_cannot_be():
    with registered() as (upside, lower):
        upside.steer(code(0), Motion(pan=1, tilt=-1, speed=8))
        upside.steer(code(2), Place(do="call", number=3))
        assert lower.stock.steered == [
            (code(0), Motion(pan=1, tilt=-1, speed=8)), (code(2), Place(do="call", number=3)),
        ]  # fmt: skip
        lower.stock.more["steers"] = False
        with pytest.raises(Refused, match="camera_says"):
            upside.steer(code(0), Motion())
        with pytest.raises(Refused, match="camera_unknown"):
            upside.steer(code(99), Motion())


def test_one_that_is_not_heard_of_three_times_is_off_line_and_can_come_back():
    with registered() as (upside, lower):
        lower.close()
        until(lambda: upside.heard("offline"))
        with pytest.raises(Refused, match="camera_away"):
            upside.steer(code(0), Motion())
        again = Town(upside.ports.sip, Stock())
        until(lambda: len(upside.heard("catalogue")) == 2)
        again.close()


def test_a_wrong_password_does_not_come_in():
    upside = Upside()
    lower = Town(upside.ports.sip, Stock(), password="wrong")
    try:
        assert not lower.ask(lower.lower.register())
        assert upside.news == []
    finally:
        lower.close()
        upside.close()


def test_one_that_signs_off_is_off_line_at_once():
    with registered(keepalive_s=60) as (upside, lower):
        lower.ask(lower.lower.register(0))
        until(lambda: upside.heard("offline"))
