"""A request as the handlers see it: what it must say, and what they can make of it."""

import pytest
from starlette.requests import Request

from console.central.calls import Call, answer, packed
from console.central.faults import Fault
from console.domain.access import Access
from console.wire import Posted


def asking(query: bytes) -> Call:
    request = Request({"type": "http", "method": "GET", "query_string": query, "headers": []})
    return Call(None, request, Access(user="x"), "", "")


def test_a_parameter_that_must_be_there_is_asked_for():
    assert asking(b"a=1").asked("a") == "1"
    with pytest.raises(Fault):
        asking(b"").asked("a")


@pytest.mark.parametrize("said", [b"n=x", b"n=nan", b"n=inf"])
def test_a_number_is_one(said):
    with pytest.raises(Fault):
        asking(said).number("n", 1.0)


def test_a_number_left_out_is_the_usual_one():
    assert asking(b"").number("n", 2.5) == 2.5


def test_answers_are_json():
    assert answer(Posted(number="1", status="new")).body == b'{"number":"1","status":"new"}'
    assert packed(b"{}").media_type == "application/json"
