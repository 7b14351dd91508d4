"""What the advice panel shows: lines in words, and what can be taken by a key."""

from tests.ui.desk import Desk
from ui.models.advice import read


def lines(facts):
    return {line.name: line for line in facts.lines}


def test_words_in_a_form_give_kind_lead_known_urgency_and_place(seat: Desk) -> None:
    facts = read(seat.core, {"words": "汉口路路口井盖翘起来了，电动车摔倒", "scope": "新街口街道"})
    said = lines(facts)
    assert facts.state == "ready"
    assert list(said) == ["kind", "lead", "known", "urgency", "place"]
    assert "井盖" in said["kind"].why
    assert "摔倒" in said["urgency"].why
    assert 1 <= len(facts.offers) <= 3
    assert not any("⟦" in line.words + line.why for line in facts.lines)


def test_too_few_words_wait_and_strange_ones_are_not_judged(seat: Desk) -> None:
    assert read(seat.core, {"words": "喂"}).state == "waiting"
    strange = read(seat.core, {"words": "quarterly newsletter subscription"})
    assert (strange.state, strange.offers) == ("strange", ())
    assert lines(strange)["known"].words


def test_an_incident_is_advised_on_with_those_it_may_be_and_units(seat: Desk) -> None:
    facts = read(seat.core, {}, "i2")
    said = lines(facts)
    assert facts.record == "i2"
    assert said["known"].role == "warning"
    assert "44" in said["known"].why


def test_an_incident_that_is_being_handled_is_not_judged_again(seat: Desk) -> None:
    assert read(seat.core, {}, "i1").state == "waiting"
