"""What waits, was sent, came back or is in conflict each looks like what it is, with its reason."""

from tests.ui.desk import Desk
from ui.models.outbox import LOOKS, STATES, OutboxModel, given, read


def test_what_needs_a_person_stands_first_with_its_reason(seat: Desk) -> None:
    core = seat.core
    acts = [
        core.run(line).result().act
        for line in (
            "incident.note i1 --note 一",
            "incident.dispatch i4 --lead cgj",
            "incident.classify i2 --type 暴露垃圾",
        )
    ]
    seat.send_back(acts[1], "refused.unit_busy", unit="u1", task="t1", incident="i1")
    seat.send_back(acts[2], "conflict.stale", verdict="conflict", by="liu", verb="classify")
    found = read(core)
    assert [p.state for p in found] == ["conflict", "refused", "queued"]
    assert "刘芳" in found[0].reason
    assert [p.open for p in found] == [True, True, False]
    assert found[2].taken_back
    assert "离线" in found[2].reason


def test_every_state_has_its_own_look() -> None:
    assert len({LOOKS[state] for state in STATES}) == len(STATES)


def test_a_callers_number_is_hidden_here_too(seat: Desk) -> None:
    seat.core.run(
        "incident.create 漏水 --scope 玄武区 --caller 王小明 --phone 13811112222"
    ).result()
    assert "13811112222" not in str(read(seat.core)[0].said)


def test_an_act_gives_back_what_it_was_given(seat: Desk) -> None:
    seat.core.run("incident.dispatch i4 --lead wat --order 请尽快").result()
    command, filled = given(seat.core, seat.core.outbox()[0].act)
    assert command == "incident.dispatch"
    assert filled["lead"] == "市水务局"
    assert filled["order"] == "请尽快"


def test_the_model_is_rewritten_in_place(seat: Desk, qtbot: object) -> None:
    del qtbot
    act = seat.core.run("incident.note i1 --note 一").result().act
    model = OutboxModel()
    model.show(read(seat.core))
    changed: list[int] = []
    model.dataChanged.connect(lambda *_: changed.append(1))
    seat.send_back(act, "refused.role", kind="incident", verb="note")
    model.show(read(seat.core))
    assert changed == [1]
    assert model.counts() == {"refused": 1}
    found = model.parcel_at(0)
    assert found is not None
    assert found.state == "refused"
    assert model.parcel_at(5) is None
