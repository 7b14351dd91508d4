"""Jurisdiction by enumeration: every role and place, against every verb, read and feed."""

import pytest

from console.base.errors import Refused
from console.domain.access import Access, depts_of, sees, system
from console.domain.record import KINDS
from console.wire import record_of
from tests.centre_driver import QINHUAI, STREET, XUANWU, act, birth, step

ROLES = (
    "duty_lead", "intake", "dispatch", "video", "analysis", "coord", "callback", "district", "unit",
    "leader", "admin", "security", "audit", "source",
)  # fmt: skip
PLACES = {
    "city": (("",), ()), "xuanwu": ((XUANWU,), ()), "street": ((STREET,), ()),
    "qinhuai": ((QINHUAI,), ()), "cgj": ((), ("cgj",)), "nowhere": ((), ()),
}  # fmt: skip
WHO = {name: Access(user=name, scopes=s, depts=d) for name, (s, d) in PLACES.items()}


@pytest.fixture
def stocked(lite):
    """Give a centre with an incident, a report, a task and more in each place."""
    centre, city = lite.centre, Access(user="c", roles=("intake", "dispatch"), scopes=("",))
    acts = []
    for scope in (XUANWU, STREET, QINHUAI):
        case = birth(scope, f"i-{scope}")
        facts = {"scope": scope, "source": "hotline", "words": "x"}
        order = {"incident": case.record, "scope": scope, "dept": "cgj"}
        acts.append(act("c", case, step("incident", case.record, "accept"),
            step("incident", case.record, "dispatch", 2, lead="cgj"),
            step("report", f"r-{scope}", "receive", **facts),
            step("task", f"t-{scope}", "issue", **order)))  # fmt: skip
    centre.load(acts, city)
    made = [
        step("unit", "u", "enrol", scope=XUANWU, call_sign="一", dept="cgj"),
        step("camera", "c", "enrol", scope=STREET, code="32010200001310000001", name="门"),
        step("seat", "s", "place", scope=QINHUAI, name="二"),
        step("term", "n", "define", scope="*", of="x", code="y", name="z"),
        step("duty", "d", "plan", scope="*", shift="day", post="p", person="q",
             starts_at=1, ends_at=2),
        step("plan", "p", "start", incident=f"i-{XUANWU}", scope=XUANWU, plan="EMFV-P1",
             scene="EMFV", level="III", depts=["cgj"]),
        step("instruction", "w", "issue", words="x", dept="cgj", scope=STREET),
        step("warning", "g", "issue", scope="*", identifier="x", sender="y", sent_at=1),
    ]  # fmt: skip
    leader = Access(user="l", roles=("leader",), scopes=("",))
    by_desk = [
        step("shelf", "h", "shelve", scope=QINHUAI, indicator="x", until=2**43, reason="x"),
        step("showing", "v", "push", scope=XUANWU, wall="s"),
        step("layout", "y", "share", scope="*", number=7, name="x", content="{}"),
        step("exercise", "z", "begin", scope=QINHUAI, name="春季演练"),
        step("correction", "k", "record", scope=STREET, said="x", name="y", lon=118.8, lat=32.0),
    ]
    order = step("scene", "EPIN", "unseal", scope="*", order="1", reason="x")
    verdicts = centre.load([act("system", *made)], system())
    verdicts += centre.load([act("l", order)], leader)
    verdicts += centre.load(
        [act("q", *by_desk)], Access(user="q", roles=("dispatch",), scopes=("",))
    )
    assert {verdict.verdict for verdict in verdicts} == {"applied"}, verdicts
    return centre


def everything(centre):
    return {
        (p.kind, p.id): record_of(p.kind, p.body) for p in centre.snapshot(system())[1]
    }  # fmt: skip


@pytest.mark.parametrize("name", WHO)
def test_snapshot_feed_history_and_digest_hold_what_is_seen_and_nothing_else(stocked, name):
    who, held = WHO[name], everything(stocked)
    seen = {k for k, r in held.items() if sees(who, r.scope, depts_of(r))}
    assert {(p.kind, p.id) for p in stocked.snapshot(who)[1]} == seen
    sealed = stocked._cursors.seal(0, _mark(who))
    page = stocked.page(sealed, who)
    assert {(p.kind, p.id) for p in page.puts} == seen
    assert {(e.kind, e.id) for e in page.entries} == seen
    assert sum(stocked.digest(who).counts.values()) == len(seen)
    for kind, id in held:  # noqa: A001
        if (kind, id) in seen:
            told = {(e.kind, e.id) for e in stocked.history(kind, id, who).entries}
            assert (kind, id) in told
            assert told <= seen
        else:
            with pytest.raises(Refused, match=r"refused\.unknown"):
                stocked.history(kind, id, who)


def _mark(who):
    from console.central.sight import Sight  # noqa: PLC0415

    return Sight.of(who).mark


@pytest.mark.parametrize("role", ROLES)
def test_a_verb_is_judged_by_role_and_place(stocked, role):
    for name, (scopes, depts) in PLACES.items():
        try_every_verb(stocked, role, Access(user=name, roles=(role,), scopes=scopes, depts=depts))


def try_every_verb(stocked, role, who):
    tried = [
        (record, verb, act(who.user, step(kind, id, verb.name)))
        for (kind, id), record in everything(stocked).items()  # noqa: A001
        for verb in stocked.judge.machines[kind].verbs.values()
        if not verb.births
    ]
    assert len(tried) > 100
    verdicts = stocked.judge_acts([made for _, _, made in tried], who).verdicts
    for (record, verb, _), verdict in zip(tried, verdicts, strict=True):
        if not sees(who, record.scope, depts_of(record)):
            assert (verdict.key, verdict.puts) == ("refused.unknown", []), (record, verb.name)
        elif role not in verb.roles:
            assert verdict.key in ("refused.role", "refused.state"), (record, verb.name)
        else:
            assert verdict.key not in ("refused.role", "refused.unknown"), (record, verb.name)


@pytest.mark.parametrize("name", WHO)
def test_nobody_makes_a_record_where_they_see_nothing(stocked, name):
    scopes, depts = PLACES[name]
    who = Access(user=name, roles=("district",), scopes=scopes, depts=depts)
    for scope in (XUANWU, STREET, QINHUAI):
        verdict = stocked.judge_acts([act(name, birth(scope))], who).verdicts[0]
        allowed = sees(who, scope)
        assert (verdict.verdict, verdict.key) == (
            ("applied", "") if allowed else ("refused", "refused.scope")
        )


def test_every_kind_is_in_the_enumeration(stocked):
    assert {kind for kind, _ in everything(stocked)} == set(KINDS)
