"""Arguments become facts of the right type, or the step is refused with the argument's name."""

import pytest

from console.base.errors import Conflict, Refused
from console.domain.fields import PROTECTED, facts_of
from console.domain.machine import Verb
from console.domain.record import Incident, Report
from tests.worlds import LEAD, World

NOW = {"@me": "li", "@at": 7, "@seat": "s1"}


def verb(**facts):
    return Verb(name="v", sources=(), roles=(), **facts)


def test_an_argument_sets_the_field_of_its_name():
    facts = facts_of(verb(takes={"level": "level"}), Incident(id="I"), {"level": "II"}, NOW)
    assert facts == {"level": "II"}


def test_arguments_without_a_field_set_nothing():
    assert facts_of(verb(takes={"until": "instant"}), Incident(id="I"), {"until": 5}, NOW) == {}


def test_what_a_verb_sets_is_filled_in():
    sets = {"handler": "@me", "urged_at": "@at", "suspended_until": "$until", "parent": ""}
    facts = facts_of(verb(sets=sets), Incident(id="I"), {"until": "9"}, NOW)
    assert facts == {"handler": "li", "urged_at": 7, "suspended_until": 9, "parent": ""}


def test_names_are_added_once_and_dropped():
    held = Incident(id="I", assists=("a",))
    added = facts_of(verb(adds={"assists": "$dept"}), held, {"dept": "b"}, NOW)
    assert added == {"assists": ("a", "b")}
    assert facts_of(verb(adds={"assists": "$dept"}), held, {"dept": "a"}, NOW) == {
        "assists": ("a",)
    }
    assert facts_of(verb(drops={"assists": "$dept"}), held, {"dept": "a"}, NOW) == {"assists": ()}


def test_counts_go_up_by_one():
    assert facts_of(verb(counts=("revealed",)), Report(id="R", revealed=2), {}, NOW) == {
        "revealed": 3
    }


@pytest.mark.parametrize(
    ("field", "value"), [("lon", "east"), ("sensitive", "perhaps"), ("title", 5), ("lat", [1])]
)
def test_a_value_of_the_wrong_type_is_refused_by_name(field, value):
    with pytest.raises(Refused) as raised:
        facts_of(verb(takes={field: "text"}), Incident(id="I"), {field: value}, NOW)
    assert raised.value.args_by_name["argument"] == field


def test_numbers_may_come_as_words():
    facts = facts_of(verb(takes={"lon": "number"}), Incident(id="I"), {"lon": "118.8"}, NOW)
    assert facts == {"lon": 118.8}


def amend(held, **edits):
    changes = {n: {"from": was, "to": now} for n, (was, now) in edits.items()}
    return facts_of(verb(takes={"changes": "fields"}), held, {"changes": changes}, NOW)


def test_an_edit_holds_when_nobody_changed_the_field_since():
    assert amend(Incident(id="I", title="a"), title=("a", "b")) == {"title": "b"}
    assert amend(Incident(id="I", title="b"), title=("a", "b")) == {"title": "b"}


def test_an_edit_of_what_another_changed_is_a_conflict():
    with pytest.raises(Conflict) as raised:
        amend(Incident(id="I", title="c"), title=("a", "b"))
    assert raised.value.args_by_name == {"field": "title", "now": "c"}


@pytest.mark.parametrize("field", [*sorted(PROTECTED), "no_such_field"])
def test_fields_with_verbs_of_their_own_cannot_be_edited(field):
    with pytest.raises(Refused) as raised:
        amend(Incident(id="I"), **{field: ("", "x")})
    assert raised.value.key == "refused.field"


def test_edits_of_two_people_on_two_fields_both_stand():
    world = World()
    world.make("incident", "I1", "handling", title="a", address="x")
    one = {"title": {"from": "a", "to": "b"}}
    other = {"address": {"from": "x", "to": "y"}}
    world.do(LEAD, "incident", "I1", "amend", base=5, changes=one)
    after = world.do(LEAD, "incident", "I1", "amend", base=5, changes=other)
    assert (after.title, after.address) == ("b", "y")


def test_something_else_than_edits_is_refused():
    with pytest.raises(Refused):
        facts_of(verb(takes={"changes": "fields"}), Incident(id="I"), {"changes": "title"}, NOW)
