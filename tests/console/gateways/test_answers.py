"""Only what is the centre's, whole, and of the right shape is taken; the rest has a reason."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.errors import Conflict, Faulty, Gone, Refused, SignedOut, Unreachable
from console.gateways import answers
from console.gateways.answers import EVENTS, JSON
from console.wire import Page, Problem, Verdict, Verdicts, pack


class Answer:
    def __init__(self, status=200, body=b"{}", kind=JSON, ours=True, **headers):
        self.status_code, self.parts = status, [body] if isinstance(body, bytes) else body
        self.headers = {"Content-Type": kind} | {k.replace("_", "-"): v for k, v in headers.items()}
        if ours:
            self.headers["X-Server-Time"] = "1"

    def iter_content(self, _size):
        yield from self.parts


def now() -> float:
    return 0.0


def why(call) -> str:
    with pytest.raises(Unreachable) as caught:
        call()
    return caught.value.why


def test_an_answer_of_the_centre_of_the_right_kind_is_taken():
    answers.check(Answer(kind="Application/JSON; charset=utf-8"), JSON, now)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(ours=False),
        Answer(kind="text/html"),
        Answer(kind=EVENTS),
        Answer(204, kind=""),
        Answer(302, ours=False, Location="http://portal/"),
        Answer(302),
        Answer(401, ours=False),
        Answer(403, b"<html>sign in</html>", "text/html", ours=False),
        Answer(404, ours=False),
        Answer(502, b"<html>bad gateway</html>", "text/html", ours=False),
    ],
)
def test_what_somebody_else_answers_is_never_the_centres_word(answer):
    assert why(lambda: answers.check(answer, JSON, now)) == "sync.why.strange"


def said(status, error, raised, **more):
    problem = Problem(error=error, **more)
    with pytest.raises(raised) as caught:
        answers.check(Answer(status, pack(problem)), JSON, now)
    assert type(caught.value) is raised
    return caught.value


def test_what_the_centre_says_is_wrong_has_its_own_error():
    said(401, "token", SignedOut)
    assert said(409, "epoch", Gone).why == "epoch"
    assert said(410, "scope_changed", Gone).why == "scope_changed"
    assert said(503, "busy", Unreachable, retry_ms=1_500).retry_ms == 1_500
    assert said(426, "upgrade", Unreachable).why == "sync.why.old"
    assert said(500, "fault", Faulty).why == "sync.why.faulty"
    assert said(422, "refused", Refused, key="refused.state").key == "refused.state"
    assert said(409, "conflict", Conflict, key="conflict.stale").key == "conflict.stale"
    assert said(400, "malformed", Refused).args_by_name == {"status": 400, "said": "malformed"}


@pytest.mark.parametrize("status", [400, 404, 413, 418, 422])
def test_a_refusal_in_no_known_words_is_a_refusal_all_the_same(status):
    with pytest.raises(Refused) as caught:
        answers.check(Answer(status, b"Not Found", "text/plain"), JSON, now)
    assert caught.value.key == "sync.not_understood"


@pytest.mark.parametrize(("asked", "ms"), [("7", 7_000), ("99999999", 600_000), ("soon", 0)])
def test_retry_after_is_read_within_reason(asked, ms):
    assert answers.retry_ms(Answer(503, Retry_After=asked)) == ms


def test_too_much_is_not_read():
    told = Answer(Content_Length="99999999")
    assert why(lambda: answers.body(told, 1_000, now, 60)) == "sync.why.large"
    endless = Answer(body=(b" " * 600 for _ in range(10**9)))
    assert why(lambda: answers.body(endless, 1_000, now, 60)) == "sync.why.large"
    assert answers.body(Answer(body=[b"a", b"b"], Content_Length="junk"), 10, now, 60) == b"ab"


def test_an_answer_that_drips_is_given_up():
    time = iter(range(0, 10_000, 10))
    drip = Answer(body=(b" " for _ in range(10**9)))
    assert why(lambda: answers.body(drip, 10**6, lambda: next(time), 60)) == "sync.why.slow"


PAGE = pack(Page(next="c", head=1))


@given(st.binary() | st.integers(0, len(PAGE) - 1).map(lambda n: PAGE[:n]))
def test_whatever_bytes_come_they_are_a_page_or_not_the_centre(data):
    with contextlib.suppress(Unreachable):
        assert answers.page_of(data).next


def test_a_page_must_say_where_to_go_on_and_may_hold_kinds_of_a_newer_centre():
    assert why(lambda: answers.page_of(pack(Page(next="", head=1)))) == "sync.why.strange"
    newer = b'{"next":"c","head":1,"puts":[{"kind":"drone","id":"1","version":1,"body":{}}],"x":1}'
    assert answers.page_of(newer).puts == []
    assert why(lambda: answers.page_of(b"[" * 100_000)) == "sync.why.strange"


def test_verdicts_must_be_of_the_acts_that_were_sent():
    good = Verdicts(verdicts=[Verdict(id="1", verdict="applied")], head=1, time=1)
    assert answers.verdicts_of(pack(good), ["1"]) == good
    for ids in ([], ["2"], ["1", "2"]):
        assert why(lambda ids=ids: answers.verdicts_of(pack(good), ids)) == "sync.why.strange"
    odd = Verdicts(verdicts=[Verdict(id="1", verdict="perhaps")], head=1, time=1)
    assert why(lambda: answers.verdicts_of(pack(odd), ["1"])) == "sync.why.strange"


LINES = b'{"a":1}\n{"b":2}\n\n{"end":2}\n'


@given(st.lists(st.integers(0, len(LINES)), max_size=8).map(sorted))
def test_lines_are_the_same_however_the_bytes_come(cuts):
    parts = [LINES[a:b] for a, b in zip([0, *cuts], [*cuts, len(LINES)], strict=True)]
    assert list(answers.lines(Answer(body=parts))) == LINES.split(b"\n")[:-1]


def test_a_line_without_its_end_is_broken():
    assert why(lambda: list(answers.lines(Answer(body=[b'{"a":1}\n{"b'])))) == "sync.why.broken"


SAID = b": hello\n\nevent: page\ndata: {}\n\nevent: bye\r\ndata: a\r\ndata: b\r\n\r\ndata:x\n\n"


@given(st.lists(st.integers(0, len(SAID)), max_size=8).map(sorted))
def test_events_are_the_same_however_the_bytes_come(cuts):
    parts = [SAID[a:b] for a, b in zip([0, *cuts], [*cuts, len(SAID)], strict=True)]
    assert list(answers.events(iter(parts))) == [
        ("page", b"{}"), ("bye", b"a\nb"), ("message", b"x")
    ]  # fmt: skip
