"""What ONVIF cameras are asked and answer: SOAP messages as plain values, without a line.

WS-Discovery finds them; the device says what its clock shows and where its services are, media
which profiles there are, and at which address each plays. A password goes as a digest with a nonce
(WS-UsernameToken).
"""

import base64
import hashlib
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from msgspec import Struct

from console.base.errors import BadData, Refused

Ask = Callable[[str, str, int], bytes]
"""A question, as it is sent by a user with a password at an instant (ms UTC)."""
MOST = 1_000_000
"""Bytes of an answer; real ones have some ten thousand."""
_SOAP = "http://www.w3.org/2003/05/soap-envelope"
_SECURITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss"
_DEVICE, _MEDIA = "http://www.onvif.org/ver10/device/wsdl", "http://www.onvif.org/ver10/media/wsdl"
_SCHEMA = "http://www.onvif.org/ver10/schema"
SCOPE = "onvif://www.onvif.org/"


class Found(Struct, frozen=True, kw_only=True):
    """A device that answered a probe. ``id``: its own; ``addresses``: of its device service."""

    id: str
    addresses: tuple[str, ...]
    name: str = ""
    hardware: str = ""
    location: str = ""


class Profile(Struct, frozen=True, kw_only=True):
    """One stream that a device offers; ``ptz``: it can be turned."""

    token: str
    name: str = ""
    codec: str = ""
    width: int = 0
    height: int = 0
    ptz: bool = False


class Services(Struct, frozen=True, kw_only=True):
    """Addresses of a device's services; "" where it has none."""

    media: str = ""
    ptz: str = ""


def probe() -> bytes:
    """Give the message that asks every device on the network to say that it is there."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="{_SOAP}" '
        'xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing" '
        'xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" '
        'xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><e:Header>'
        f"<w:MessageID>uuid:{uuid4()}</w:MessageID>"
        "<w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>"
        "<w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>"
        "<e:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></e:Body>"
        "</e:Envelope>"
    ).encode()


def read_probe(data: bytes, name: str = "") -> list[Found]:
    """Read who answered; BadData when it is no answer to a probe."""
    found: list[Found] = []
    for match in every(_root(data, name), "ProbeMatch"):
        addresses = tuple(
            each
            for each in said(match, "XAddrs").split()
            if each.startswith(("http://", "https://"))
        )
        scopes = said(match, "Scopes").split()
        if addresses:
            found.append(Found(
                id=said(match, "Address"), addresses=addresses, name=_scope(scopes, "name"),
                hardware=_scope(scopes, "hardware"), location=_scope(scopes, "location"),
            ))  # fmt: skip
    return found


def ask_clock() -> bytes:
    """Give the question for the device's clock: it is asked before anybody has signed in."""
    return envelope(f'<GetSystemDateAndTime xmlns="{_DEVICE}"/>', "", "", 0)


def ask_capabilities(user: str, password: str, now: int) -> bytes:
    body = f'<GetCapabilities xmlns="{_DEVICE}"><Category>All</Category></GetCapabilities>'
    return envelope(body, user, password, now)


def ask_profiles(user: str, password: str, now: int) -> bytes:
    return envelope(f'<GetProfiles xmlns="{_MEDIA}"/>', user, password, now)


def ask_stream(token: str, user: str, password: str, now: int) -> bytes:
    body = (
        f'<GetStreamUri xmlns="{_MEDIA}"><StreamSetup>'
        f'<Stream xmlns="{_SCHEMA}">RTP-Unicast</Stream>'
        f'<Transport xmlns="{_SCHEMA}"><Protocol>RTSP</Protocol></Transport></StreamSetup>'
        f"<ProfileToken>{escape(token)}</ProfileToken></GetStreamUri>"
    )
    return envelope(body, user, password, now)


def read_clock(data: bytes, name: str = "") -> int:
    """Read what its clock shows (ms UTC); 0 when it does not say."""
    shown = next(iter(every(answer(data, name), "UTCDateTime")), None)
    parts = [_number(shown, tag) for tag in ("Year", "Month", "Day", "Hour", "Minute", "Second")]
    try:
        return int(datetime(*parts, tzinfo=UTC).timestamp() * 1000)
    except ValueError:
        return 0


def read_services(data: bytes, name: str = "") -> Services:
    """Read where its services are."""
    root = answer(data, name)
    where = {tag: next(iter(every(root, tag)), None) for tag in ("Media", "PTZ")}
    return Services(media=_address(where["Media"]), ptz=_address(where["PTZ"]))


def read_profiles(data: bytes, name: str = "") -> list[Profile]:
    """Read which profiles there are."""
    found: list[Profile] = []
    for each in every(answer(data, name), "Profiles"):
        video = next(iter(every(each, "VideoEncoderConfiguration")), None)
        found.append(Profile(
            token=str(each.get("token") or "")[:128], name=said(each, "Name")[:128],
            codec=said(video, "Encoding").lower()[:16], width=_number(video, "Width"),
            height=_number(video, "Height"), ptz=bool(every(each, "PTZConfiguration")),
        ))  # fmt: skip
    return found


def read_stream(data: bytes, name: str = "") -> str:
    """Read at which address a profile plays; "" when none was said."""
    found = said(answer(data, name), "Uri")
    return found if found.startswith(("rtsp://", "rtsps://", "http://", "https://")) else ""


def token(user: str, password: str, now: int, nonce: bytes) -> str:
    """Give a UsernameToken: the digest of nonce, time (ms UTC) and password."""
    at = datetime.fromtimestamp(now / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    # The standard knows this hash alone.
    mixed = hashlib.sha1(nonce + at.encode() + password.encode(), usedforsecurity=False).digest()
    kind = f"{_SECURITY}-username-token-profile-1.0#PasswordDigest"
    return (
        f'<s:Security xmlns:s="{_SECURITY}-wssecurity-secext-1.0.xsd" '
        f'xmlns:u="{_SECURITY}-wssecurity-utility-1.0.xsd"><s:UsernameToken>'
        f"<s:Username>{escape(user)}</s:Username>"
        f'<s:Password Type="{kind}">{base64.b64encode(mixed).decode()}</s:Password>'
        f"<s:Nonce>{base64.b64encode(nonce).decode()}</s:Nonce><u:Created>{at}</u:Created>"
        "</s:UsernameToken></s:Security>"
    )


def envelope(body: str, user: str, password: str, now: int) -> bytes:
    """Give a whole message; a user proves the password by a digest of this instant (ms UTC)."""
    head = token(user, password, now, secrets.token_bytes(16)) if user else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="{_SOAP}">'
        f"<e:Header>{head}</e:Header><e:Body>{body}</e:Body></e:Envelope>"
    ).encode()


def answer(data: bytes, name: str) -> Any:
    """Read an answer; Refused when the device says no, with its reason."""
    root = _root(data, name)
    fault = next(iter(every(root, "Fault")), None)
    if fault is not None:
        why = said(fault, "Text") or said(fault, "faultstring")
        raise Refused("refused.onvif_says", device=name, reason=why[:120])
    return root


def _root(data: bytes, name: str) -> Any:
    if len(data) > MOST:
        raise BadData(name, "", "longer than any answer of a camera")
    try:
        return fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise BadData(name, "", "entities and document types are not taken") from error
    except (ParseError, LookupError, ValueError) as error:
        raise BadData(name, "", "not XML") from error


def every(node: Any, tag: str) -> list[Any]:
    """Give every element of this name below a node, whatever its namespace."""
    return [each for each in node.iter() if str(each.tag).rpartition("}")[2] == tag]


def said(node: Any, tag: str) -> str:
    """Give what the first element of this name below a node says; "" when there is none."""
    if node is None:
        return ""
    return next(((each.text or "").strip() for each in every(node, tag)), "")


def _address(node: Any) -> str:
    found = said(node, "XAddr")
    return found if found.startswith(("http://", "https://")) else ""


def _number(node: Any, tag: str) -> int:
    found = said(node, tag)
    return int(found) if found.isascii() and found.isdigit() and len(found) < 6 else 0


def _scope(scopes: list[str], kind: str) -> str:
    head = f"{SCOPE}{kind}/"
    found = next((each.removeprefix(head) for each in scopes if each.startswith(head)), "")
    return found.replace("%20", " ").replace("_", " ")[:128]
