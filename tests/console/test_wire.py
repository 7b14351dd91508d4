"""What travels is read again; what a newer end adds does no harm; digests tell versions apart."""

import msgspec
import pytest
from msgspec import Raw

from console.domain.record import KINDS, Incident
from console.wire import Entry, Page, Put, Verdict, fingerprint, pack, put_of, record_of

CASE = Incident(id="I1", version=7, title="井盖破损", scope="320102", lon=118.79, lat=32.06)


def again(thing):
    return msgspec.json.decode(pack(thing), type=type(thing))


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_of_each_kind_travels_unchanged(kind):
    record = KINDS[kind](id="X1", version=3)
    put = again(put_of(record))
    assert (put.kind, put.id, put.version) == (kind, "X1", 3)
    assert record_of(kind, put.body) == record


def test_a_page_travels_whole():
    page = Page(
        next="c7", head=9, more=True, puts=[put_of(CASE)], acts=["a1"], time=5,
        entries=[Entry(kind="incident", id="I1", n=1, verb="create", by="wang", at=4)],
    )  # fmt: skip
    assert again(page) == page


def test_a_field_that_only_a_newer_end_knows_is_passed_on_and_not_in_the_way():
    body = Raw(pack(CASE)[:-1] + b',"colour":"red"}')
    put = again(Put(kind="incident", id="I1", version=7, body=body))
    assert bytes(put.body) == bytes(body)
    assert record_of("incident", put.body) == CASE


def test_what_is_no_record_is_told_so():
    for body in (b"{half", b"[]", b'{"id":5}'):
        with pytest.raises(msgspec.DecodeError):
            record_of("incident", body)


def test_what_was_not_said_is_not_sent():
    assert pack(Verdict(id="a1", verdict="applied")) == b'{"id":"a1","verdict":"applied"}'


def test_a_fingerprint_is_of_one_record_at_one_version():
    assert len({fingerprint(*each) for each in (("I1", 1), ("I1", 2), ("I2", 1))}) == 3
    assert fingerprint("I1", 1) == fingerprint("I1", 1)
