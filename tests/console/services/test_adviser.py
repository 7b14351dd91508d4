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
