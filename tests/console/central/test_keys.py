"""Keys: for departments' accounts alone, kept as hashes, taken back at once."""

import pytest
from sqlalchemy import select

from console.base.errors import Refused
from console.central import keys as module
from console.central import tables
from console.central.faults import Fault
from console.central.keys import Keys
from console.domain.access import Access


@pytest.fixture
def keys(built, clock):
    built.people.put(Access(user="water", roles=("source",), scopes=("",)), "correct-horse")
    built.people.put(Access(user="lead", roles=("duty_lead", "source")), "correct-horse")
    return Keys(built.centre.ledger, built.people, clock)


def test_a_key_is_its_account_until_it_is_taken_back(built, keys):
    one, two = keys.make("water"), keys.make("water")
    assert keys.access(one).user == keys.access(two).user == "water"
    with built.centre.ledger.reading() as line:
        held = line.execute(select(tables.source_key.c.sha)).scalars().all()
    assert one.encode() not in held
    assert keys.end("water") == 2
    with pytest.raises(Fault):
        keys.access(one)


def test_nobody_but_a_department_has_a_key(keys):
    for user in ("lead", "nobody"):
        with pytest.raises(Refused):
            keys.make(user)


def test_a_barred_account_and_one_with_other_roles_have_no_use_of_theirs(built, keys):
    made = keys.make("water")
    built.people.change(Access(user="water", roles=("source", "dispatch")))
    with pytest.raises(Fault):
        keys.access(made)
    built.people.change(Access(user="water", roles=("source",)))
    built.people.bar("water")
    with pytest.raises(Fault):
        keys.access(made)


def test_the_command_gives_one_and_takes_all_back(tmp_path, lite, monkeypatch):
    lite.people.put(Access(user="water", roles=("source",)), "correct-horse")
    said: list[str] = []
    where = ["--data", str(tmp_path / "lite")]
    assert module.main(["water", *where], said.append) == 0
    assert said[0].startswith(module.MARK)
    assert module.main(["water", "--end", *where], said.append) == 0
    assert "1" in said[1]
    assert module.main(["nobody", *where], said.append) == 2
