"""python -m console cameras discover: which ONVIF cameras there are on this network, as JSON."""

import argparse
import json
import sys
from typing import Any

from console.base.clock import Clock, SystemClock
from console.base.errors import BadData, Refused, Unreachable
from console.base.text import text
from console.video.onvif.device import Device, Door
from console.video.onvif.finding import EVERYBODY, discover
from console.video.onvif.words import Found
from console.video.passwords import without_password

DONE, WRONG = 0, 1
SECONDS = 4.0


def run(args: argparse.Namespace) -> int:
    """Ask who is there; say a line of JSON for each. 1: of some, their streams are not known."""
    clock = SystemClock()
    door = Door()
    if args.onvif_user:
        password = args.onvif_password_file.read_text("utf-8").strip()
        door = Door(args.onvif_user, password)
    host, _, port = args.to.rpartition(":") if args.to else (EVERYBODY[0], "", str(EVERYBODY[1]))
    found = discover(clock, args.seconds, (host, int(port)))
    known = True
    for each in found:
        facts = facts_of(each, door, clock)
        known = known and "why" not in facts
        sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
    sys.stderr.write(text("cameras.discovered", count=len(found)) + "\n")
    return DONE if known else WRONG


def facts_of(found: Found, door: Door, clock: Clock) -> dict[str, Any]:
    """Give what is known of a device; ``why``: why its streams are not."""
    facts: dict[str, Any] = {
        "id": found.id, "name": found.name, "hardware": found.hardware,
        "location": found.location, "address": found.addresses[0],
    }  # fmt: skip
    device = Device(found.addresses[0], door, clock)
    try:
        facts["streams"] = [
            {"profile": profile.name or profile.token, "codec": profile.codec,
             "width": profile.width, "height": profile.height, "ptz": profile.ptz,
             "address": without_password(address)}
            for profile, address in device.streams()
        ]  # fmt: skip
    except Refused as refused:
        facts["why"] = text(refused.key, **refused.args_by_name)
    except Unreachable as error:
        facts["why"] = text(error.why)
    except BadData as error:
        facts["why"] = str(error)
    finally:
        device.close()
    return facts
