"""Reports in JSON: cut apart, each read by itself, each number the same record."""

import msgspec
import pytest

from console.central.intake import reports
from console.central.intake.frame import Ground, Unreadable
from console.central.intake.reports import id_of, read_reports, split
from console.wire import PostedReport

GOOD = {"source": "hotline", "number": "1", "words": "x", "at": "2026-01-01T00:00:00Z"}


@pytest.fixture
def ground(lite):
    return Ground(lite.centre.place, lite.centre.clock.now())


def test_one_or_many_in_a_body():
    assert len(split(b' [{"a":1}, 2, "x"] ')) == 3
    assert len(split(msgspec.json.encode(GOOD))) == 1
    with pytest.raises(msgspec.DecodeError):
        split(b"{")


def test_each_is_read_by_itself(ground):
    body = msgspec.json.encode([GOOD, {**GOOD, "number": "2", "lon": 1e300}, 7])
    found = [[f.where for f in m.wrong] for m in read_reports(body, ground)]
    assert found == [[], ["lon"], [""]]


@pytest.mark.parametrize("body", [b"", b"{", b"[1", b"[" * 200_000, b'{"a":1e999999}', b"\xff"])
def test_what_is_no_json_is_unreadable(ground, body):
    with pytest.raises(Unreadable):
        read_reports(body, ground)


def test_too_many_at_once_are_unreadable(ground, monkeypatch):
    monkeypatch.setattr(reports, "MOST", 1)
    with pytest.raises(Unreadable):
        read_reports(msgspec.json.encode([GOOD, GOOD]), ground)


def test_a_fact_that_its_type_has_not_is_told_with_those_that_it_has(ground):
    kind = ground.place.types["EMFV-01"]
    good = {**GOOD, "type": kind.code, "fields": dict.fromkeys(kind.fields, 1)}
    wrong = [
        {**good, "fields": {"no_such": 1}}, {**GOOD, "fields": {kind.fields[0]: 1}},
        {**good, "fields": {kind.fields[0]: "x" * 501}},
        {**good, "fields": {kind.fields[0]: [1]}},
    ]  # fmt: skip
    first, *rest = read_reports(msgspec.json.encode([good, *wrong]), ground)
    assert first.wrong == ()
    found = [(m.wrong[0].rule, m.wrong[0].where) for m in rest]
    own = f"fields.{kind.fields[0]}"
    assert found[:3] == [
        ("intake.field", "fields.no_such"), ("intake.field", own), ("intake.long", own),
    ]  # fmt: skip
    assert found[3][0] == "intake.shape"
    assert kind.fields[0] in rest[0].wrong[0].why


def test_a_number_is_the_same_record_every_time():
    one = msgspec.convert(GOOD, PostedReport)
    again = msgspec.convert({**GOOD, "words": "y"}, PostedReport)
    assert id_of(one, "report") == id_of(again, "report") != id_of(one, "incident")
    assert id_of(one, "report", "wat") != id_of(one, "report", "edu") != id_of(one, "report")
