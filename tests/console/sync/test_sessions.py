"""Tokens are kept for each person, renewed in time, and forgotten when the centre says so."""

import pytest

from console.base.clock import ManualClock
from console.base.errors import Refused, SignedOut, Unreachable
from console.base.work import Inline
from console.domain.access import Access
from console.sync.sessions import Sessions
from console.wire import Session

HOUR = 3_600_000


class Drawer:
    """Keeps small things as the store does."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def keep(self, name, value):
        self.held[name] = value

    def kept(self, name):
        return self.held.get(name)

    def drop(self, name):
        self.held.pop(name, None)


class Desk:
    def __init__(self) -> None:
        self.clock, self.drawer, self.renewed = ManualClock(), Drawer(), []
        self.open()

    def open(self) -> None:
        self.sessions = Sessions(self.drawer, self.clock, Inline())

    def session(self, user: str, n: int = 0) -> Session:
        now = self.clock.now()
        return Session(
            access_token=f"a{n}", refresh_token=f"r{n}", expires_at=now + 600_000,
            refresh_until=now + 12 * HOUR, person=Access(user=user, scopes=("",)), time=now,
        )  # fmt: skip

    def renew(self, refresh: str) -> Session:
        self.renewed.append(refresh)
        return self.session("wang", len(self.renewed))

    def token(self, user: str = "wang") -> str:
        return self.sessions.token(user, self.renew)


@pytest.fixture
def desk():
    desk = Desk()
    desk.sessions.began(desk.session("wang"))
    desk.sessions.sits("wang")
    return desk


def test_a_token_is_used_until_it_is_about_to_end_then_renewed(desk):
    assert (desk.token(), desk.renewed) == ("a0", [])
    desk.clock.turn(590_000)
    assert (desk.token(), desk.token(), desk.renewed) == ("a1", "a1", ["r0"])


def test_a_token_that_the_centre_does_not_take_is_renewed(desk):
    desk.sessions.spoiled("wang", "a0")
    assert (desk.token(), desk.renewed) == ("a1", ["r0"])
    desk.sessions.spoiled("wang", "a0")
    assert desk.token() == "a1"


def test_after_a_restart_the_refresh_token_is_still_known_and_who_sat_there(desk):
    desk.open()
    assert (desk.sessions.me(), desk.token(), desk.renewed) == ("wang", "a1", ["r0"])


def test_a_refresh_token_is_used_once(desk):
    for _ in range(3):
        desk.clock.turn(600_000)
        desk.token()
    assert desk.renewed == ["r0", "r1", "r2"]


@pytest.mark.parametrize("answer", [SignedOut("wang"), Refused("refused.token")])
def test_when_the_centre_refuses_to_renew_the_person_must_sign_in_again(desk, answer):
    desk.clock.turn(600_000)

    def no(refresh: str) -> Session:
        raise answer

    with pytest.raises(SignedOut):
        desk.sessions.token("wang", no)
    assert not desk.sessions.knows("wang")
    assert desk.sessions.person("wang").user == "wang"


def test_a_line_that_is_down_ends_no_session(desk):
    desk.clock.turn(600_000)

    def lost(refresh: str) -> Session:
        raise Unreachable("sync.why.silent")

    with pytest.raises(Unreachable):
        desk.sessions.token("wang", lost)
    assert desk.sessions.knows("wang")


def test_a_session_ends_by_itself_when_its_time_is_over(desk):
    desk.clock.turn(13 * HOUR)
    assert not desk.sessions.knows("wang")
    with pytest.raises(SignedOut):
        desk.token()


def test_nobody_is_known_who_never_signed_in(desk):
    assert not desk.sessions.knows("li")
    with pytest.raises(SignedOut):
        desk.token("li")


def test_who_leaves_can_still_have_acts_sent_and_who_signs_out_cannot(desk):
    desk.sessions.leaves()
    assert (desk.sessions.me(), desk.sessions.knows("wang")) == ("", True)
    desk.sessions.ended("wang")
    assert not desk.sessions.knows("wang")


def test_a_spoilt_note_of_a_session_is_no_session(desk):
    desk.drawer.held["session.wang"] = b"{"
    desk.open()
    assert not desk.sessions.knows("wang")
