"""Coming and going at a seat, with a real centre and without it."""

import pytest

from console.app import build
from console.base.errors import Refused
from console.base.settings import Settings
from console.base.work import Inline
from console.domain.access import Access
from tests.centre_driver import PASSWORD, Running

ROLES = ("intake", "dispatch", "duty_lead", "callback")
WANG = Access(user="wang", name="王敏", roles=ROLES, scopes=("",))
LEADER = Access(user="zhou", roles=("leader",), scopes=("",))
LI = Access(user="li", roles=("intake",), scopes=("",))


@pytest.fixture
def centre(tmp_path):
    running = Running(tmp_path / "centre").welcome(WANG, LI).start()
    yield running
    running.close()


@pytest.fixture
def settings(centre, tmp_path):
    return Settings(centre=centre.url, data=str(tmp_path / "desk"), seat="s1")


@pytest.fixture
def core(settings):
    made = build(settings, Inline())
    yield made
    made.close()


def create(core):
    outcome = core.run("报事 路灯不亮 梅园新村 --type DMUM-01 --caller 张三").result()
    return outcome.plan.changes[0].after.id


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
