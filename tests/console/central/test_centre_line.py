"""The line of a replay signs in, posts reports once each, and says when a centre is not there."""

import pytest

from console.base.clock import SystemClock
from console.base.errors import Refused, Unreachable
from console.central.centre_line import CentreLine
from console.domain.record import Step
from console.wire import PostedReport
from tests.centre_driver import PASSWORD

REPORT = PostedReport(
    source="hotline", number="L-1", words="路口积水", at="2025-12-01T09:00:00+08:00",
    district="320102",
)  # fmt: skip


@pytest.fixture
def line(running):
    made = CentreLine(running.url, "water", PASSWORD)
    made.sign_in()
    return made


def test_a_report_is_new_once(line):
    assert [a.status for a in line.post([REPORT])] == ["new"]
    assert [a.status for a in line.post([REPORT])] == ["known"]


def test_a_token_that_ran_out_is_got_anew(line):
    line._token = "gone"
    assert line.post([REPORT])[0].status in ("new", "known")


def test_a_wrong_password_is_refused(running):
    with pytest.raises(Refused):
        CentreLine(running.url, "water", "not-the-word").sign_in()


def test_names_need_the_role_for_them(line):
    term = Step(kind="term", record="term_x", verb="define",
                args={"scope": "*", "of": "type", "code": "x", "name": "x"})  # fmt: skip
    with pytest.raises(Refused):
        line.define([term], SystemClock().now())


@pytest.mark.parametrize("url", ["ftp://x", "nonsense", "http://127.0.0.1:9"])
def test_a_centre_that_is_not_there_is_unreachable(url):
    with pytest.raises(Unreachable):
        CentreLine(url, "a", "b").sign_in()
