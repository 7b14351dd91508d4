"""The 12379 dialect and its texts: colours are levels, broken rules are named."""

import json

import pytest

from console.central.intake.frame import Ground, Unreadable
from console.central.intake.national import read_national
from tests.drivers import shared_data

XML = """<?xml version="1.0" encoding="{encoding}"?>
<alert xmlns="http://com.icss.amp">
<identifier>32010041600000_20260620080000</identifier><sender>市气象台</sender>
<senderCode>32010041600000</senderCode><sendTime>2026-06-20 08:00:00+08:00</sendTime>
<status>Actual</status><msgType>Alert</msgType><scope>Public</scope><references></references>
<info><language>zh-CN</language><eventType>{event}</eventType><urgency>Unknown</urgency>
<severity>Red</severity><certainty>Unknown</certainty>
<effective>2026-06-20 08:00:00+08:00</effective><expires>2026-06-21 08:00:00+08:00</expires>
<headline>市气象台发布雷暴大风红色预警</headline><description>请注意防范</description>
<area><areaDesc>全市</areaDesc><geocode>320100,320115</geocode></area></info></alert>"""


@pytest.fixture
def ground(lite):
    return Ground(lite.centre.place, lite.centre.clock.now())


@pytest.mark.parametrize("encoding", ["UTF-8", "GB2312"])
def test_colours_are_levels_and_codes_have_names(ground, encoding):
    said = XML.format(encoding=encoding, event="11B03")
    body = said.encode("gb18030" if encoding == "GB2312" else "utf-8")
    message = read_national(body, ground)[0]
    made = message.bulletin
    assert (message.wrong, message.remarks) == ((), ())
    assert (made.level, made.event, made.sender) == ("I", "暴雨", "32010041600000")
    assert made.geocodes == ("division=320100", "division=320115")


def test_an_unknown_code_takes_its_name_from_the_headline_and_is_remarked(ground):
    message = read_national(XML.format(encoding="UTF-8", event="99Z99").encode(), ground)[0]
    assert message.bulletin.event == "雷暴大风"
    assert [r.rule for r in message.remarks] == ["cap.national_event"]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("Red", "Extreme", "cap.value"), ("<headline>", "<x/><headline>", "cap.extra"),
        ("Alert</msgType>", "Cancel</msgType>", "cap.references"),
        ("com.icss.amp", "elsewhere", "cap.space"),
        ("2026-06-20 08:00:00+08:00</sendTime>", "2026-06-20 08:00</sendTime>", "cap.instant"),
    ],
)  # fmt: skip
def test_each_broken_rule_is_named(ground, old, new, rule):
    said = XML.format(encoding="UTF-8", event="11B03").replace(old, new, 1)
    assert rule in [f.rule for f in read_national(said.encode(), ground)[0].wrong]


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("level", "紫色", "cap.colour"), ("issued", "昨天", "intake.instant"),
        ("text", " ", "intake.missing"), ("end", "x", "intake.instant"),
        ("text", 1, "intake.shape"),
    ],
)  # fmt: skip
def test_a_text_that_is_wrong_names_its_field(ground, field, value, rule):
    text = {"sender": "台", "issued": "2026-06-20T08:00:00+08:00", "type": "暴雨", "level": "红色",
            "text": "请注意"}  # fmt: skip
    message = read_national(json.dumps([{**text, field: value}]).encode(), ground)[0]
    assert [(f.rule, f.where) for f in message.wrong] == [(rule, field)]


@pytest.mark.parametrize("body", [b"[", b"<none/>", b"[" * 100_000])
def test_what_is_no_warning_is_unreadable(ground, body):
    with pytest.raises(Unreadable):
        read_national(body, ground)


def test_the_real_dialect_and_the_real_texts_are_read(ground):
    folder = shared_data("cap/china12379")
    alert = read_national((folder / "alert_blue_typhoon.xml").read_bytes(), ground)[0]
    assert (alert.wrong, alert.bulletin.level, alert.bulletin.event) == ((), "IV", "台风")
    assert [r.rule for r in alert.remarks] == ["cap.expires_first"]
    texts = read_national((folder / "nanjing_warning_texts.json").read_bytes(), ground)
    assert [(m.bulletin.event, m.bulletin.level) for m in texts] == [
        ("暴雪", "II"), ("暴雨", "IV"), ("高温", "II"), ("高温", "II"),
    ]  # fmt: skip
    assert [m.bulletin.told for m in texts] == ["alert", "update", "alert", "alert"]
    assert not any(m.wrong for m in texts)
