"""What the advice panel shows: lines in words, and what can be taken by a key."""

from msgspec.structs import replace

from console.advise.hotspots import read_rule
from console.advise.units import Nearer, Verdict
from console.base.text import text
from tests.ui.desk import Desk
from ui.models.advice import read, why_not


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


def test_a_place_that_is_certain_is_told_with_what_is_there_and_can_be_taken(seat: Desk) -> None:
    facts = read(seat.core, {"words": "玄武门街道医院门口井盖翘起来了，有人摔倒"})
    said = lines(facts)
    assert said["place"].role == "text"
    assert "site" in said
    (spot, *_) = facts.spots
    assert spot.sure
    assert (spot.name, spot.scope.partition(".")[0]) == ("玄武门街道医院", "320102")
    assert spot.lon
    assert spot.lat


def test_what_is_to_be_asked_of_the_caller_stands_beside_an_uncertain_place(seat: Desk) -> None:
    vague = lines(read(seat.core, {"words": "玄武区有人反映工地夜间施工噪音扰民"}))["place"]
    assert vague.role == "warning"
    unsaid = lines(read(seat.core, {"words": "工地夜间施工噪音扰民，睡不着觉"}))["place"]
    assert vague.why
    assert unsaid.why


def test_a_hot_spot_is_told_with_how_to_see_each_appeal(seat: Desk) -> None:
    held = seat.incident("i2")
    facts = replace(held, id="h1", type=read_rule().opens, catalog=held.type, detail="多说到井盖")
    seat.hears(facts)
    found = read(seat.core, {}, "h1")
    assert found.state == "hot"
    assert text(f"advice.{found.lines[0].name}") == "热点"
    assert found.lines[0].why == seat.incident(found.record).title
    assert f"type:{held.type}" in found.drill
    assert "district:" in found.drill


def test_a_nearer_unit_is_told_after_dispatch(seat: Desk, monkeypatch) -> None:
    better = Verdict("u9", "城管09", False, "", 60.0, 60.0, ())
    monkeypatch.setattr(
        seat.core.adviser, "nearer", lambda _: [Nearer("i1", "t1", "城管01", better, 300)]
    )
    facts = read(seat.core, {}, "i1")
    assert (facts.state, [line.name for line in facts.lines]) == ("watching", ["watch"])
    assert "城管09" in facts.lines[0].words
    assert "5" in facts.lines[0].words


def test_why_a_unit_is_not_advised_is_answered(seat: Desk) -> None:
    assert "⟦" not in why_not(seat.core, "i2", "nobody")
    advice = seat.core.adviser.units("i2")
    for verdict in advice.verdicts if advice else ():
        said = why_not(seat.core, "i2", verdict.unit)
        assert verdict.name in said
        assert "⟦" not in said
