"""A camera's password is kept in the key ring alone, and its address goes without it."""

import pytest
from keyring.errors import KeyringError

from console.base.errors import Refused
from console.video.passwords import SERVICE, Passwords, without_password


class Ring:
    """A key ring in memory; a broken one holds nothing."""

    def __init__(self, *, broken=False) -> None:
        self.held = {}
        self.broken = broken

    def get_password(self, service, username):
        if self.broken:
            raise KeyringError
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        if self.broken:
            raise KeyringError
        self.held[service, username] = password


ADDRESS = "rtsp://yu:s%2F3cret@10.0.0.5:554/1?x=1"


def test_a_password_goes_to_the_ring_and_comes_back_for_its_user_and_host():
    ring = Ring()
    kept = Passwords(ring).keep(ADDRESS)
    assert kept == "rtsp://yu@10.0.0.5:554/1?x=1"
    assert ring.held == {(SERVICE, "yu@10.0.0.5:554"): "s/3cret"}
    assert Passwords(ring).door(kept) == ("yu", "s/3cret")


def test_an_address_without_a_user_has_no_door():
    ring = Ring()
    assert Passwords(ring).keep("rtsp://10.0.0.5/1") == "rtsp://10.0.0.5/1"
    assert Passwords(ring).door("rtsp://10.0.0.5/1") == ("", "")
    assert not ring.held


def test_without_a_ring_nothing_is_kept_anywhere():
    with pytest.raises(Refused) as raised:
        Passwords(Ring(broken=True)).keep(ADDRESS)
    assert "s%2F3cret" not in str(raised.value)
    assert Passwords(Ring(broken=True)).door("rtsp://yu@10.0.0.5/1") == ("yu", "")


def test_an_address_is_shown_without_its_password():
    assert without_password(ADDRESS) == "rtsp://yu@10.0.0.5:554/1?x=1"
    assert without_password("rtsp://10.0.0.5/1") == "rtsp://10.0.0.5/1"
