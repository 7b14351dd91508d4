"""A form asks for what the chosen type has of its own, and says it in one word of its line."""

from console.base import text
from tests.ui.desk import Desk
from ui.models.extras import fields, packed, said


def test_each_fact_of_the_type_is_a_field_of_its_kind(seat: Desk) -> None:
    create = seat.core.commands.get("incident.create")
    kind = next(t for s in seat.core.scenes.values() for t in s.types if "signal_color" in t.fields)
    asked = {f.name: f for f in fields(seat.core, create, kind.name)}
    assert list(asked) == [f"extra.{name}" for name in kind.fields]
    assert asked["extra.signal_color"].options[0] == ("red", "红")
    assert fields(seat.core, create, "") == fields(seat.core, create, "没有这类") == []
    assert fields(seat.core, seat.core.commands.get("incident.note"), kind.name) == []


def test_they_are_said_in_one_word() -> None:
    values = {"title": "积水", "extra.depth_cm": "30", "extra.area": "", "extra.floor": "1"}
    assert packed(values) == {"title": "积水", "extra": "depth_cm=30；floor=1"}
    assert packed({"title": "积水", "extra.floor": ""}) == {"title": "积水"}


def test_a_choice_is_said_by_its_name() -> None:
    assert (said("trend", "rising"), said("trend", "?"), said("floor", "3")) == ("上涨", "?", "3")
    text.speak("en")
    assert said("trend", "rising") == "Rising"
