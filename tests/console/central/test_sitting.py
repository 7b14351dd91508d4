"""A sitting: it sees what it has decided before anything is written, and writes all at its end."""

import pytest
from sqlalchemy import select

from console.base.ids import new_id
from console.central import tables
from console.central.sitting import Sitting, upsert
from console.domain.access import system
from tests.centre_driver import PEOPLE, XUANWU, act, birth, step


@pytest.fixture
def sit(centre):
    def begun(line):
        return Sitting(line, centre.judge.machines, "320100", "Asia/Shanghai", lambda _: 0)

    return begun


def test_later_acts_of_a_sitting_rest_on_earlier_ones(centre, sit):
    unit, made = new_id(), birth()
    enrol = step("unit", unit, "enrol", scope=XUANWU, call_sign="一号", dept="cgj")
    acts = [
        act("system", enrol, step("unit", unit, "ready")),
        act("system", made),
        act("system", step("task", new_id(), "issue", incident=made.record, scope=XUANWU,
                           dept="cgj", unit=unit)),
    ]  # fmt: skip
    verdicts = centre.load(acts, system())
    assert [v.verdict for v in verdicts] == ["applied"] * 3
    with centre.ledger.reading() as line:
        assert [t.unit for t in sit(line).open_tasks_of(unit)] == [unit]
        assert [t.incident for t in sit(line).tasks_of(made.record)] == [made.record]
        assert list(sit(line).open_tasks_of("a\0b")) == []


def test_numbers_go_on_where_they_were(centre, sit):
    for expected in ("000001", "000002"):
        with centre.ledger.writing() as line:
            sitting = sit(line)
            assert sitting.number("", 0) == f"32010019700101{expected}"
            sitting.flush()


def test_short_and_shared_scopes_have_numbers_too(centre, sit):
    with centre.ledger.writing() as line:
        sitting = sit(line)
        assert sitting.number("*", 0) == "32010019700101000001"
        assert sitting.number("77.x", 0) == "00007719700101000001"
        assert len(sitting.number("12345678", 0)) == 20


def test_an_upsert_puts_the_new_in_the_place_of_the_old(centre):
    with centre.ledger.writing() as line:
        for value in (1, 2):
            upsert(line, tables.counter, [{"name": "x", "value": value}], ("name",))
        upsert(line, tables.counter, [], ("name",))
        assert line.execute(select(tables.counter.c.value)).scalars().all() == [2]


def test_a_verdict_is_known_to_later_sittings(centre, sit):
    made = act("lead", birth())
    centre.judge_acts([made], PEOPLE["lead"])
    with centre.ledger.reading() as line:
        held = sit(line).decided(made.id)
        assert (held.verdict, held.by, held.pos) == ("applied", "lead", 1)
        assert sit(line).decided("unheard") is None
