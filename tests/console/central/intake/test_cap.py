"""CAP in: the real samples, each read or told by its rule; and what hostile senders would try."""

import pytest

from console.central.intake import cap
from console.central.intake.cap import read_cap
from console.central.intake.frame import Ground, Unreadable
from tests.drivers import shared_data

ALERT = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
 <identifier>NJ-1</identifier><sender>met@nj</sender>
 <sent>2026-06-20T08:00:00+08:00</sent>
 <status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
 <info><language>zh-CN</language><category>Met</category><event>暴雨</event>
  <urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty>
  <expires>2026-06-20T20:00:00+08:00</expires><headline>暴雨橙色预警</headline>
  <area><areaDesc>江宁区</areaDesc>
   <polygon>31.9,118.7 32.0,118.7 32.0,118.9 31.9,118.7</polygon>
   <circle>31.95,118.84 5</circle>
   <geocode><valueName>division</valueName><value>320115</value></geocode></area></info>
</alert>"""
GROUND = Ground(None, 0)


def read(words: str | bytes):
    return read_cap(words if isinstance(words, bytes) else words.encode(), GROUND)


def rules(words: str) -> list[str]:
    return [found.rule for found in read(words)[0].wrong]


def test_an_alert_becomes_a_bulletin():
    message = read(ALERT)[0]
    made = message.bulletin
    assert (message.wrong, message.remarks) == ((), ())
    assert (made.identifier, made.sender, made.event, made.level) == (
        "NJ-1", "met@nj", "暴雨", "II",
    )  # fmt: skip
    assert made.polygons[0][0] == (118.7, 31.9)
    assert made.circles == ((118.84, 31.95, 5000.0),)
    assert made.geocodes == ("division=320115",)
    assert made.expires_at - made.sent_at == 12 * 3_600_000


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("<scope>Public</scope>", "", "cap.missing"),
        ("<scope>Public</scope>", "<scope>Restricted</scope>", "cap.scope_needs"),
        ("<scope>Public</scope>", "<scope>Private</scope>", "cap.scope_needs"),
        ("Alert</msgType>", "Update</msgType>", "cap.references"),
        ("<info>", "<references>met@nj,NJ-0</references><info>", "cap.reference"),
        ("NJ-1", "NJ 1", "cap.spoilt"),
        ("Severe", "Orange", "cap.value"),
        ("2026-06-20T08:00:00+08:00", "2026-06-20T00:00:00Z", "cap.instant"),
        ("31.9,118.7 32.0", "118.7,31.9 32.0", "cap.point"),
        ("32.0,118.9 31.9,118.7<", "32.0,118.9<", "cap.polygon_open"),
        ("118.84 5<", "118.84 -5<", "cap.circle"),
        ("cap:1.2", "cap:9.9", "cap.space"),
        ("</scope>", "</scope><code>IPAWSv1.0</code>", "cap.profile"),
    ],
)
def test_each_broken_rule_is_named_with_its_line(old, new, rule):
    wrong = read(ALERT.replace(old, new, 1))[0].wrong
    assert rule in [found.rule for found in wrong]
    assert all(found.line and "⟦" not in found.why for found in wrong)


def test_chinese_goes_before_other_languages_and_the_gravest_area_counts():
    info = ALERT[ALERT.index("<info>") : ALERT.index("</alert>")]
    english = info.replace("zh-CN", "en").replace("暴雨", "Rain")
    more = info.replace("Severe", "Extreme").replace("江宁区", "溧水区")
    message = read(ALERT.replace("</alert>", f"{english}{more}</alert>"))[0]
    assert (message.bulletin.event, message.bulletin.area) == ("暴雨", "江宁区; 溧水区")
    assert message.bulletin.level == "I"
    assert [r.rule for r in message.remarks] == ["cap.several"]


def test_what_does_not_say_when_it_ends_is_remarked_not_refused():
    none = ALERT.replace("<expires>2026-06-20T20:00:00+08:00</expires>", "")
    early = ALERT.replace("20T20:00", "20T07:00")
    for words, rule in ((none, "cap.no_expires"), (early, "cap.expires_first")):
        message = read(words)[0]
        assert (message.wrong, [r.rule for r in message.remarks]) == ((), [rule])


@pytest.mark.parametrize("body", [b"", b"<alert", b"{}", b"<other/>", b"\xff\xfe\x00"])
def test_what_is_no_alert_is_unreadable(body):
    with pytest.raises(Unreadable):
        read(body)


def test_too_many_alerts_in_one_body_are_not_read(monkeypatch):
    monkeypatch.setattr(cap, "MOST", 1)
    inner = ALERT.partition("?>")[2]
    with pytest.raises(Unreadable):
        read(f"<all>{inner}{inner}</all>")


SAMPLES = {
    "australia.cap": [], "bushfire_valid.edxlde": [], "canada.cap": [],
    "canada_errors.cap": ["cap.references"], "earthquake-iso8859-1.cap": [],
    "earthquake.cap": [], "invalid.cap": ["cap.missing"], "no_optional_fields.cap": [],
    "ny_index.rss": ["cap.index"], "wcatwc-warning.cap": [], "weather.cap": [],
    "weather_index.atom": ["cap.index"],
}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_a_real_sample_is_read_or_told_by_its_rule(name):
    messages = read((shared_data("cap/samples") / name).read_bytes())
    assert messages
    assert {tuple(f.rule for f in m.wrong) for m in messages} == {tuple(SAMPLES[name])}
    assert all(m.number for m in messages)


def test_the_samples_keep_their_accents_their_references_and_their_wrapped_alerts():
    folder = shared_data("cap/samples")
    shaken = read((folder / "earthquake-iso8859-1.cap").read_bytes())[0].bulletin
    assert "Usulután" in shaken.headline
    updated = read((folder / "canada.cap").read_bytes())[0].bulletin
    assert (updated.told, len(updated.references)) == ("update", 2)
    assert len(read((folder / "bushfire_valid.edxlde").read_bytes())) == 7
