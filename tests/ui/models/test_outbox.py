"""What waits, was sent, came back or is in conflict each looks like what it is, with its reason."""

from tests.ui.desk import CHEN, LIU, Desk
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
    found = read(core).parcels
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
    assert "13811112222" not in str(read(seat.core).parcels[0].said)


def test_an_act_gives_back_what_it_was_given(seat: Desk) -> None:
    seat.core.run("incident.dispatch i4 --lead wat --order 请尽快").result()
    command, filled = given(seat.core, seat.core.outbox()[0].act)
    assert command == "incident.dispatch"
    assert filled["lead"] == "市水务局"
    assert filled["order"] == "请尽快"


def test_what_was_let_go_is_counted_and_shown_with_who_and_why(seat: Desk) -> None:
    act = seat.core.run("incident.note i1 --note 一").result().act
    seat.send_back(act, "refused.role", kind="incident", verb="note")
    seat.core.let_go(act, "已由电话告知").result()
    assert (read(seat.core).parcels, read(seat.core).gone) == ((), 1)
    (gone,) = read(seat.core, gone=True).parcels
    assert (gone.state, gone.who, gone.open) == ("let_go", "陈立新", False)
    assert "已由电话告知" in gone.reason
    seat.core._sit(LIU)
    other = seat.core.run("incident.note i2 --note 二").result().act
    seat.send_back(other, "refused.role", kind="incident", verb="note")
    seat.core._sit(CHEN)
    seat.core.let_go(other, "重复").result()
    assert any("陈立新：重复" in p.reason for p in read(seat.core, gone=True).parcels)


def test_a_retried_act_says_what_became_of_it(seat: Desk) -> None:
    act = seat.core.run("incident.note i1 --note 一").result().act
    seat.send_back(act, "refused.role", kind="incident", verb="note")
    seat.core.retry(act).result()
    gone = next(p for p in read(seat.core, gone=True).parcels if p.state == "let_go")
    assert "重试" in gone.reason


def test_a_thousand_waiting_acts_are_read_and_shown(seat: Desk) -> None:
    for n in range(1_000):
        seat.core.run(f"incident.note i1 --note 第{n}次")
    post = read(seat.core)
    model = OutboxModel()
    model.show(post.parcels)
    assert model.rowCount() == 1_000
    assert "第999次" in str(post.parcels[0].said)


def test_the_model_is_rewritten_in_place(seat: Desk, qtbot: object) -> None:
    del qtbot
    act = seat.core.run("incident.note i1 --note 一").result().act
    model = OutboxModel()
    model.show(read(seat.core).parcels)
    changed: list[int] = []
    model.dataChanged.connect(lambda *_: changed.append(1))
    seat.send_back(act, "refused.role", kind="incident", verb="note")
    model.show(read(seat.core).parcels)
    assert changed == [1]
    assert model.counts() == {"refused": 1}
    found = model.parcel_at(0)
    assert found is not None
    assert found.state == "refused"
    assert model.parcel_at(5) is None
