"""Warnings: one record each, whichever message comes first, once each, until their time is over."""

import msgspec
import pytest

from console.central.intake.bounds import bounds
from console.central.intake.bulletins import Bulletins
from console.central.intake.frame import Message
from console.domain.warning import Bulletin
from tests.centre_driver import PEOPLE

HOUR = 3_600_000


@pytest.fixture
def bulletins(centre):
    return Bulletins(centre, {"flash": "5m"}, bounds())


@pytest.fixture
def first(clock):
    now = clock.now()
    return Bulletin(
        identifier="A", sender="met", sent_at=now, event="暴雨", level="III", headline="黄色",
        effective_at=now, expires_at=now + 6 * HOUR, instruction="少出门", area="江宁",
        polygons=(((118.7, 31.9), (118.7, 32.0), (118.9, 32.0), (118.7, 31.9)),),
        circles=((118.8, 31.9, 500.0),), geocodes=("division=320115",),
    )  # fmt: skip


def more(bulletin: Bulletin, identifier: str, told: str, minutes: int = 10, **facts) -> Bulletin:
    return msgspec.structs.replace(
        bulletin, identifier=identifier, told=told, sent_at=bulletin.sent_at + minutes * 60_000,
        **{"references": (bulletin.identifier,), **facts},
    )  # fmt: skip


def take(bulletins, bulletin):
    return bulletins.take(Message(bulletin.identifier, b"raw", bulletin=bulletin), "water")


def test_a_warning_is_a_record_that_everybody_sees(centre, bulletins, first):
    told = take(bulletins, first)
    held = centre.get("warning", told.warning)
    assert (told.status, held.state, held.level, held.scope) == ("new", "in_force", "III", "*")
    assert (held.polygons, held.circles) == (first.polygons, first.circles)
    assert (held.source, held.standing) == ("water", "actual")
    head, puts = centre.snapshot(PEOPLE["qinhuai"])
    assert [put.kind for put in puts] == ["warning"]
    assert head.rows == 1


def test_the_same_message_again_is_known_and_the_same_number_otherwise_is_wrong(
    centre, bulletins, first
):
    assert take(bulletins, first).status == "new"
    head = centre.head
    assert take(bulletins, first).status == "known"
    other = take(bulletins, msgspec.structs.replace(first, level="I"))
    assert (other.status, other.rule) == ("wrong", "cap.reused")
    assert centre.head == head


def test_an_update_stands_for_all_that_was_said_before(centre, bulletins, first):
    name = take(bulletins, first).warning
    told = take(bulletins, more(first, "B", "update", level="II", instruction=""))
    held = centre.get("warning", name)
    assert (told.warning, held.state, held.level) == (name, "updated", "II")
    assert (held.identifier, held.instruction) == ("B", "")
    assert take(bulletins, more(first, "C", "cancel", references=("met,B,t",))).warning == name
    assert centre.get("warning", name).state == "cancelled"


def test_an_older_message_that_comes_late_changes_nothing(centre, bulletins, first):
    name = take(bulletins, first).warning
    take(bulletins, more(first, "C", "update", 20, level="I"))
    take(bulletins, more(first, "B", "update", 10, level="IV"))
    assert centre.get("warning", name).level == "I"


def test_an_alert_that_comes_after_its_cancel_does_not_bring_it_back(centre, bulletins, first):
    name = take(bulletins, more(first, "B", "cancel")).warning
    assert centre.get("warning", name).state == "cancelled"
    told = take(bulletins, first)
    assert (told.warning, centre.get("warning", name).state) == (name, "cancelled")
    assert take(bulletins, first).status == "known"


def test_a_warning_is_over_when_its_time_is(centre, bulletins, first, clock):
    name = take(bulletins, first).warning
    clock.turn(5 * HOUR)
    assert (centre.tend(), centre.get("warning", name).state) == (0, "in_force")
    clock.turn(2 * HOUR)
    assert (centre.tend(), centre.get("warning", name).state) == (1, "expired")
    take(bulletins, more(first, "B", "update", 400, expires_at=clock.now() + HOUR))
    assert centre.get("warning", name).state == "updated"


def test_one_that_does_not_say_when_it_ends_lasts_the_usual_time(centre, bulletins, first):
    name = take(bulletins, msgspec.structs.replace(first, expires_at=0)).warning
    assert centre.get("warning", name).expires_at == first.effective_at + 24 * HOUR


@pytest.mark.parametrize(("level", "opened"), [("I", True), ("II", True), ("III", False), ("", 0)])
def test_a_grave_weather_warning_opens_one_incident_where_linkages_go_on(
    centre, bulletins, first, level, opened
):
    grave = msgspec.structs.replace(first, level=level, event_code="11B03", words="预计大雨")
    told = take(bulletins, grave)
    assert bool(told.incident) == bool(opened)
    if opened:
        made = centre.get("incident", told.incident)
        assert (made.type, made.level, made.scope) == ("EMCR-09", level, "320115")
        assert str(made.deadlines["accept"].limit) == "5m"
        again = take(bulletins, more(grave, "B", "update", level="I"))
        assert again.incident == told.incident
    for changed in (
        {"standing": "exercise"},
        {"expires_at": first.sent_at - HOUR, "effective_at": first.sent_at - 9 * HOUR},
        {"event_code": ""},
    ):
        other = {**changed, "identifier": str(changed)}
        assert take(bulletins, msgspec.structs.replace(grave, **other)).incident == ""


def test_answers_are_noted_and_drafts_make_nothing(centre, bulletins, first):
    name = take(bulletins, first).warning
    assert take(bulletins, more(first, "K", "ack", note="收到")).warning == name
    assert "收到" in centre.get("warning", name).notes[0].text
    lost = take(bulletins, more(first, "L", "ack", references=("met,none,t",)))
    assert (lost.status, lost.rule) == ("wrong", "cap.unknown_reference")
    draft = msgspec.structs.replace(first, identifier="D", standing="draft")
    assert take(bulletins, draft).status == "passed"


def test_an_exercise_is_kept_as_an_exercise(centre, bulletins, first):
    made = take(bulletins, msgspec.structs.replace(first, standing="exercise"))
    assert centre.get("warning", made.warning).standing == "exercise"


def test_another_sender_may_use_the_same_number(bulletins, first):
    one = take(bulletins, first).warning
    two = take(bulletins, msgspec.structs.replace(first, sender="water")).warning
    assert one != two
