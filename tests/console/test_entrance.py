"""Coming and going at a seat, with a real centre and without it."""

import pytest

from console.app import build
from console.base.errors import Refused
from console.base.work import Inline
from tests.centre_driver import PASSWORD
from tests.oneseat import WANG, create


def test_a_wrong_password_is_refused(core):
    with pytest.raises(Refused):
        core.sign_in("wang", "wrong").result()
    assert core.person.user == ""


def test_without_the_line_a_known_person_signs_in_and_their_work_waits(core, centre):
    core.sign_in("wang", PASSWORD).result()
    core.sync_once()
    core.sign_out().result()
    assert core.person.user == ""
    core.sign_in("wang", PASSWORD).result()
    centre.stop()
    core.sign_out().result()
    assert core.sign_in("wang", PASSWORD).result().offline
    for user, word, key in (("wang", "wrong", "password"), ("li", PASSWORD, "offline_unknown")):
        with pytest.raises(Refused) as raised:
            core.sign_in(user, word).result()
        assert raised.value.key == f"refused.{key}"
    assert core.get("incident", create(core)).state == "reported"
    assert core.link().waiting == 1


def test_a_locked_screen_opens_without_asking_the_centre(core, centre):
    core.sign_in("wang", PASSWORD).result()
    centre.stop()
    assert core.unlock(PASSWORD).result().person == WANG
    with pytest.raises(Refused):
        core.unlock("wrong").result()


def test_who_sat_here_sits_on_after_a_start(settings):
    core = build(settings, Inline())
    core.sign_in("wang", PASSWORD).result()
    core.close()
    again = build(settings, Inline())
    assert again.resume()
    assert again.person == WANG
    again.close()


def test_nobody_sits_at_a_new_seat(core):
    assert not core.resume()
