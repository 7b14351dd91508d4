"""A scene that is sealed again keeps its figures and loses every word about a person."""

import pytest

from console.central import tables
from console.domain.access import Access
from tests.centre_driver import PEOPLE, XUANWU, act, birth, step

LEADER = Access(user="zhou", roles=("leader",), scopes=("",))
SECRET = ("王某某", "13800001111", "某小区3栋", "接触了")


def do(centre, who, *steps):
    verdict = centre.judge_acts([act(who.user, *steps)], who).verdicts[0]
    assert verdict.verdict == "applied", verdict


@pytest.fixture
def case(centre):
    """Give an incident of a scene that was opened, with its report and its task."""
    order = step("scene", "EPIN", "unseal", scope="*", order="令1号", reason="演练")
    do(centre, LEADER, order)
    born = birth(
        XUANWU, type="EPIN-02", scene="EPIN", title="王某某协查", detail="接触了三人",
        address="某小区3栋",
    )  # fmt: skip
    facts = {"scope": XUANWU, "source": "hotline", "words": "接触了", "caller": "王某某"}
    dispatcher = PEOPLE["dispatcher"]
    do(centre, dispatcher, born,
       step("report", "r1", "receive", phone="13800001111", **facts),
       step("report", "r1", "attach", incident=born.record),
       step("incident", born.record, "accept"),
       step("task", "t1", "issue", incident=born.record, scope=XUANWU, dept="cdc",
            order="联系王某某"))  # fmt: skip
    return born.record


def sealed(centre):
    do(centre, LEADER, step("scene", "EPIN", "seal", reason="结束"))
    while centre.tend():
        continue


def test_nothing_about_a_person_is_left_at_the_centre(centre, case):
    sealed(centre)
    incident, report = centre.get("incident", case), centre.get("report", "r1")
    assert (incident.state, incident.type, incident.scope) == ("archived", "EPIN-02", XUANWU)
    assert incident.detail == incident.address == report.words == report.phone == ""
    assert centre.get("task", "t1").state == "withdrawn"
    with centre.ledger.reading() as line:
        kept = [bytes(row.body) for row in line.execute(tables.record.select())]
        kept += [bytes(row.entry) for row in line.execute(tables.log.select())]
    said = b"".join(kept).decode()
    assert [word for word in SECRET if word in said] == []


def test_it_is_done_once_and_the_order_stays_on_record(centre, case):
    sealed(centre)
    order = centre.get("scene", "EPIN")
    assert (order.state, order.order) == ("sealed", "令1号")
    assert order.purged_at
    assert centre.tend() == 0


def test_other_scenes_keep_what_they_hold(centre, case):
    other = birth(XUANWU, type="DMUM-01", scene="DMUM", title="垃圾", detail="菜场北门")
    do(centre, PEOPLE["dispatcher"], other)
    sealed(centre)
    assert centre.get("incident", other.record).detail == "菜场北门"


def test_sealed_it_takes_nothing_in(centre, case):
    sealed(centre)
    born = birth(XUANWU, type="EPIN-02", scene="EPIN")
    verdict = centre.judge_acts([act("dispatcher", born)], PEOPLE["dispatcher"]).verdicts[0]
    assert verdict.key == "refused.sealed"
