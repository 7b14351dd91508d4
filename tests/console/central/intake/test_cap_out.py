"""CAP out: valid by the standard's own schema, and read back by our own reader."""

import pytest
import xmlschema

from console.central.intake import cap_out
from console.central.intake.cap import read_cap
from console.central.intake.frame import Ground
from console.central.intake.rules import rules_of
from console.domain.record import Forewarning, Incident
from tests.drivers import shared_data

WARNING = Forewarning(
    id="w1", state="in_force", version=3, identifier="NJ 1", sender="met", sender_name="气象台",
    sent_at=1_767_225_600_000, updated_at=1_767_225_700_000, event="暴雨", level="II",
    category="Met", urgency="Expected", certainty="Likely", effective_at=1_767_225_600_000,
    expires_at=1_767_229_200_000, headline="橙色 <预警> & \x00", words="大雨", area="江宁",
    polygons=(((118.7, 31.9), (118.7, 32.0), (118.9, 32.0), (118.7, 31.9)),),
    circles=((118.8, 31.9, 500.0),), geocodes=("division=320115",),
)  # fmt: skip
BARE = Forewarning(id="w2", state="in_force", identifier="x", sender="s", updated_at=1_000)
INCIDENT = Incident(
    id="i1", no="320102-1", title="塌陷", type="EMCR-01", level="I", address="珠江路", lon=118.79,
    lat=32.05, scope="320102", state="handling", occurred_at=1_767_225_600_000,
    reported_at=1_767_225_600_000, updated_at=1_767_225_600_000,
    extra={"gas_lel_pct": "35", "none": ""},
)  # fmt: skip


@pytest.fixture
def documents(lite):
    import msgspec  # noqa: PLC0415

    changed = [
        msgspec.structs.replace(WARNING, state=s, standing=t)
        for s in ("in_force", "updated", "cancelled") for t in ("actual", "exercise")
    ]  # fmt: skip
    held = [cap_out.of_warning(w) for w in (*changed, BARE)]
    closed = msgspec.structs.replace(INCIDENT, state="closed")
    bare = Incident(id="i2", state="reported", updated_at=1_000)
    return held + [cap_out.of_incident(i, lite.centre.place) for i in (INCIDENT, closed, bare)]


def test_what_goes_out_breaks_none_of_our_own_rules(documents):
    for words in documents:
        message = read_cap(words.encode(), Ground(None, 0))[0]
        assert message.wrong == (), words


def test_a_warning_comes_back_as_it_was():
    made = read_cap(cap_out.of_warning(WARNING).encode(), Ground(None, 0))[0].bulletin
    assert (made.event, made.level, made.told) == ("暴雨", "II", "alert")
    assert made.polygons == WARNING.polygons
    assert made.circles == WARNING.circles
    assert made.headline == "橙色 <预警> &"


def test_what_goes_out_is_valid_by_the_standards_schema(documents):
    schema = xmlschema.XMLSchema(str(shared_data("cap") / "CAP-v1.2.xsd"))
    for words in documents:
        schema.validate(words)


def test_the_feed_leads_to_each_warning():
    words = cap_out.feed([WARNING, BARE], "http://c/cap", 1_000)
    assert words.count("<entry>") == 2
    assert 'href="http://c/cap/warning/w1"' in words
    assert "\x00" not in words


def test_our_words_are_words_of_the_standard():
    known = rules_of("cap").elements
    assert set(cap_out.forms().categories.values()) <= set(known["info"].values["category"])
    assert set(cap_out.forms().standings.values()) <= set(known["alert"].values["status"])


def test_what_an_incident_has_of_its_own_type_goes_out_as_parameters(lite):
    words = cap_out.of_incident(INCIDENT, lite.centre.place)
    assert "<parameter><valueName>gas_lel_pct</valueName><value>35</value></parameter>" in words
    assert words.count("<parameter>") == 1
