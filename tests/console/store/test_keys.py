"""The key lies in the key ring or in a file of its own, is made once, and can be destroyed."""

import pytest
from keyring.backends import fail
from keyring.errors import KeyringError, PasswordDeleteError

from console.base.errors import Refused
from console.store import keys
from tests.console.store.seat import incident, opened, page


class Ring:
    """A key ring in memory."""

    priority = 5

    def __init__(self):
        self.held = {}
        self.locked = False

    def get_password(self, service, username):
        if self.locked:
            raise KeyringError("locked")
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        if self.locked:
            raise KeyringError("locked")
        self.held[service, username] = password

    def delete_password(self, service, username):
        if self.locked or (service, username) not in self.held:
            raise PasswordDeleteError("locked")
        del self.held[service, username]


@pytest.fixture(autouse=True)
def no_ring_of_this_machine(monkeypatch):
    monkeypatch.setattr("keyring.get_keyring", fail.Keyring)


class Forgetful(Ring):
    def set_password(self, service, username, password):
        pass


class Useless(Ring):
    priority = 0


def test_the_key_lies_in_the_ring_and_is_the_same_next_time(tmp_path):
    ring = Ring()
    key, said = keys.key_for(tmp_path, ring)
    assert (len(key), said) == (32, "")
    assert keys.key_for(tmp_path, ring) == (key, "")
    assert key.hex().encode() not in b"".join(p.read_bytes() for p in tmp_path.iterdir())


@pytest.mark.parametrize("ring", [Forgetful(), Useless(), None])
def test_without_a_usable_ring_the_key_lies_in_a_file_and_that_is_said(tmp_path, ring):
    key, said = keys.key_for(tmp_path / "new", ring)
    assert said == "store.key_in_file"
    assert keys.key_for(tmp_path / "new", ring) == (key, said)
    assert (tmp_path / "new" / "key").stat().st_mode & 0o777 == 0o600


def test_a_locked_ring_at_the_first_start_means_a_file(tmp_path):
    ring = Ring()
    ring.locked = True
    assert keys.key_for(tmp_path, ring)[1] == "store.key_in_file"


def test_a_key_that_cannot_be_had_now_is_not_made_anew(tmp_path):
    ring = Ring()
    keys.key_for(tmp_path, ring)
    ring.locked = True
    with pytest.raises(Refused, match="key_missing"):
        keys.key_for(tmp_path, ring)
    ring.locked = False
    ring.held.clear()
    with pytest.raises(Refused, match="key_missing"):
        keys.key_for(tmp_path, ring)


def test_a_key_is_checked_against_what_was_noted(tmp_path):
    assert not keys.check_key(tmp_path, b"a" * 32)
    keys.note_key(tmp_path, b"a" * 32)
    assert keys.check_key(tmp_path, b"a" * 32)
    with pytest.raises(Refused, match="wrong_key"):
        keys.check_key(tmp_path, b"b" * 32)


@pytest.mark.parametrize("ring", [Ring(), None])
def test_wiping_destroys_the_key_and_the_files(tmp_path, ring):
    key, _ = keys.key_for(tmp_path, ring)
    store = opened(tmp_path, key=key)
    store.absorb(page(incident(1)))
    store.close()
    (tmp_path / "cache.bad-1.db").write_bytes(b"x")
    keys.wipe(tmp_path, ring)
    assert [p.name for p in tmp_path.iterdir()] == ["lock"]
    assert ring is None or ring.held == {}


def test_nothing_is_wiped_while_the_key_cannot_be_destroyed(tmp_path):
    ring = Ring()
    keys.key_for(tmp_path, ring)
    ring.locked = True
    with pytest.raises(Refused, match="key_stays"):
        keys.wipe(tmp_path, ring)
    assert (tmp_path / "key.name").exists()
