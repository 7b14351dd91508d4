"""Whatever else answers on the line, a desk keeps its cache and its steps, and says so."""

from contextlib import closing

import pytest

from console.gateways.answers import page_of
from tests.fault_line import Fault, answer, fault_line
from tests.whole.processes import RealDesk, centre_process, real_desk, until

PORTAL = b"<!doctype html><title>Sign in</title><form action=/login><input name=user></form>"
NO_TIME = {"x_server_time": ""}
NOT_THE_CENTRE = {
    "a portal's page": answer(PORTAL, kind="text/html", x_server_time=""),
    "a portal's page that says it is JSON": answer(PORTAL),
    "a portal's way elsewhere": answer(b"", "302 Found", location="http://10.1.1.1/login"),
    "a portal that wants a sign-in": answer(PORTAL, "401 Unauthorized", "text/html", **NO_TIME),
    "a portal that forbids": answer(b"{}", "403 Forbidden", x_server_time=""),
    "a proxy without a centre": answer(b"bad gateway", "502 Bad Gateway", "text/plain", **NO_TIME),
    "a centre that failed": answer(b'{"error":"fault"}', "500 Internal Server Error"),
    "a centre that is busy": answer(b'{"error":"busy","retry_ms":50}', "503 Service Unavailable"),
    "half a page": answer(b'{"next":"c","head":7,"puts":[{"kind":"inc', content_length="90000"),
    "half a page that says it is whole": answer(b'{"next":"c","head":7,"puts":[{"kind":"inc'),
    "10 MB of nothing": answer(b" " * 10_000_000),
    "10 MB of zeros": answer(b"\0" * 10_000_000),
    "a petabyte, it says": answer(b"", content_length=str(10**15)),
    "an empty page": answer(b""),
    "another message": answer(b'{"counts":{},"sums":{},"head":1}'),
    "another shape": answer(b'{"next":"c","head":7,"puts":{"kind":"incident"}}'),
    "no words at all": answer(b"\xff\xfe\xfd" * 100),
    "packed wrongly": answer(b"not gzip", content_encoding="gzip"),
    "another protocol": b"SSH-2.0-OpenSSH_9.2p1\r\n",
    "a chunk too many": b"HTTP/1.1 200 OK\r\nx-server-time: 1\r\ncontent-type: application/json\r\n"
    b"transfer-encoding: chunked\r\n\r\nffffffff\r\n{}",
    "nothing": b"HTTP/1.1 200 OK\r\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    with centre_process(tmp_path_factory.mktemp("centre")) as centre:
        yield centre


@pytest.fixture(scope="module")
def line(centre):
    with fault_line(centre.port) as line:
        yield line


@pytest.fixture(scope="module")
def desk(tmp_path_factory, line):
    with real_desk(tmp_path_factory.mktemp("desk"), line.url) as desk:
        yield desk


@pytest.mark.parametrize("said", sorted(NOT_THE_CENTRE))
def test_the_desk_stays_as_it_is_and_goes_on_afterwards(desk, line, said):
    until(desk.is_up)
    held = desk.store.confirmed("incident", "I1")
    line.set(Fault(says=NOT_THE_CENTRE[said]), cut=True)
    act = desk.take("I1", "note", note=said)
    until(lambda: desk.pump.link().state in ("probing", "down"), what="a line that is not up")
    assert desk.pump.link().why.startswith("sync.why.")
    desk.pump.nudge()
    until(lambda: _tries(desk, act) > 0 or _signed_out(desk), what="a try to send")
    assert [w.act.id for w in desk.store.outbox()] == [act]
    assert desk.store.outbox()[0].state in ("queued", "sent")
    assert desk.store.cursor() not in ("c", "c9", "")
    assert desk.store.confirmed("incident", "I1") == held
    line.heal()
    desk.pump.nudge()
    until(lambda: not desk.store.outbox(), 40, "an empty outbox")
    assert desk.notes().count(said) == 1


def _tries(desk, act: str) -> int:
    return sum(w.tries for w in desk.store.outbox() if w.act.id == act)


def _signed_out(desk) -> bool:
    return desk.pump.link().state == "signed_out"


@pytest.mark.parametrize("said", [b'{"end":0}\n', PORTAL, b"", b'{"epoch":"e","next":"c"'])
def test_a_snapshot_that_is_none_leaves_an_empty_desk_empty_and_then_it_fills(
    tmp_path, centre, line, said
):
    line.set(Fault(says=answer(said, kind="application/x-ndjson"), path="/snapshot"))
    try:
        with real_desk(tmp_path, line.url, filled=False) as desk:
            until(lambda: desk.pump.link().state in ("probing", "down"))
            assert not desk.store.filled()
            line.heal()
            desk.pump.nudge()
            until(desk.is_filled, 40, "a filled desk")
    finally:
        line.heal()


def test_records_that_are_none_are_set_aside_and_the_rest_is_taken(tmp_path, centre):
    page = (
        b'{"next":"c9","head":9,"puts":['
        b'{"kind":"incident","id":"I1","version":999,"body":{"id":7}},'
        b'{"kind":"unit","id":"U1","version":999,"body":{"id":"U1","call_sign":"new"}}]}'
    )
    with closing(RealDesk(tmp_path, centre.url, "all", pumping=False)) as desk:
        desk.sign_in()
        desk.engine.pull()
        before = desk.store.confirmed("incident", "I1")
        desk.engine.take(page_of(page))
        assert desk.store.confirmed("incident", "I1") == before
        assert desk.store.confirmed("unit", "U1").call_sign == "new"
        assert [n.key for n in desk.store.trouble()] == ["store.bad_rows"]
