"""A stream is asked for as cameras expect, and what they answer is told apart."""

import time

import pytest

from console.central.cameras.rtp import Stream, framed
from console.video.gb28181.digest import parameters, right
from console.video.rtsp.sdp import Unfit
from console.video.rtsp.session import TIMEOUT_S, Denied, Refused, Unknown, opened
from tests.rtsp_peer import Peer, answer, usual

WAIT_S = 5.0


@pytest.fixture
def peer():
    made = Peer()
    yield made
    made.close()


@pytest.fixture
def ask(peer):
    begun = []

    def one(answers=usual, user="", password="", wait_s=WAIT_S, url=""):
        peer.answers = answers
        begun.append(opened(url or peer.url, user, password, wait_s))
        return begun[-1]

    yield one
    for session in begun:
        session.close()


def asked_for(peer, method):
    return next(lines for name, lines in peer.asked if name == method)


def test_a_stream_is_asked_for_step_by_step(peer, ask):
    session = ask()
    assert peer.methods() == ["OPTIONS", "DESCRIBE", "SETUP", "PLAY"]
    assert asked_for(peer, "SETUP")[0] == f"SETUP {peer.url}/track0 RTSP/1.0"
    assert "Session: 17" in asked_for(peer, "PLAY")
    assert (session.line.channel, session.alive_s) == (2, 15.0)


@pytest.mark.parametrize(("base", "control", "setup"), [
    ("rtsp://1.2.3.4/cam/", "trackID=1", "rtsp://1.2.3.4/cam/trackID=1"),
    ("", "rtsp://9.9.9.9/else", "rtsp://9.9.9.9/else"),
    ("rtsp://1.2.3.4/cam", "*", "rtsp://1.2.3.4/cam"),
])  # fmt: skip
def test_a_track_s_address_is_what_the_camera_makes_of_it(peer, ask, base, control, setup):
    def answers(method, heads):
        if method != "DESCRIBE":
            return usual(method, heads)
        body = f"m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:{control}\r\n"
        more = [f"Content-Base: {base}"] if base else []
        return answer(heads, "200 OK", *more, body=body.encode())

    ask(answers)
    assert asked_for(peer, "SETUP")[0] == f"SETUP {setup} RTSP/1.0"


def test_pictures_that_come_before_the_answer_are_not_lost(ask):
    packets = Stream(7).packets_of((b"\x65abc",), 0)
    early = b"".join(framed(2, p) for p in packets)
    session = ask(lambda method, heads: usual(method, heads, early=early))
    assert [unit.data for unit in session.line.read(b"")] == [b"\0\0\0\1\x65abc"]


def guarded(kind, proves):
    """Answer only to who proves who they are; ``proves`` is given the head Authorization."""

    def answers(method, heads):
        said = next((h.partition(": ")[2] for h in heads if h.startswith("Authorization")), "")
        if method == "OPTIONS" or (said and proves(method, said)):
            return usual(method, heads)
        return answer(heads, "401 Unauthorized", *(f"WWW-Authenticate: {each}" for each in kind))

    return answers


def test_digest_is_taken_before_basic_and_the_password_goes_nowhere(peer, ask):
    kinds = ['Basic realm="cam"', 'Digest realm="cam", nonce="77", qop="auth"']
    answers = guarded(kinds, lambda m, said: right(parameters(said), "s/3c@t", m, "yu", "cam"))
    ask(answers, "yu", "s/3c@t")
    assert not [line for _, lines in peer.asked for line in lines if "s/3c@t" in line]
    with pytest.raises(Denied):
        ask(answers, "yu", "wrong")
    with pytest.raises(Denied):
        ask(answers)


def test_basic_is_answered_and_an_address_may_hold_who_asks(peer, ask):
    answers = guarded(['Basic realm="cam"'], lambda _m, said: said == "Basic eXU6YTpi")
    ask(answers, "yu", "a:b")
    ask(answers, url=peer.url.replace("//", "//yu:a%3Ab@"))
    assert not [line for _, lines in peer.asked for line in lines if "yu:" in line]


def test_a_door_that_is_shut_is_not_knocked_at_twice(peer, ask):
    with pytest.raises(Denied):
        ask(guarded(['Digest realm="cam", nonce="77"'], lambda _m, _said: False), "yu", "wrong")
    assert peer.methods().count("DESCRIBE") == 2


@pytest.mark.parametrize(("method", "status", "error"), [
    ("DESCRIBE", "404 Not Found", Unknown), ("DESCRIBE", "403 Forbidden", Denied),
    ("DESCRIBE", "503 Service Unavailable", Refused), ("SETUP", "453 Not Enough", Refused),
    ("SETUP", "461 Unsupported Transport", Unfit), ("DESCRIBE", "302 Found", Unfit),
    ("PLAY", "454 Session Not Found", Refused),
])  # fmt: skip
def test_what_a_camera_refuses_is_told_apart(ask, method, status, error):
    with pytest.raises(error):
        ask(lambda m, heads: answer(heads, status) if m == method else usual(m, heads))


def test_a_camera_that_knows_no_options_is_asked_all_the_same(peer, ask):
    ask(lambda m, heads: answer(heads, "501 No") if m == "OPTIONS" else usual(m, heads)).keep()
    until_asked(peer, ["OPTIONS", "DESCRIBE", "SETUP", "PLAY", "OPTIONS"])


@pytest.mark.parametrize("said", [
    b"HTTP/1.1 200 OK\r\nCSeq: 1\r\nContent-Length: x\r\n\r\n", b"RTSP/1.0 what\r\n\r\n",
    b"a" * 20_000, b"RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n",
])  # fmt: skip
def test_what_speaks_something_else_is_left_to_another_way(ask, said):
    with pytest.raises(Unfit):
        ask(lambda _m, _heads: said)


def test_packets_that_go_another_way_than_asked_are_left_to_another(ask):
    udp = "Transport: RTP/AVP;unicast;client_port=5000-5001"
    with pytest.raises(Unfit):
        ask(lambda m, h: answer(h, "200 OK", udp) if m == "SETUP" else usual(m, h))


def test_who_says_nothing_is_not_waited_for_and_who_hangs_up_is_gone(peer, ask):
    with pytest.raises(TimeoutError):
        ask(lambda _m, _heads: b"", wait_s=0.2)
    peer.answers = lambda _m, _heads: peer.lines[-1].close() or b""
    with pytest.raises((ConnectionError, TimeoutError)):
        ask(peer.answers)


def test_an_address_that_is_none_is_left_to_another_way():
    with pytest.raises(Unfit):
        opened("rtsp://1.2.3.4:x/", "", "", 1.0)


def test_nobody_who_is_not_wanted_any_more_is_asked(peer):
    with pytest.raises(ConnectionAbortedError):
        opened(peer.url, "", "", WAIT_S, lambda: False)
    assert not peer.asked


def until_asked(peer, methods, seconds=5.0):
    ends = time.monotonic() + seconds
    while peer.methods() != methods:
        assert time.monotonic() < ends, peer.methods()
        time.sleep(0.01)


def heard(session, seconds=5.0):
    """Read until an answer has come, and let the session hear it."""
    ends = time.monotonic() + seconds
    while not session.line.answers:
        assert time.monotonic() < ends
        try:
            session.line.read(session.socket.recv(4_096))
        except BlockingIOError:
            time.sleep(0.01)
    session.hear()


def test_a_session_is_kept_by_what_the_camera_knows_and_by_reports(peer, ask):
    session = ask()
    session.keep()
    heard(session)
    assert peer.methods()[4:] == ["GET_PARAMETER"]
    assert "Session: 17" in peer.asked[-1][1]
    session.close()
    until_asked(peer, ["OPTIONS", "DESCRIBE", "SETUP", "PLAY", "GET_PARAMETER", "TEARDOWN"])
    assert [report[:6] for report in peer.reports] == [b"$\x03\0\x08\x80\xc9"]


def test_a_question_that_has_changed_is_answered_once(peer, ask):
    nonces = iter(range(9))

    def answers(method, heads):
        if method != "GET_PARAMETER":
            return usual(method, heads)
        asked = f'WWW-Authenticate: Digest realm="cam", nonce="{next(nonces)}"'
        return answer(heads, "401 Unauthorized", asked)

    session = ask(answers, "yu", "pass")
    session.keep()
    heard(session)
    heard(session)
    assert peer.methods()[4:] == ["GET_PARAMETER"] * 2
    assert 'nonce="0"' in " ".join(peer.asked[-1][1])


def test_a_session_that_the_camera_has_let_go_is_over(ask):
    session = ask(
        lambda m, h: answer(h, "454 Session Not Found") if m == "GET_PARAMETER" else usual(m, h)
    )
    session.keep()
    with pytest.raises(ConnectionError):
        heard(session)


def test_a_camera_that_says_no_time_has_the_usual_one(ask):
    session = ask(
        lambda m, h: usual(m, h).replace(b";timeout=30", b"") if m == "SETUP" else usual(m, h)
    )
    assert session.alive_s == TIMEOUT_S / 2
