"""Reports upward have clocks from acceptance; they stop when it is said who took the report."""

import pytest

from tests.desks import Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def limits(bench):
    return {n: d.limit for n, d in bench.held().deadlines.items() if not d.stopped}


def test_a_grave_incident_is_to_be_reported_from_acceptance_on(bench):
    bench.incident(level="II")
    assert "phone" not in limits(bench)
    bench.run("受理 I1")
    assert (limits(bench)["phone"], limits(bench)["written"]) == ("30m", "1h")


def test_a_daily_matter_is_not_reported(bench):
    bench.incident()
    bench.run("受理 I1")
    assert limits(bench).keys() == {"dispatch"}


def test_the_first_report_starts_the_clock_of_the_next_and_is_drawn_up_from_the_facts(bench):
    bench.incident(level="I", title="厂房起火", address="长江路1号")
    bench.run("受理 I1", "电话报告 I1 市总值班室王主任")
    assert "phone" not in limits(bench)
    bench.run("初报 I1 省政府总值班室")
    held = bench.held()
    assert (limits(bench)["follow"], held.reported_to) == ("2h", "省政府总值班室")
    assert "written" not in limits(bench)
    said = held.notes[-1].text
    assert said.startswith("初报")
    assert "厂房起火" in said
    assert "长江路1号" in said
    assert "伤亡（亡/伤/失联）：—" in said


def test_each_further_report_starts_the_clock_anew_and_words_of_ones_own_stand(bench):
    bench.incident(level="I")
    bench.run("受理 I1", "初报 I1 省总值班室")
    bench.clock.turn(3_600_000)
    bench.run("续报 I1 省总值班室 明火已扑灭")
    follow = bench.held().deadlines["follow"]
    assert follow.started == bench.clock.now()
    assert bench.held().notes[-1].text == "明火已扑灭"


def test_the_last_report_is_due_after_closing(bench):
    bench.incident(level="III")
    bench.run("受理 I1", "派单 I1 市城市管理局", "签收 I1", "处置 I1", "反馈 I1 好了", "核查 I1")
    bench.run("办结 I1")
    assert limits(bench)["final"] == "24h"
    bench.run("终报 I1 市总值班室")
    assert limits(bench) == {}


def test_raising_the_level_asks_for_its_reports(bench):
    bench.incident()
    bench.run("受理 I1", "提级 I1 重大 伤亡增加")
    assert limits(bench)["phone"] == "30m"
