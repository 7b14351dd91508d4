"""Joins the cameras of the field to a centre: who registers by GB/T 28181 becomes its catalogue."""

import secrets
import threading
from collections.abc import Callable
from pathlib import Path

from console.base.errors import BadData
from console.central import drill_cameras as demo
from console.central.build import Built
from console.central.drill_lower import run_lower
from console.central.gb28181.entering import DOOR, Entering
from console.central.gb28181.platform import News
from console.central.gb28181.serving import Serving
from console.central.gb28181.setup import (
    WATCHING,
    Passwords,
    Setup,
    Upper,
    read_passwords,
    read_setup,
)
from console.central.gb28181.upward import cameras_of
from console.central.health import CameraHealth
from console.central.intake.aside import Aside
from console.central.intake.bounds import bounds

NETWORK, SIGNALLING = "6", "200"
"""The city's own number is a signalling server's, on the government's network."""


def setup_of(file: Path, passwords: Path | None) -> tuple[Setup, Passwords]:
    """Read the files of this city's end; BadData says what is wrong."""
    if passwords is None:
        raise BadData(file.name, "", "--gb28181-passwords is needed too")
    setup, held = read_setup(file), read_passwords(passwords)
    if setup.rtsp_user and not held.own(WATCHING):
        raise BadData(passwords.name, WATCHING, "rtsp_user is set, and has no password here")
    return setup, held


def demo_setup(built: Built, host: str, port: int) -> tuple[Setup, Passwords]:
    """Give the demo's end: on this machine, with a password that nobody keeps."""
    city = built.centre.place.city.code
    own = f"{city}0000{SIGNALLING}{NETWORK}000001"
    setup = Setup(id=own, domain=own[:10], host=host, port=port, rtsp_port=port + 1)
    return setup, Passwords({demo.below().id: secrets.token_urlsafe(24)})


def serving_of(built: Built, setup: Setup, passwords: Passwords) -> Serving:
    """Give this city's end, whose catalogues become cameras of the centre."""
    centre = built.centre

    def told(news: News) -> None:
        if news.what == "catalogue":
            entering.heard(news)
        _pass_on(built.health, news)

    others = {setup.rtsp_user: passwords.own(WATCHING)} if setup.rtsp_user else {}
    serving = Serving(
        setup, passwords, centre.clock, told, centre.place.city.zone, lambda: cameras_of(centre),
        built.gate.door("cam-{}".format, others),
    )  # fmt: skip
    entering = Entering(centre, Aside(centre, built.limits, bounds()), serving.address)
    return serving


def _pass_on(health: CameraHealth, news: News) -> None:
    """Tell of cameras that their platform says are away, or no longer says so."""
    off = [entry.code for entry in news.catalogue.entries if not entry.on]
    on = [entry.code for entry in news.catalogue.entries if entry.on]
    health.passes([f"cam-{code}" for code in (*off, *news.codes)], DOOR, lost=True)
    health.passes([f"cam-{code}" for code in on], DOOR, lost=False)


def demo_lower(
    built: Built, serving: Serving, passwords: Passwords
) -> Callable[[threading.Event], None]:
    """Give what keeps the demo's lower platform registered, until told to stop."""
    town, clock = demo.town_of(built.centre), built.centre.clock
    me, zone = demo.below().id, built.centre.place.city.zone
    setup = serving.setup
    upper = Upper(id=setup.id, domain=setup.domain, host=setup.host, port=serving.ports.sip)

    def run(stopping: threading.Event) -> None:
        run_lower(
            me, demo.entries_below(town), upper, passwords.own(me), stopping,
            wall=lambda: clock.now() / 1000, zone=zone,
        )  # fmt: skip

    return run
