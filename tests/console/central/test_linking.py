"""Linkages take effect by themselves, once, in the incident's timeline; what is sealed stays so."""

import pytest

from console.base.ids import new_id
from console.domain.query import parse_query
from console.domain.record import StartedPlan, Task
from console.wire import record_of
from tests.centre_driver import PEOPLE, XUANWU, act, birth, step

MINUTE, HOUR = 60_000, 3_600_000
LEAD = PEOPLE["lead"]


def made(centre, type, title="x", **facts):
    """Give an incident of a type, reported now."""
    born = birth(
        XUANWU, type=type, scene=type[:4], title=title, reported_at=centre.clock.now(), **facts
    )
    verdict = centre.judge_acts([act("dispatcher", born)], PEOPLE["dispatcher"]).verdicts[0]
    assert verdict.verdict == "applied", verdict
    return born.record


def of(centre, kind, incident):
    with centre.ledger.reading() as line:
        from console.central import feed  # noqa: PLC0415 - read here alone
        from console.central.sight import Sight  # noqa: PLC0415
        from console.domain.access import system  # noqa: PLC0415

        puts = feed.puts_of(line, Sight.of(system()), kind)
        return [r for p in puts if (r := record_of(kind, p.body)).incident == incident]


def verbs(centre, case):
    return [(e.kind, e.verb, e.by) for e in centre.history("incident", case, LEAD).entries]


def test_an_orange_rainstorm_starts_four_plans_and_tells_two_leads_once(centre):
    case = made(centre, "EMCR-09", "暴雨橙色预警", level="II")
    assert centre.tend() == 1
    held = centre.get("incident", case)
    assert held.linked == ("LK-01",)
    assert held.plans == ("DMSW-P1", "EMCR-P2", "EMGD-P1", "EPOC-P1") or set(held.plans) == {
        "DMSW-P1", "EMCR-P2", "EMGD-P1", "EPOC-P1",
    }  # fmt: skip
    plans = of(centre, StartedPlan.kind, case)
    assert {(p.rule, p.started_by, p.state) for p in plans} == {("LK-01", "system", "running")}
    tasks = of(centre, Task.kind, case)
    assert {t.dept for t in tasks if t.part == "assist"} == {"pol", "tra"}
    assert ("incident", "link", "system") in verbs(centre, case)
    assert "平急一键切换" in held.notes[-1].text
    while centre.tend():
        continue
    assert len(of(centre, StartedPlan.kind, case)) == 4


def test_a_yellow_one_sets_off_nothing_until_it_is_raised(centre):
    case = made(centre, "EMCR-09", "暴雨黄色预警", level="III")
    centre.tend()
    assert centre.get("incident", case).linked == ()
    raised = step("incident", case, "escalate", level="II", reason="升级")
    assert centre.judge_acts([act("lead", raised)], LEAD).verdicts[0].verdict == "applied"
    centre.tend()
    assert centre.get("incident", case).linked == ("LK-01",)


@pytest.mark.parametrize(
    ("title", "dept", "line"),
    [("楼下着火了", "fire", "119"), ("有人坠楼", "hea", "120"), ("有人受伤流血", "hea", "120")],
)
def test_an_emergency_is_passed_to_whom_it_says_at_once_and_stays_on_record(
    centre, title, dept, line
):
    case = made(centre, "COSP-04", title, source="citizen")
    centre.tend()
    held = centre.get("incident", case)
    assert (held.state, held.urgency, held.linked) == ("reported", "flash", ("LK-12",))
    assert f"已转 {line}" in held.notes[-1].text
    (task,) = of(centre, Task.kind, case)
    assert (task.dept, task.deadlines["sign"].limit) == (dept, "1m")
    assert line in task.order


def test_an_emergency_that_says_no_word_of_either_goes_to_the_police(centre):
    case = made(centre, "COSP-05", "求助", source="citizen")
    centre.tend()
    assert [t.dept for t in of(centre, Task.kind, case)] == ["pol"]


def test_a_gas_leak_near_a_school_goes_up_one_level_and_a_person_is_asked(centre):
    case = made(centre, "EMCR-01", "燃气泄漏", address="长江路小学旁", level="III")
    centre.tend()
    held = centre.get("incident", case)
    assert (held.level, held.plans) == ("II", ("EMCR-P1",))
    assert "请值班长确认" in held.notes[-1].text
    assert {t.dept for t in of(centre, Task.kind, case)} >= {"edu", "hea", "mtr"}
    while centre.tend():
        continue
    assert centre.get("incident", case).level == "II"


def test_what_is_of_the_gravest_level_stays_so(centre):
    case = made(centre, "EMCR-01", "燃气泄漏", address="长江路小学旁", level="I")
    centre.tend()
    assert centre.get("incident", case).level == "I"


def test_what_was_reported_long_ago_sets_off_nothing(centre, clock):
    long_ago = clock.now() - 30 * 24 * HOUR
    born = birth(
        XUANWU, type="EMCR-09", scene="EMCR", title="暴雨橙色预警", level="II", reported_at=long_ago
    )
    centre.judge_acts([act("dispatcher", born)], PEOPLE["dispatcher"])
    centre.tend()
    assert centre.get("incident", born.record).plans == ()


def test_a_source_that_went_silent_starts_no_plan(centre):
    case = made(centre, "PLDB-03", "数据源中断")
    centre.tend()
    assert centre.get("incident", case).plans == ()
    assert of(centre, StartedPlan.kind, case) == []


@pytest.fixture
def unsigned(centre):
    case, task = made(centre, "DMUM-01"), new_id()
    steps = (
        step("incident", case, "accept"), step("incident", case, "dispatch", 2, lead="cgj"),
        step("task", task, "issue", incident=case, scope=XUANWU, dept="cgj", sign="15m"),
    )  # fmt: skip
    verdict = centre.judge_acts([act("dispatcher", *steps)], PEOPLE["dispatcher"]).verdicts[0]
    assert verdict.verdict == "applied", verdict
    return case, task


def test_a_task_that_nobody_signs_goes_up_the_ladder(centre, clock, unsigned):
    case, task = unsigned
    centre.tend()
    chased = []
    for minutes in (15, 15, 30):
        clock.turn(minutes * MINUTE)
        centre.tend()
        chased.append(centre.get("task", task).chased)
    assert chased == [1, 2, 3]
    held = centre.get("incident", case)
    assert (held.supervised, held.supervised_by) == (1, "system")
    assert "市城市管理局" in held.notes[-1].text
    clock.turn(10 * HOUR)
    centre.tend()
    assert centre.get("task", task).chased == 3


def test_a_task_that_is_signed_is_left_alone(centre, clock, unsigned):
    _, task = unsigned
    signed = act("dispatcher", step("task", task, "sign"))
    centre.judge_acts([signed], PEOPLE["dispatcher"])
    clock.turn(HOUR)
    centre.tend()
    assert centre.get("task", task).chased == 0


def test_the_plans_at_work_can_be_asked_for(centre):
    made(centre, "ECIL-06", "某公司门前聚集")
    centre.tend()
    assert parse_query("plan", "state:running rule:LK-07").kind == "plan"
