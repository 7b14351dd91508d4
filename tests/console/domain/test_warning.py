"""A bulletin travels as JSON, and what it does not say takes no room."""

import msgspec

from console.domain.record import Forewarning
from console.domain.warning import Bulletin, incident_of


def test_a_bulletin_travels_and_comes_back():
    said = Bulletin(identifier="A", sender="met", sent_at=1, circles=((118.0, 32.0, 5.0),))
    sent = msgspec.json.encode(said)
    assert b"headline" not in sent
    assert msgspec.json.decode(sent, type=Bulletin) == said


def test_a_record_holds_every_fact_of_a_bulletin():
    facts = set(Bulletin.__struct_fields__) - {"told", "note"}
    assert facts <= set(Forewarning.__struct_fields__)


def test_the_incident_of_a_warning_has_one_id_wherever_it_is_asked():
    assert incident_of("w1") == incident_of("w1") != incident_of("w2")
