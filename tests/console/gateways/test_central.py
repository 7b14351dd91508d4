"""The gateway asks in the right name and takes only a centre's answer, whole, for one."""

import json

import pytest

from console.base.clock import SystemClock
from console.base.errors import Faulty, Gone, Refused, SignedOut, Unreachable
from console.domain.access import Access
from console.domain.record import Act, Step
from console.gateways.central import CentralApi
from console.wire import Page, Problem, Session, Snapshot, Verdict, Verdicts, pack
from tests.fault_line import Fault, FaultLine, answer, fault_line

ACT = Act(id="1", steps=(Step(kind="incident", record="I1", verb="note"),), by="li")
PUT = b'{"kind":"unit","id":"U1","version":1,"body":{"id":"U1"}}\n'
HEAD = pack(Snapshot(epoch="e", next="c", rows=2, time=1)) + b"\n"


class People:
    """Everybody is signed in, with a token that says who they are and how often it was renewed."""

    def __init__(self) -> None:
        self.renewals = 0

    def me(self) -> str:
        return "wang"

    def knows(self, user: str) -> bool:
        return user != "zhao"

    def token(self, user, renew) -> str:
        return f"{user}-{self.renewals}"

    def spoiled(self, user, token) -> None:
        self.renewals += 1

    def began(self, session) -> None:
        self.session = session

    def ended(self, user) -> None:
        self.gone = user


@pytest.fixture
def line():
    with fault_line(9) as line:
        yield line


@pytest.fixture
def api(line: FaultLine):
    heard: list[tuple[float, float, int]] = []
    api = CentralApi(
        line.url, People(), SystemClock(), device="d1", heard=lambda *times: heard.append(times)
    )
    api.heard = heard
    yield api
    api.close()


def says(line: FaultLine, *args, **rest) -> None:
    line.set(Fault(says=answer(*args, **rest)))


def why(call) -> str:
    with pytest.raises(Unreachable) as caught:
        call()
    return caught.value.why


def test_reads_go_out_in_the_name_of_who_sits_here_and_acts_of_who_took_them(line, api):
    says(line, pack(Page(next="c2", head=3)))
    assert api.changes("c1", limit=7).next == "c2"
    says(line, pack(Verdicts(verdicts=[Verdict(id="1", verdict="applied")], head=1, time=1)))
    assert api.acts([ACT], "e1").verdicts[0].verdict == "applied"
    read, sent = line.requests
    assert b"GET /sync/v1/changes?c=c1&limit=7" in read
    assert b"Authorization: Bearer wang-0" in read
    assert b"Authorization: Bearer li-0" in sent
    assert b"X-Epoch: e1" in sent
    assert b"X-Device: d1" in sent
    assert json.loads(sent.partition(b"\r\n\r\n")[2])["acts"][0]["id"] == "1"


def test_sign_in_hands_the_session_over_and_a_wrong_password_is_refused(line, api):
    session = Session(
        access_token="a", refresh_token="r", expires_at=1, refresh_until=2,
        person=Access(user="wang"), time=1,
    )  # fmt: skip
    says(line, pack(session))
    assert api.sign_in("wang", "secret", "A01").person.user == "wang"
    assert api._people.session == session
    says(line, pack(Problem(error="refused", key="refused.password")), "403 Forbidden")
    with pytest.raises(Refused, match=r"refused\.password"):
        api.sign_in("wang", "wrong")


def test_a_spoilt_token_is_renewed_once(line, api):
    says(line, pack(Problem(error="token")), "401 Unauthorized")
    with pytest.raises(SignedOut):
        api.digest()
    assert [b"Bearer wang-0" in r for r in line.requests] == [True, False]


def test_who_signs_out_is_forgotten_even_when_the_centre_does_not_hear_it(line, api):
    line.set(Fault(refuses=True))
    api.sign_out("li")
    assert api._people.gone == "li"
    assert not api.knows("zhao")


def test_every_quick_answer_tells_the_time_and_a_held_back_one_does_not(line, api):
    says(line, pack(Page(next="c", head=1)))
    api.changes("c")
    api.changes("c", wait_s=5)
    [(sent, received, server)] = api.heard
    assert sent <= received
    assert server == 1767225600000


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (answer(b"<html>sign in here</html>", kind="text/html"), "strange"),
        (answer(b"<html>sign in here</html>"), "strange"),
        (answer(b"{}", x_server_time=""), "strange"),
        (answer(b"", "302 Found", location="http://10.0.0.1/login", x_server_time=""), "strange"),
        (answer(b"", "204 No Content"), "strange"),
        (answer(b'{"next":"c","head":1', content_length="9000"), "broken"),
        (answer(b'{"next":"c","head":1'), "strange"),
        (answer(b" " * 10_000_000), "strange"),
        (answer(b"", content_length="9999999999"), "large"),
        (answer(b"[]"), "strange"),
        (answer(b'{"next":7,"head":1}'), "strange"),
        (answer(b"\xff\xfe\x00"), "strange"),
        (answer(b"no gzip", content_encoding="gzip"), "broken"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "unreached"),
        (b"\x00" * 100, "unreached"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: -5\r\nx-server-time: 1\r\n\r\n", "strange"),
        (b"HTTP/1.1 200 OK\r\nx-server-time: 1\r\ncontent-type: application/json\r\n"
         b"transfer-encoding: chunked\r\n\r\nzz\r\n", "broken"),
    ],
)  # fmt: skip
def test_what_is_not_the_protocol_is_unreachable_with_a_reason(line, api, said, reason):
    line.set(Fault(says=said))
    assert why(lambda: api.changes("c")) == f"sync.why.{reason}"
    assert why(lambda: api.acts([ACT], "e")).startswith("sync.why.")
    assert why(lambda: list(api.snapshot()[1])).startswith("sync.why.")
    assert why(lambda: list(api.stream("c"))).startswith("sync.why.")


def test_a_line_that_is_cut_or_closed_is_unreachable(line, api):
    line.set(Fault(refuses=True))
    assert why(api.hello) == "sync.why.unreached"
    nowhere = CentralApi("http://127.0.0.1:9", People(), SystemClock())
    assert why(nowhere.hello) == "sync.why.unreached"
    nowhere.close()


def test_what_the_centre_says_of_itself_is_told_apart(line, api):
    says(line, pack(Problem(error="epoch")), "409 Conflict")
    with pytest.raises(Gone):
        api.acts([ACT], "e")
    says(line, pack(Problem(error="fault")), "500 Internal Server Error")
    with pytest.raises(Faulty):
        api.acts([ACT], "e")
    says(line, b"", "503 Service Unavailable", retry_after="3")
    with pytest.raises(Unreachable) as caught:
        api.acts([ACT], "e")
    assert caught.value.retry_ms == 3_000


def test_a_snapshot_is_whole_only_with_its_last_line_and_all_its_records(line, api):
    lines = {"kind": "application/x-ndjson"}
    says(line, HEAD + PUT + PUT + b'{"end":2}\n', **lines)
    head, puts = api.snapshot()
    assert (head.rows, [put.id for put in puts]) == (2, ["U1", "U1"])
    for body in (HEAD + PUT + PUT, HEAD + PUT + b'{"end":2}\n', HEAD + PUT + PUT[:20], HEAD):
        says(line, body, **lines)
        puts = api.snapshot()[1]
        assert why(lambda puts=puts: list(puts)) == "sync.why.broken"
    says(line, b"", **lines)
    assert why(api.snapshot) == "sync.why.strange"


def test_a_stream_gives_pages_and_signs_of_life_until_it_ends(line, api):
    page = pack(Page(next="c2", head=1))
    said = b"event: page\ndata: " + page + b"\n\nevent: bookmark\ndata: " + page + b"\n\n"
    says(line, said + b"event: bye\ndata: {}\n\nevent: page\ndata: " + page + b"\n\n",
         kind="text/event-stream")  # fmt: skip
    assert [p.next for p in api.stream("c1")] == ["c2", "c2"]


def test_another_certificate_authority_is_not_trusted(line):
    api = CentralApi(line.url.replace("http:", "https:"), People(), SystemClock())
    line.set(Fault(says=b"\x16\x03\x01"))
    with pytest.raises(Unreachable):
        api.hello()
    api.close()
