"""Catalogue messages are read in every encoding they come in, with the faults they come with."""

import pytest

from console.base.errors import BadData
from console.video.gb28181.catalogue import decoded, read_catalogue, together

CODE = "3201020000131000000{}"
DECLARED = '<?xml version="1.0" encoding="GB2312"?>\r\n'


def item(n=1, name="云芷路口", more=""):
    return f"<Item><DeviceID>{CODE.format(n)}</DeviceID><Name>{name}</Name>{more}</Item>"


def message(*items, kind="Response", sums="<SumNum>2</SumNum>", command="Catalog"):
    body = "".join(items)
    return (
        f"<{kind}><CmdType>{command}</CmdType><SN>1</SN>{sums}"
        f'<DeviceList Num="{len(items)}">{body}</DeviceList></{kind}>'
    )


@pytest.mark.parametrize("encoding", ["gb2312", "gb18030", "utf-8", "utf-8-sig"])
def test_the_bytes_say_the_encoding_whatever_the_declaration_says(encoding):
    found = read_catalogue((DECLARED + message(item(name="囧镕东门"))).encode(
        encoding if encoding != "gb2312" else "gbk"))  # fmt: skip
    assert found.entries[0].name == "囧镕东门"
    assert found.told == 2


def test_what_stands_where_nothing_is_known_is_left_out():
    more = "<Owner>Owner</Owner><Longitude></Longitude><Latitude>abc</Latitude><Status>OFF</Status>"
    entry = read_catalogue(message(item(name="null", more=more)).encode()).entries[0]
    assert (entry.name, entry.owner, entry.lon, entry.lat, entry.on) == (
        CODE.format(1), "", 0.0, 0.0, False,
    )  # fmt: skip
    assert entry.place == "320102"


def test_place_ptz_and_coordinates_are_taken_and_impossible_ones_are_not():
    more = (
        "<CivilCode>320104</CivilCode><Longitude>118.8</Longitude><Latitude>32.06</Latitude>"
        "<Info><PTZType>1</PTZType></Info>"
    )
    entry = read_catalogue(message(item(more=more)).encode()).entries[0]
    assert (entry.place, entry.lon, entry.lat, entry.ptz) == ("320104", 118.8, 32.06, True)
    swapped = "<Longitude>32.06</Longitude><Latitude>118.8</Latitude>"
    assert read_catalogue(message(item(more=swapped)).encode()).entries[0].lon == 0.0


def test_a_loose_ampersand_and_control_characters_do_no_harm():
    data = message(item(name="东门\x01 A&B &amp; C")).encode()
    assert read_catalogue(data).entries[0].name == "东门 A&B & C"


def test_devices_that_are_no_cameras_and_broken_codes_are_set_aside_with_the_reason():
    other = "<Item><DeviceID>32010200002150000001</DeviceID><Name>分组</Name></Item>"
    broken = "<Item><DeviceID>123</DeviceID></Item>"
    found = read_catalogue(message(other, broken, item()).encode())
    assert [(b.where, b.why) for b in found.bad] == [
        ("Item 1", "cameras.no_camera"), ("Item 2", "cameras.bad_code"),
    ]  # fmt: skip
    assert len(found.entries) == 1


def test_a_notice_that_a_camera_went_names_it():
    gone = item(more="<Event>OFF</Event>")
    assert read_catalogue(message(gone, kind="Notify").encode()).gone == (CODE.format(1),)


def test_pages_are_put_together_and_what_is_missing_can_be_told():
    pages = [read_catalogue(message(item(n, f"{n}号"), sums="<SumNum>24</SumNum>").encode())
             for n in (1, 2, 1)]  # fmt: skip
    whole = together(pages)
    assert [e.name for e in whole.entries] == ["1号", "2号"]
    assert whole.told == 24


@pytest.mark.parametrize("data", [
    b"<Notify><CmdType>Keepalive</CmdType></Notify>", b"<Response>", b"no xml", b"\xff\xfe\x00",
    b'<!DOCTYPE a [<!ENTITY b "c">]><Response><CmdType>Catalog</CmdType></Response>',
])  # fmt: skip
def test_what_is_no_catalogue_is_refused_by_name(data):
    with pytest.raises(BadData, match="from the platform"):
        read_catalogue(data, "from the platform")


def test_a_message_without_end_is_not_read():
    with pytest.raises(BadData):
        decoded(b"x" * 16_000_001)
