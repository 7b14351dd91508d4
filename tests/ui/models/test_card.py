"""A card reads everything about one incident; its verbs lead on first, and say why not."""

from msgspec.structs import replace

from console.domain import deadline
from console.domain.record import Incident
from console.domain.words import Words
from tests.ui.desk import LIU, MINUTE, Desk
from ui.models.card import ClockFacts, clock_words, facts, incident_of, own_span, read
from ui.models.formats import span


def test_a_card_holds_all_that_belongs_to_an_incident(seat: Desk) -> None:
    card = read(seat.core, "i1")
    assert (card.standing, card.level, card.state) == ("ready", "II", "handling")
    assert [t.dept for t in card.tasks] == ["市水务局", "市公安局"]
    assert {r.id: bool(r.of) for r in card.reports} == {"r1": False, "r3": True}
    assert [c.id for c in card.children] == ["i3"]
    assert card.clocks[0].name == "handle"
    assert not any("13851234567" in fact.value for fact in card.facts)


def test_what_its_type_has_of_its_own_is_said_by_its_name(seat: Desk) -> None:
    held = seat.core.get("incident", "i1")
    assert isinstance(held, Incident)
    told = replace(held, extra={"floor": "17", "never_heard_of": "x"})
    rows = {f.label: f.value for f in facts(Words(seat.core), told)}
    assert (rows["楼层"], rows["never_heard_of"]) == ("17", "x")


def test_a_merged_one_names_its_parent_and_a_twin_its_reasons(seat: Desk) -> None:
    merged = read(seat.core, "i3")
    assert merged.parent is not None
    assert merged.parent.id == "i1"
    twins = read(seat.core, "i2").twins
    assert twins[0].id == "i1"
    assert "44" in twins[0].why


def test_what_was_asked_for_can_be_granted_by_who_may(seat: Desk) -> None:
    asked = read(seat.core, "i1").asks[0]
    assert (asked.grant, asked.deny) == ("incident.grant_extend", "incident.deny_extend")
    assert "2 小时" in asked.words
    seat.core._sit(LIU)
    assert read(seat.core, "i1").asks[0].grant == ""


def test_the_first_verb_leads_on_and_a_refused_one_says_why(seat: Desk) -> None:
    acts = read(seat.core, "i4").acts
    assert (acts[0].command, acts[0].form) == ("incident.dispatch", True)
    refused = {act.command: act.refused for act in acts}
    assert "已受理" in refused["incident.close"]
    assert read(seat.core, "i2").acts[0].command == "incident.accept"


def test_what_waits_and_was_refused_is_counted(seat: Desk) -> None:
    act = seat.core.run("incident.note i4 --note 看过").result().act
    assert read(seat.core, "i4").marks == (1, 0, 0)
    seat.send_back(act, "refused.role", kind="incident", verb="note")
    assert read(seat.core, "i4").marks == (0, 1, 0)


def test_a_clock_is_said_by_how_it_stands(seat: Desk) -> None:
    core, held = seat.core, seat.incident("i1").deadlines["handle"]
    clock, words = ClockFacts("handle", "处置时限", held), Words(core)
    assert clock_words(core, words, clock, held.due - 90 * MINUTE).role == "deadline.calm"
    soon = clock_words(core, words, clock, held.due - 5 * MINUTE)
    assert (soon.role, soon.glyph) == ("deadline.soon", "sand")
    over = clock_words(core, words, clock, held.due + 5 * MINUTE)
    assert (over.role, over.glyph) == ("deadline.over", "alarm")
    met = ClockFacts("sign", "", seat.incident("i1").deadlines["sign"])
    assert clock_words(core, words, met, held.due).said == "按时"


def test_a_task_leads_to_its_incident_and_the_unknown_to_none(seat: Desk) -> None:
    assert incident_of(seat.core, "task", "t1") == "i1"
    assert incident_of(seat.core, "task", "none") == ""
    assert read(seat.core, "none").standing == "unknown"


def test_what_is_left_is_told_in_the_limits_own_time(seat: Desk) -> None:
    calendar, now = seat.core.judge.calendar, seat.core.clock.now()
    held = deadline.start("3wd", now, calendar)
    said = clock_words(seat.core, Words(seat.core), ClockFacts("handle", "", held), now)
    assert "工作日" in said.said
    assert "按钟表" in said.full
    assert (
        own_span(deadline.start("8wh", now, calendar), 12_000_000, 28_800_000) == "3 工作时 20 分"
    )
    plain = deadline.start("2h", now, calendar)
    assert own_span(plain, 7_200_000, 28_800_000) == span(7_200_000)
