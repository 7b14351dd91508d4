"""While the centre is away, those it has let in sit down with their password, for a time."""

import pytest

from console.base.errors import Refused
from console.domain.access import Access
from console.services.people import People
from tests.desks import MONDAY_TEN, Bench

WANG = Access(user="wang", name="王敏", roles=("intake",))


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def people(bench):
    made = People(bench.store, bench.clock)
    bench.store.keep(made.name_of("wang"), made.let_in(WANG, "secret", MONDAY_TEN + 1000))
    return made


def refused(job, *args, **more):
    with pytest.raises(Refused) as raised:
        job(*args, **more)
    return raised.value.key


def test_a_known_person_is_let_in_by_the_same_password(people):
    assert people.verify("wang", "secret") == WANG
    assert refused(people.verify, "wang", "wrong") == "refused.password"
    assert refused(people.verify, "li", "secret") == "refused.offline_unknown"


def test_after_the_window_only_a_locked_screen_opens(people, bench):
    bench.clock.turn(2000)
    assert refused(people.verify, "wang", "secret") == "refused.offline_late"
    assert people.verify("wang", "secret", late=True) == WANG


def test_the_password_itself_is_not_kept(people, bench):
    assert b"secret" not in bench.store.kept("person.wang")
