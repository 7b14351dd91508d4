"""Records are frozen, leave out what they do not say, and read what a newer one added."""

import msgspec
import pytest

from console.domain.record import KINDS, Act, Incident, Note, Step


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_survives_its_json(kind):
    record = KINDS[kind](id="X", state="s", version=3, scope="320102")
    assert msgspec.json.decode(msgspec.json.encode(record), type=KINDS[kind]) == record
    assert KINDS[kind].kind == kind


def test_a_record_cannot_be_changed():
    with pytest.raises(AttributeError):
        Incident(id="I").state = "closed"


def test_what_is_not_said_is_not_sent():
    assert msgspec.json.encode(Incident(id="I")) == b'{"id":"I"}'


def test_fields_that_a_newer_centre_added_are_passed_over():
    assert msgspec.json.decode(b'{"id":"I","new":1}', type=Incident) == Incident(id="I")


def test_notes_travel_as_lists():
    assert msgspec.json.encode(Note(1, "li", "t")) == b'[1,"li","t"]'


def test_an_act_survives_its_json():
    step = Step(kind="task", record="T", verb="sign", args={"a": 1}, base=2)
    act = Act(id="A", steps=(step,), by="li", line="签收 T", at=5)
    assert msgspec.json.decode(msgspec.json.encode(act), type=Act) == act
