"""Incidents that may be the same are found with the evidence; others are left alone."""

from dataclasses import replace

import pytest

from console.advise.twins import MINUTE_MS, Told, Twins, metres

NOON = 1_767_578_400_000
ONE = Told(
    "I1", "珠江路口井盖破损塌陷", "T1", "S", "320102", "320102002", "玄武区珠江路1号",
    118.79, 32.05, NOON,
)  # fmt: skip
HOUR = 60 * MINUTE_MS


@pytest.fixture
def twins():
    found = Twins()
    for n in range(40):
        found.put(Told(f"F{n}", f"第{n}处路灯不亮", "T2", "S", "320102", at=NOON))
    found.put(ONE)
    return found


def likely(twins, **facts):
    found = twins.like(replace(ONE, id="I2", **facts))
    return next((t.likely for t in found if t.id == "I1"), 0.0)


def test_the_same_thing_told_again_nearby_is_found_with_reasons(twins):
    (found,) = twins.like(
        replace(
            ONE, id="I2", text="珠江路井盖塌了", lon=118.7908, at=NOON + 4 * MINUTE_MS, address=""
        )
    )
    said = {r.key: r.value for r in found.reasons}
    assert found.id == "I1"
    assert said["near"] == 75
    assert said["ago"] == 4
    assert said["road"] == "珠江路"
    assert {"type", "words", "street"} <= set(said)


def test_an_incident_is_not_its_own_twin(twins):
    assert "I1" not in {t.id for t in twins.like(ONE)}


def test_another_matter_at_the_same_place_is_not_the_same(twins):
    assert likely(twins, text="路灯夜间不亮", type="T2", address="") == 0


def test_the_same_words_across_the_city_are_not_the_same(twins):
    assert likely(twins, lon=118.9, lat=32.2, address="", street="320104001") == 0


def test_each_thing_in_common_makes_it_likelier(twins):
    bare = {"address": "", "street": "", "text": "井盖破损"}
    far = likely(twins, **bare, lon=118.795)
    near = likely(twins, **bare, lon=118.7901)
    assert near > far
    assert likely(twins, **(bare | {"address": ONE.address}), lon=118.7901) > near
    assert near > likely(twins, **bare, lon=118.7901, at=NOON + 100 * HOUR)


def test_what_is_dropped_is_not_found_and_what_is_put_anew_is_as_it_is_now(twins):
    twins.put(replace(ONE, text="路面坑槽", type="T3"))
    assert likely(twins, address="") == 0
    twins.put(ONE)
    assert likely(twins) > 0.9
    twins.drop("I1")
    assert likely(twins) == 0
    assert len(twins) == 40


def test_without_a_place_words_alone_must_be_alike(twins):
    told = Told("X", "珠江路口井盖破损塌陷")
    assert [t.id for t in twins.like(told)] == ["I1"]
    assert twins.like(Told("Y", "想咨询公积金提取")) == []


def test_metres_are_metres():
    assert metres(ONE, replace(ONE, lat=32.051)) == pytest.approx(111, abs=1)
    assert metres(ONE, replace(ONE, lon=0.0)) is None
