"""This city tells a platform above it of its own cameras, and sends on what came to it."""

import av

from console.base.clock import SystemClock
from console.central.drill_cameras import enrolments, eyes_of, town_of
from console.central.gb28181.setup import Upper
from console.central.gb28181.upward import Own, cameras_of
from console.domain.access import system
from console.domain.record import Act
from console.domain.steering import Motion
from tests.fieldwork import CITY, Upside, code, registered, until

ABOVE = "32000000002000000001"


def test_the_cameras_in_use_are_what_is_told(lite):
    eyes = eyes_of(town_of(lite.centre))[:3]
    steps = next(enrolments(eyes))
    lite.centre.load([Act(id="a", steps=steps, by="system", at=SystemClock().now())], system())
    found = cameras_of(lite.centre)
    assert {e.code for e in found} == {eye.args["code"] for eye in eyes}
    assert {e.place for e in found} == {eyes[0].args["scope"][:6]}


def test_nobody_above_steers():
    assert not Own(tuple, None).steer(code(0), Motion())


def test_a_picture_goes_on_through_two_platforms():
    above = Upside(id=ABOVE, domain="3200000000", passwords={CITY: "up"})
    upper = Upper(id=ABOVE, domain="3200000000", host="127.0.0.1", port=above.ports.sip)
    try:
        with registered(upper=(upper,), passwords={ABOVE: "up"}, tells=True) as (_, lower):
            until(lambda: above.heard("catalogue"))
            assert len(above.heard("catalogue")[0].catalogue.entries) == 6
            address = above.address(code(0))
            with av.open(address, options={"rtsp_transport": "tcp", "probesize": "32",
                         "analyzeduration": "0"}, timeout=(20, 8)) as opened:  # fmt: skip
                assert next(opened.decode(video=0)).width == 640
            assert len(lower.lower._calls) == 1
    finally:
        above.close()
