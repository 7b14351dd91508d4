"""A timeline tells one moment for an act, hides what is personal, and shows what still waits."""

from console.domain.words import Words
from tests.ui.desk import Desk
from ui.models.timeline import read, said_of


def test_the_newest_stands_first_and_an_act_is_one_moment(seat: Desk) -> None:
    found = read(seat.core, "incident", "i1")
    assert found.whole
    assert [m.what for m in found.moments][:3] == ["申请延期", "催办", "处置"]
    given = next(m for m in found.moments if m.what == "派单")
    assert given.who == "陈立新  分拨1"
    assert any("市水务局" in each for each in given.also)
    assert ("派单要求", "立即排水，先救人") in given.said or dict(given.said)["主办"] == "市水务局"


def test_what_came_late_says_when_it_was_done_at_the_seat(seat: Desk) -> None:
    late = [m for m in read(seat.core, "incident", "i1").moments if m.device]
    assert [m.what for m in late] == ["签收"]
    assert "补报" in late[0].device


def test_no_number_of_a_caller_stands_in_a_timeline(seat: Desk) -> None:
    for incident in ("i1", "i2", "i4"):
        assert "13851234567" not in str(read(seat.core, "incident", incident))


def test_what_waits_and_what_was_refused_stand_where_they_were_done(seat: Desk) -> None:
    act = seat.core.run("incident.dispatch i4 --lead cgj").result().act
    first = read(seat.core, "incident", "i4").moments[0]
    assert (first.what, first.standing, first.mark) == ("派单", "queued", "arrow")
    seat.send_back(act, "refused.unit_busy", unit="u1", task="t1", incident="i1")
    first = read(seat.core, "incident", "i4").moments[0]
    assert (first.standing, first.mark) == ("refused", "cross")
    assert first.reason


def test_a_record_without_a_log_says_so(seat: Desk) -> None:
    seat.core._store._w.run(lambda w: w.db.execute("DELETE FROM history") and set())
    assert not read(seat.core, "incident", "i1").whole


def test_an_act_of_several_steps_is_named_by_its_first(seat: Desk) -> None:
    seat.core.run("incident.dispatch i4 --lead cgj").result()
    act = seat.core.outbox()[0].act
    assert said_of(Words(seat.core), act.steps).startswith("派单 02-1122-001004")
