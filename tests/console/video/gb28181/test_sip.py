"""SIP messages are read whatever they are written like, and hostile ones fail in one way alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.video.gb28181 import sip
from console.video.gb28181.sip import Malformed, Message, Splitter, answer, read

REGISTER = (
    b"REGISTER sip:32010000002000000001@3201000000 SIP/2.0\r\n"
    b"v: SIP/2.0/UDP 10.1.2.3:5060;rport;branch=z9hG4bK1\r\n"
    b"f: <sip:32010200001320000001@3201000000>;tag=17\r\n"
    b"t: <sip:32010200001320000001@3201000000>\r\n"
    b"Call-ID: 4711@10.1.2.3\r\nCSeq: 1 REGISTER\r\n"
    b"m: <sip:32010200001320000001@10.1.2.3:5060>;expires=3600\r\n"
    b"Max-Forwards: 70\r\nSubject: one\r\n two\r\nl: 2\r\n\r\nok"
)


def test_a_request_is_read_with_its_short_names_and_folded_lines():
    found = read(REGISTER)
    assert (found.method, found.body, found.cseq) == ("REGISTER", b"ok", (1, "REGISTER"))
    assert found.branch == "z9hG4bK1"
    assert found.sender == "32010200001320000001"
    assert found.target == "32010000002000000001"
    assert found.expires == 3600
    assert found.head("subject") == "one two"
    assert sip.tag_of(found.head("from")) == "17"


def test_what_is_written_is_read_again():
    made = read(REGISTER).with_heads(("Expires", "60"))
    again = read(made.encoded())
    assert again.expires == 60
    assert again.head("via") == made.head("via")
    assert again.body == b"ok"


def test_an_answer_says_again_what_names_its_request_and_who_gave_it():
    told = read(answer(read(REGISTER), 200, "OK", ("Date", "now"), tag="9").encoded())
    assert (told.status, told.reason, told.cseq) == (200, "OK", (1, "REGISTER"))
    assert told.head("to").endswith(";tag=9")
    assert told.head("date") == "now"


@pytest.mark.parametrize("data", [
    b"", b"\r\n\r\n", b"HELLO\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"SIP/2.0 xx OK\r\n\r\n",
    b"A sip:b SIP/2.0\r\nno colon\r\n\r\n", b"A sip:b SIP/2.0\r\nContent-Length: 9\r\n\r\nshort",
    b"A sip:b SIP/2.0\r\nContent-Length: -1\r\n\r\n", b"A sip:b SIP/2.0\r\nl: 99999999\r\n\r\n",
    b"A sip:b SIP/2.0\r\n" + b"X: y\r\n" * 65 + b"\r\n", b"A sip:b SIP/2.0\r\nX: " + b"y" * 5000 +
    b"\r\n\r\n", b"A sip:b SIP/2.0\r\nX: y" + b"\r\n z" * 9_000 + b"\r\n\r\n",
])  # fmt: skip
def test_what_is_no_message_is_malformed(data):
    with pytest.raises(Malformed):
        read(data)


def test_a_header_cannot_be_smuggled_into_what_is_sent():
    made = Message("MESSAGE", "sip:a@b", heads=(("Subject", "x\r\nEvil: yes"),))
    assert read(made.encoded()).head("evil") == ""


@given(st.binary(max_size=600))
def test_any_bytes_are_a_message_or_malformed(data):
    for whole in (data, b"MESSAGE sip:a SIP/2.0\r\n" + data, b"SIP/2.0 200 OK\r\n" + data):
        try:
            found = read(whole)
        except Malformed:
            continue
        assert len(found.body) <= len(whole)
        for look in (lambda m: m.cseq, lambda m: (m.branch, m.sender, m.target, m.expires)):
            try:
                look(found)
            except Malformed:
                continue


@given(st.lists(st.integers(1, 40), max_size=30))
def test_a_stream_is_cut_into_the_same_messages_wherever_it_was_torn(cuts):
    whole = REGISTER + b"\r\n\r\n" + REGISTER
    splitter, found, at = Splitter(), [], 0
    for cut in [*cuts, len(whole)]:
        found += splitter.feed(whole[at : at + cut])
        at += cut
    assert [m.body for m in found] == [b"ok", b"ok"]


def test_a_stream_without_end_is_cut_off():
    with pytest.raises(Malformed):
        Splitter().feed(b"A" * (sip.HEAD_MOST + 1))
