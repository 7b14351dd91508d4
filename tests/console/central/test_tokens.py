"""Tokens: short, bound to a device, renewed once; one that is used twice ends its session."""

import pytest

from console.central import tokens
from console.central.faults import Fault
from tests.centre_driver import PASSWORD, PEOPLE

WHO = PEOPLE["xuanwu"]


@pytest.fixture
def held(built):
    built.people.put(WHO, PASSWORD)
    return built.tokens


@pytest.fixture
def session(held):
    return held.begin(WHO.user, PASSWORD, "d1")


def refused(job, *args):
    with pytest.raises(Fault) as found:
        job(*args)
    return found.value.status == 401


def test_an_access_token_is_good_for_ten_minutes_at_its_device(held, session, clock):
    assert held.access(session.access_token, "d1") == WHO
    assert refused(held.access, session.access_token, "d2")
    assert session.expires_at - clock.now() <= 10 * 60_000
    clock.turn(tokens.ACCESS_MS)
    assert refused(held.access, session.access_token, "d1")
    assert held.still(session.access_token) == WHO


def test_a_changed_token_is_no_token(held, session):
    head, body, seal = session.access_token.split(".")
    for forged in (f"{head}.{body}.{seal[::-1]}", f"{head}.{body}.", "x", "", f"e30.{body}."):
        assert refused(held.access, forged, "d1")


def test_renewing_turns_the_refresh_token(held, session, clock):
    second = held.renew(session.refresh_token, "d1")
    clock.turn(tokens.ACCESS_MS)
    third = held.renew(second.refresh_token, "d1")
    assert held.access(third.access_token, "d1") == WHO
    assert len({session.refresh_token, second.refresh_token, third.refresh_token}) == 3


def test_a_refresh_token_used_twice_ends_the_whole_session(held, session, clock):
    second = held.renew(session.refresh_token, "d1")
    clock.turn(tokens.GRACE_MS + 1)
    assert refused(held.renew, session.refresh_token, "d1")
    assert refused(held.renew, second.refresh_token, "d1")
    clock.turn(2_000)
    assert refused(held.access, second.access_token, "d1")


def test_a_renewal_whose_answer_was_lost_may_be_asked_for_again(held, session):
    lost = held.renew(session.refresh_token, "d1")
    again = held.renew(session.refresh_token, "d1")
    assert again.refresh_token == lost.refresh_token
    assert held.renew(again.refresh_token, "d1")


def test_a_refresh_token_is_of_no_use_at_another_device_or_after_twelve_hours(held, session, clock):
    assert refused(held.renew, session.refresh_token, "d2")
    clock.turn(tokens.REFRESH_MS + 1)
    assert refused(held.renew, session.refresh_token, "d1")


@pytest.mark.parametrize("forged", ["", "x", "a.1", "a.1.b", "a.99999999999.b", "a.²..", "a.-1.x"])
def test_made_up_refresh_tokens_are_refused(held, forged):
    assert refused(held.renew, forged, "d1")


def test_signing_out_ends_the_session(held, session):
    held.end(session.access_token)
    assert refused(held.access, session.access_token, "d1")
    assert refused(held.renew, session.refresh_token, "d1")


def test_rights_are_looked_up_anew(held, built, session, clock):
    assert held.access(session.access_token, "d1").scopes == WHO.scopes
    built.people.change(PEOPLE["qinhuai"].__class__(user=WHO.user, scopes=("320104",)))
    clock.turn(1_000)
    assert held.access(session.access_token, "d1").scopes == ("320104",)
    built.people.bar(WHO.user)
    clock.turn(1_000)
    assert refused(held.access, session.access_token, "d1")
