"""Advice at one seat, from what is written so far."""

import pytest

from console.maps.library import Library
from console.services.adviser import Adviser
from tests.desks import STREET, Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "desk")
    yield made
    made.store.close()


@pytest.fixture
def adviser(bench, tmp_path):
    return Adviser(
        lambda: bench.desk.around, tmp_path, lambda _: {}, Library(tmp_path / "maps", "nanjing")
    )


def test_words_give_kind_lead_urgency_and_what_decided(adviser):
    found = adviser.advise({"words": "汉口路路口井盖翘起来了，电动车摔倒", "scope": STREET})
    assert found.band in ("automatic", "confirm", "ask")
    assert len(found.kinds) == 3
    assert all(kind.lead for kind in found.kinds)
    assert any("井盖" in d.words for d in found.deciding)
    assert found.urgent.words == ("摔倒",)
    assert found.model == "shipped"


def test_units_are_advised_for_words_that_name_a_place_before_there_is_a_case(bench, adviser):
    facts = {"scope": STREET, "call_sign": "城管-01", "dept": "cgj", "type": "市容巡查车",
             "lon": 118.79, "lat": 32.05}  # fmt: skip
    bench.given("unit", "enrol", facts, "U1")
    bench.step("unit", "U1", "ready")
    draft = {"words": "门口有人占道摆摊卖水果", "scope": STREET, "type": "DMUM-02-01"}
    assert adviser.advise(draft).units is None
    found = adviser.advise(draft | {"lon": "118.80", "lat": "32.05"})
    assert [v.unit for v in found.units.sent] == ["U1"]


def test_only_cases_in_this_persons_hands_are_watched_after_dispatch(bench, adviser):
    place = {"lon": 118.79, "lat": 32.05}
    unit = {"scope": STREET, "dept": "cgj", "type": "市容巡查车"}
    for made, sign, lon in (("U1", "城管-01", 118.95), ("U2", "城管-02", 118.791)):
        bench.given("unit", "enrol", unit | {"call_sign": sign, "lon": lon, "lat": 32.05}, made)
        bench.step("unit", made, "ready")
    for made in ("I1", "I2"):
        bench.incident(made, type="DMUM-02-01", **place)
    bench.run("受理 I1", "派单 I1 --lead cgj --unit U1")
    assert [(n.incident, n.better.unit) for n in adviser.watched()] == [("I1", "U2")]
    bench.sit("li", "dispatch")
    assert adviser.watched() == []
    bench.sit("wang", "dispatch")
    bench.clock.turn(3 * 3_600_000)
    assert adviser.watched() == []


def test_a_case_that_is_known_already_is_found_while_it_is_typed(bench, adviser):
    bench.incident("I1", title="珠江路井盖破损塌陷")
    found = adviser.advise({"words": "珠江路井盖塌陷了", "scope": STREET, "type": "DMUM-01"})
    assert [d.id for d in found.duplicates] == ["I1"]


def test_an_incident_is_not_found_as_its_own_duplicate(bench, adviser):
    held = bench.incident("I1", title="珠江路井盖破损塌陷")
    found = adviser.advise({"title": held.title, "scope": held.scope}, "I1")
    assert found.duplicates == ()
    assert adviser.duplicates("I1") == []


def test_of_too_few_words_and_of_strange_ones_nothing_is_advised(adviser):
    assert adviser.advise({"words": "喂"}).band == "unknown"
    strange = adviser.advise({"words": "quarterly newsletter subscription"})
    assert (strange.band, strange.kinds) == ("unknown", ())
