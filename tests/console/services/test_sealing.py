"""A sealed scene takes nothing in until a leader's order, with number and reason, opens it."""

import pytest

from console.base.errors import Refused
from tests.desks import STREET, Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def refused(bench, line):
    with pytest.raises(Refused) as raised:
        bench.desk.run(line)
    return raised.value.key


def test_an_incident_of_a_sealed_scene_is_refused(bench):
    with pytest.raises(Refused) as raised:
        bench.given("incident", "create", {"title": "x", "scope": STREET, "type": "EPIN-01"})
    assert raised.value.key == "refused.sealed"


def test_only_a_leader_may_open_it_with_a_reason(bench):
    assert refused(bench, "scene.unseal EPIN 令1号 演练") == "refused.role"
    bench.sit("zhou", "leader")
    bench.run("开启场景 EPIN 令1号 演练")
    order = bench.store.get("scene", "EPIN")
    assert (order.state, order.order, order.reason) == ("opened", "令1号", "演练")
    bench.given("incident", "create", {"title": "x", "scope": STREET, "type": "EPIN-01"}, "E1")
    assert refused(bench, "scene.unseal EMFV 令2号 演练") == "refused.not_sealed"


def test_sealed_again_it_takes_nothing_in_and_can_be_opened_again(bench):
    bench.sit("zhou", "leader")
    bench.run("scene.unseal EPIN 令1号 演练", "scene.seal EPIN 演练结束")
    with pytest.raises(Refused):
        bench.given("incident", "create", {"title": "x", "scope": STREET, "scene": "EPIN"})
    bench.run("scene.unseal EPIN 令2号 再次演练")
    assert bench.store.get("scene", "EPIN").order == "令2号"


def test_types_of_sealed_scenes_are_not_offered(bench):
    offered = {c.line for c in bench.desk.complete("incident.classify 阳性")}
    assert offered == set()
