"""CoT in: positions of known units, alerts as reports, and what breaks the rules."""

import re
from dataclasses import replace

import pytest

from console.central.intake.cot import forms, read_cot
from console.central.intake.frame import Ground, Unreadable
from tests.drivers import ROOT, shared_data

EXAMPLES = ROOT / "resources/docs/examples"
POSITION = (EXAMPLES / "cot_position.xml").read_text("utf-8")
ALERT = (EXAMPLES / "cot_alert.xml").read_text("utf-8")


@pytest.fixture
def ground(lite):
    now = 1_750_413_660_000  # 2025-06-20T10:01:00Z
    return Ground(lite.centre.place, now, "fire", {"示例救援01": "u1"})


def read(words, ground):
    return read_cot(words.encode(), ground)[0]


def test_a_position_is_a_reading_of_its_unit(ground):
    reading = read(POSITION, ground).readings[0]
    assert (reading.topic, reading.of, reading.source) == ("position", "u1", "fire")
    assert (reading.lon, reading.lat, reading.heading, reading.speed) == (118.8, 32.06, 90.0, 8.3)
    assert reading.quality == "good"


def test_a_position_that_is_stale_is_doubtful(ground):
    early = POSITION.replace('stale="2025-06-20T10:02:00Z"', 'stale="2025-06-20T10:00:30Z"')
    assert read(early, ground).readings[0].quality == "doubtful"


def test_a_unit_that_nobody_knows_is_told(ground):
    found = read(POSITION.replace("示例救援01", "别人"), ground).wrong
    assert [f.rule for f in found] == ["cot.unit"]


def test_an_alert_is_a_report(ground):
    message = read(ALERT, ground)
    assert message.wrong == ()
    assert (message.report.urgency, message.report.lat) == ("flash", 32.061)
    assert "请求支援" in message.report.words
    assert message.thread == "example-unit-1-9-1-1"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('uid="example-unit-1"', 'uid=""', "cot.missing"),
        ('lat="32.0600"', 'lat="99"', "cot.point"),
        ('lat="32.0600"', 'lat="nan"', "cot.point"), ('lon="118.8000"', "", "cot.point"),
        ('time="2025-06-20T10:00:00Z"', 'time="noon"', "intake.instant"),
        ('stale="2025-06-20T10:02:00Z"', 'stale="2025-06-20T09:00:00Z"', "cot.stale"),
    ],
)  # fmt: skip
def test_each_broken_rule_is_named_with_its_line(ground, old, new, rule):
    found = read(POSITION.replace(old, new, 1), ground).wrong
    assert rule in [f.rule for f in found]
    assert all(f.line for f in found)


def test_many_events_in_one_body(ground):
    events = "".join(p.partition("?>")[2] for p in (POSITION, ALERT))
    assert len(read_cot(f"<events>{events}</events>".encode(), ground)) == 2


@pytest.mark.parametrize("body", [b"", b"<event", b"<other/>"])
def test_what_is_no_event_is_unreadable(ground, body):
    with pytest.raises(Unreadable):
        read_cot(body, ground)


AIS = '<_aiscot_ mmsi="413000000"/><contact '


@pytest.mark.parametrize(
    ("cot", "detail", "type", "level", "urgency"),
    [
        ("b-a-g", "<contact ", "DMTL-01", "III", "urgent"),
        ("b-l-l-l-rd", "<contact ", "DMTL-02", "routine", "normal"),
        ("b-a-o-tbl", AIS, "EPWT-05", "III", "flash"),
        ("b-a-g", AIS, "EPWT-04", "IV", "urgent"),
        ("b-l-f-a-s", "<contact ", "EMFV-01", "III", "flash"),
        ("b-l-fx", "<contact ", "", "IV", "flash"),
        ("b-a-o-tbl", "<contact ", "", "IV", "flash"),
    ],
)
def test_an_alert_is_of_the_type_that_its_cot_type_tells(
    ground,
    cot,
    detail,
    type,
    level,
    urgency,
):
    message = read(ALERT.replace("b-a-o-tbl", cot).replace("<contact ", detail), ground)
    assert message.wrong == ()
    posted = message.report
    assert (posted.type, posted.level, posted.urgency) == (type, level, urgency)


def test_while_a_scene_is_sealed_its_alerts_go_to_the_next_that_takes_them(ground):
    shut = replace(ground, sealed=lambda code: code.startswith("EPWT"))
    ship = ALERT.replace("<contact ", AIS)
    assert read(ship, shut).report.type == "DMTL-06"
    assert read(ship.replace("b-a-o-tbl", "b-l-h"), shut).report.type == ""


def test_every_sort_of_alert_is_of_a_type_that_there_is_and_of_the_real_list(ground):
    kinds = {"b-a-o", "b-a-g", *re.findall('cot="([^"]+)"', listed())}
    for sort in forms().alert:
        assert set(sort.types) <= ground.place.types.keys()
        assert sort.urgency in ground.place.city.urgencies
        assert sort.cot in kinds


def listed():
    return (shared_data("cot") / "CoTtypes.xml").read_text("utf-8")


def test_other_types_are_passed_over_with_a_word(ground):
    message = read(POSITION.replace("a-f-G-E-V", "t-x-c-t"), ground)
    assert (message.readings, [r.rule for r in message.remarks]) == ((), ["cot.type"])


def test_every_type_of_the_real_list_is_a_position(ground):
    from console.central.intake.markup import read_markup  # noqa: PLC0415

    root = read_markup((shared_data("cot") / "CoTtypes.xml").read_bytes())
    kinds = [
        n.attributes["cot"] for n in root.walk() if n.attributes.get("cot", "").startswith("a-")
    ]
    assert len(kinds) > 1_000
    events = "".join(
        POSITION.partition("?>")[2].replace("a-f-G-E-V", kind.replace(".", "f"))
        for kind in kinds[:1_500]
    )
    messages = read_cot(f"<events>{events}</events>".encode(), ground)
    assert all(message.readings for message in messages)
