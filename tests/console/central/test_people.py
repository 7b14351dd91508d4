"""Accounts: passwords are hashed, wrong ones are counted, the sixth try finds a locked door."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from console.base.errors import Refused
from console.central import people, tables
from console.central.faults import Fault
from console.domain.access import Access
from tests.centre_driver import PASSWORD, PEOPLE

WHO = PEOPLE["xuanwu"]


@pytest.fixture
def held(built):
    built.people.put(WHO, PASSWORD)
    return built.people


def fault(held, user=WHO.user, password="no" * 4):
    with pytest.raises(Fault) as found:
        held.check(user, password)
    return found.value.status, found.value.problem.key


def test_the_right_password_gives_who_it_is(held):
    assert held.check(WHO.user, PASSWORD) == WHO
    assert held.all() == [WHO]


def test_no_password_lies_in_the_tables(held, built):
    with built.centre.ledger.reading() as line:
        row = line.execute(select(tables.person)).one()
    assert row.password.startswith("$argon2id$")
    assert PASSWORD not in str(row)


@pytest.mark.parametrize("user", [WHO.user, "nobody", "nu\0l"])
def test_five_wrong_passwords_lock_a_name_whether_it_exists_or_not(held, clock, user):
    assert {fault(held, user) for _ in range(5)} == {(403, "signin.wrong")}
    assert fault(held, user, PASSWORD) == (403, "signin.locked")
    clock.turn(people.LOCKED_MS)
    assert fault(held, user) == (403, "signin.wrong")


def test_the_lock_opens_by_itself_and_a_right_password_forgives(held, clock):
    for _ in range(4):
        fault(held)
    held.check(WHO.user, PASSWORD)
    for _ in range(5):
        fault(held)
    clock.turn(people.LOCKED_MS)
    assert held.check(WHO.user, PASSWORD) == WHO


def test_a_barred_account_does_not_exist(held):
    held.bar(WHO.user)
    assert fault(held, WHO.user, PASSWORD) == (403, "signin.wrong")
    assert held.get(WHO.user) is None
    held.bar(WHO.user, barred=False)
    assert held.check(WHO.user, PASSWORD) == WHO


def test_an_account_gets_other_places_and_keeps_its_password(held):
    wider = Access(user=WHO.user, roles=("duty_lead",), scopes=("",))
    held.change(wider)
    assert held.check(WHO.user, PASSWORD) == wider


@pytest.mark.parametrize(
    ("user", "password"), [("", PASSWORD), ("system", PASSWORD), ("a", "short")]
)
def test_weak_passwords_and_reserved_names_are_refused(held, user, password):
    with pytest.raises(Refused):
        held.put(Access(user=user), password)


def test_too_many_at_once_are_sent_away(held, monkeypatch):
    monkeypatch.setattr(held, "_queue", people.threading.Semaphore(2))
    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda n: fault(held, f"x{n}"), range(8)))
    assert (429, "signin.busy") in answers
    assert (403, "signin.wrong") in answers
