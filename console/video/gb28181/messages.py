"""Control messages of GB/T 28181 (MANSCDP): XML that platforms and devices send by SIP MESSAGE."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from msgspec import Struct

from console.video.entry import Entry
from console.video.gb28181.catalogue import read_root, said

TYPE = "Application/MANSCDP+xml"
_HEAD = '<?xml version="1.0" encoding="GB2312"?>\r\n'


class Told(Struct, frozen=True, kw_only=True):
    """What a message is: its root (Query, Control, Notify, Response), its command, of whom.

    ``status``: of a keepalive or a catalogue's answer; ``word``: the eight bytes of steering.
    """

    root: str
    command: str
    number: str
    device: str
    status: str = ""
    word: str = ""


def read_message(data: bytes, name: str = "") -> Told:
    """Read what a message is; BadData when it is no XML, or says no command."""
    root = read_root(data, name)
    return Told(
        root=str(root.tag)[:32], command=said(root, "CmdType")[:32], number=said(root, "SN")[:20],
        device=said(root, "DeviceID")[:32], status=said(root, "Status")[:16],
        word=said(root, "PTZCmd")[:32],
    )  # fmt: skip


def keepalive(device: str, number: int) -> bytes:
    return _made("Notify", "Keepalive", number, device, "<Status>OK</Status>")


def catalogue_query(device: str, number: int) -> bytes:
    return _made("Query", "Catalog", number, device)


def steering(camera: str, number: int, word: str) -> bytes:
    """Give the message that steers a camera by a word of ``words``."""
    more = f"<PTZCmd>{word}</PTZCmd>\r\n<Info>\r\n<ControlPriority>5</ControlPriority>\r\n</Info>"
    return _made("Control", "DeviceControl", number, camera, more)


def catalogue_page(device: str, number: str, total: int, page: Sequence[Entry]) -> bytes:
    """Give one page of a catalogue; ``total`` is how many the whole has."""
    items = "".join(_item(entry, device) for entry in page)
    more = f'<SumNum>{total}</SumNum>\r\n<DeviceList Num="{len(page)}">\r\n{items}</DeviceList>'
    return _made("Response", "Catalog", number, device, more)


def _item(entry: Entry, parent: str) -> str:
    facts = {
        "DeviceID": entry.code, "Name": entry.name, "Manufacturer": "Chengyun",
        "Model": entry.type, "Owner": entry.owner or "Owner", "CivilCode": entry.place,
        "Address": "Address", "Parental": "0", "ParentID": parent, "SafetyWay": "0",
        "RegisterWay": "1", "Secrecy": "0", "Status": "ON" if entry.on else "OFF",
        "Longitude": f"{entry.lon:.6f}", "Latitude": f"{entry.lat:.6f}",
    }  # fmt: skip
    lines = "".join(f"<{name}>{escape(value)}</{name}>\r\n" for name, value in facts.items())
    kind = "1" if entry.ptz else "3"
    return f"<Item>\r\n{lines}<Info><PTZType>{kind}</PTZType></Info>\r\n</Item>\r\n"


def _made(root: str, command: str, number: int | str, device: str, more: str = "") -> bytes:
    head = f"<CmdType>{command}</CmdType>\r\n<SN>{number}</SN>\r\n<DeviceID>{device}</DeviceID>"
    text = f"{_HEAD}<{root}>\r\n{head}\r\n{more}\r\n</{root}>\r\n"
    return text.encode("gb18030")
