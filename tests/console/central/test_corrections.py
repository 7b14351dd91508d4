"""The centre lets out the corrections of all seats, whatever may be seen from each."""

import json

import pytest

from console.central.corrections import main
from tests.centre_driver import QINHUAI, XUANWU, Running, act, birth, step

PLACE = {"name": "云芷路12号", "lon": 118.79, "lat": 32.04, "offered": "槐树巷", "place": "D12"}


@pytest.fixture
def data(tmp_path):
    """Give the folder of a centre where two districts have each chosen a place for words."""
    running = Running(tmp_path / "centre").welcome().start()
    for user, scope, n in (("xuanwu", XUANWU, 1), ("qinhuai", QINHUAI, 2)):
        caller = running.caller(user)
        case = birth(scope, f"0196c0de-0000-7000-8000-{n:012d}")
        running.built.centre.judge_acts([act("intake", case)], running.built.people.get("intake"))
        kept = step("correction", f"k{n}", "record", scope=scope, said=f"老槐树{n}",
                    incident=case.record, **PLACE)  # fmt: skip
        assert caller.do(act(user, kept)).verdicts[0].verdict == "applied"
        caller.close()
    lead = running.caller("lead")
    lead.do(act("lead", step("correction", "k2", "dismiss", base=10**15, note="查无此处")))
    lead.close()
    running.close()
    return running.place


def test_every_seats_corrections_are_let_out_with_who_when_and_which_incident(data, tmp_path):
    said = []
    file = tmp_path / "all.json"
    assert main(["--out", str(file), "--data", str(data)], said.append) == 0
    one, two = json.loads(file.read_text("utf-8"))
    assert (one["said"], one["by"], one["district"]) == ("老槐树1", "xuanwu", "玄武区")
    assert one["incident"].startswith(XUANWU)
    assert one["at"]
    assert (two["state"], two["decided_by"], two["note"]) == ("dismissed", "lead", "查无此处")
    assert said == [f"2 条地点更正：{file}\n"]


def test_those_that_wait_can_be_asked_for_alone(data, tmp_path):
    file = tmp_path / "some.csv"
    main(["--out", str(file), "--data", str(data), "--state", "recorded"], lambda _said: None)
    lines = file.read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "云芷路12号" in lines[1]
