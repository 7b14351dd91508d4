"""Forms come from what commands take; a draft survives; an error finds its field."""

from console.base.errors import Refused
from console.commands import BadLine, Command
from console.domain.fields import PROTECTED
from tests.ui.desk import Desk
from ui.models import form


def asked(seat: Desk, name: str) -> list[form.Field]:
    return form.fields(seat.core, seat.core.commands.get(name), form.read())


def test_every_command_has_a_form(seat: Desk) -> None:
    forms = form.read()
    for command in seat.core.commands.commands.values():
        found = form.fields(seat.core, command, forms)
        if command.name in forms.form and (edits := forms.form[command.name].edits):
            assert [f.name for f in found] == list(edits)
            assert set(edits).isdisjoint(PROTECTED)
            continue
        asked = {name for name, taken in command.takes.items() if taken.type != "extra"}
        assert {f.name for f in found} == asked
        needed = {a.name for a in command.takes.values() if a.required}
        assert {f.name for f in found if f.required} == needed


def test_what_forms_name_is_what_commands_take(seat: Desk) -> None:
    forms = form.read()
    takes = {a for c in seat.core.commands.commands.values() for a in c.takes}
    assert set(forms.areas) | set(forms.buttons) <= takes
    for name, spec in forms.form.items():
        command: Command = seat.core.commands.get(name)
        assert {*spec.first, *spec.suggest, *spec.follow} <= set(command.takes)


def test_few_values_are_buttons_and_the_rest_folds_away(seat: Desk) -> None:
    found = {f.name: f for f in asked(seat, "incident.create")}
    assert [v for v, _ in found["urgency"].options] == ["flash", "urgent", "normal"]
    assert found["title"].required
    assert found["lon"].more
    assert (found["words"].look, found["scope"].look, found["sensitive"].look) == (
        "area", "pick", "flag",
    )  # fmt: skip


def test_a_form_makes_a_line_that_is_read_as_it_was_meant(seat: Desk) -> None:
    values = {"lead": "市水务局", "order": "先救人\n再排水", "note": ""}
    said = form.line_of("incident.dispatch", "i4", values)
    call = seat.core.commands.parse(said.line, "incident")
    assert {n: w.text for n, w in call.named.items()} == {
        "lead": "市水务局",
        "order": values["order"],
    }
    start, end = said.places["lead"]
    assert said.line[start:end] == "市水务局"


def test_an_error_finds_its_field(seat: Desk) -> None:
    fields = asked(seat, "incident.extend")
    said = form.line_of("incident.extend", "i1", {"by": "两天", "reason": "等"})
    assert (
        form.field_of(BadLine("line.limit", said.places["by"][0], word="两天"), fields, said)
        == "by"
    )
    assert form.field_of(Refused("refused.argument", argument="reason"), fields, said) == "reason"
    assert form.field_of(Refused("line.missing", argument=fields[0].label), fields, said) == "by"
    assert (
        form.field_of(Refused("refused.ambiguous", word="等", found=""), fields, said) == "reason"
    )
    assert form.field_of(Refused("refused.state", state="closed"), fields, said) == ""


def test_what_is_missing_is_named(seat: Desk) -> None:
    fields = asked(seat, "incident.create")
    assert [f.name for f in form.missing(fields, {"words": "漏水"})] == ["title"]


def test_a_draft_comes_back_and_a_spoilt_one_is_none() -> None:
    draft = form.unpack(form.pack(5, {"title": "漏水"}))
    assert draft == form.Draft(5, {"title": "漏水"})
    assert form.unpack(b"{half") is None
    assert form.unpack(None) is None


def test_types_are_suggested_by_what_was_said(seat: Desk) -> None:
    names = form.suggested(seat.core, "市场东门垃圾桶满了，垃圾满溢")
    assert "垃圾满溢" in names
    assert form.suggested(seat.core, "水") == []


def test_a_title_takes_the_first_words() -> None:
    assert form.followed("东门垃圾满溢，味道很大") == "东门垃圾满溢"
    assert form.followed("") == ""
