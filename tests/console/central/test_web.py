"""The doors over real HTTP: who comes in, what every answer says, and each threat named."""

import msgspec
import pytest
import requests
from sqlalchemy.exc import OperationalError

from console.central.routes import ROUTES
from console.domain.access import Access
from console.wire import Acts, Page, Posted, Problem, Renew, Session, SignIn, Snapshot
from tests.centre_driver import PASSWORD, PEOPLE, QINHUAI, XUANWU, act, birth, step


def problem(answer):
    return answer.status_code, msgspec.json.decode(answer.content, type=Problem).error


def cursor(caller):
    first = caller.get("/sync/v1/snapshot").content.splitlines()[0]
    return msgspec.json.decode(first, type=Snapshot).next


def test_every_answer_says_time_epoch_and_end_and_is_kept_by_nobody(running, call):
    who = call("lead")
    answers = [
        who.get("/healthz"), who.get("/sync/v1/hello"), who.get("/nowhere"),
        who.get("/auth/v1/renew"), who.get("/sync/v1/changes", c="x"),
        who.post("/sync/v1/acts", b"{"),
        requests.get(running.url + "/sync/v1/digest", timeout=5),
    ]  # fmt: skip
    assert [a.status_code for a in answers] == [200, 200, 404, 405, 410, 400, 401]
    for answer in answers:
        assert abs(int(answer.headers["X-Server-Time"]) - running.clock.now()) < 60_000
        assert answer.headers["X-Epoch"] == running.built.centre.epoch
        assert int(answer.headers["X-Durable"]) == running.built.centre.head
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("route", [r for r in ROUTES if r.signed], ids=lambda r: r.path)
def test_no_door_opens_without_a_token_or_with_a_false_one(running, call, route):
    token = call("lead").session.access_token
    for heads in (
        {}, {"Authorization": "Bearer x"}, {"Authorization": f"Basic {token}"},
        {"Authorization": f"Bearer {token}", "X-Device": "another"},
        {"Authorization": f"Bearer {token}"},
    ):  # fmt: skip
        answer = requests.request(route.method, running.url + route.path, headers=heads, timeout=5)
        # GeoReport v2, "Errors": 403 is a missing or a wrong key.
        assert answer.status_code == (403 if route.path.startswith("/open311/") else 401)


def test_a_wrong_password_is_refused_with_a_reason(running):
    asked = msgspec.json.encode(SignIn(user="xuanwu", password="not it at all"))
    answer = requests.post(running.url + "/auth/v1/sign-in", data=asked, timeout=5)
    assert answer.status_code == 403
    assert msgspec.json.decode(answer.content, type=Problem).key == "signin.wrong"


def test_sessions_turn_and_end_over_http(call):
    who = call("street", "d9")
    renewed = who.tell("/auth/v1/renew", Renew(refresh=who.session.refresh_token), Session)
    assert renewed.person == PEOPLE["street"]
    assert who.post("/auth/v1/sign-out", b"").status_code == 200
    assert problem(who.get("/sync/v1/digest"))[0] == 401


def test_another_epoch_is_not_executed(running, call):
    who, before = call("dispatcher"), running.built.centre.head
    body = Acts(acts=[act("dispatcher", birth())])
    assert problem(who.post("/sync/v1/acts", body, **{"X-Epoch": "0" * 16})) == (409, "epoch")
    del who.http.headers["X-Epoch"]
    assert problem(who.post("/sync/v1/acts", body)) == (409, "epoch")
    assert running.built.centre.head == before


def test_another_protocol_is_told_to_upgrade(call):
    who = call("lead")
    who.http.headers["X-CDS"] = "2.0"
    assert problem(who.get("/sync/v1/hello")) == (426, "upgrade")
    who.http.headers["X-CDS"] = "1.7"
    assert who.get("/sync/v1/hello").status_code == 200


def test_the_cursor_of_another_district_opens_nothing(call):
    mine, theirs = call("xuanwu"), call("qinhuai")
    assert problem(theirs.get("/sync/v1/changes", c=cursor(mine))) == (410, "scope_changed")
    assert problem(theirs.get("/sync/v1/stream", c=cursor(mine))) == (410, "scope_changed")


def test_a_forged_cursor_opens_nothing(call):
    who = call("lead")
    good = cursor(who)
    for forged in (
        good[:-2] + ("AA" if good[-2:] != "AA" else "BB"),
        "",
        "x",
        good + "A",
        "é" * 50,
    ):
        assert who.get("/sync/v1/changes", c=forged).status_code == 410
    assert who.get("/sync/v1/changes").status_code == 400
    assert who.get("/sync/v1/changes", c=good, wait="nan").status_code == 400
    assert who.get("/sync/v1/changes", c=good, limit="many").status_code == 400


def test_an_act_of_one_is_not_replayed_by_another(call):
    mine, theirs = call("xuanwu"), call("qinhuai")
    made = act("xuanwu", birth(XUANWU))
    assert mine.do(made).verdicts[0].verdict == "applied"
    told = theirs.do(made).verdicts[0]
    assert (told.verdict, told.key, told.puts) == ("held", "refused.by", [])


def test_what_another_district_does_cannot_be_touched_or_read(call):
    mine, theirs = call("xuanwu"), call("qinhuai")
    made = birth(XUANWU)
    mine.do(act("xuanwu", made))
    told = theirs.do(act("qinhuai", step("incident", made.record, "accept"))).verdicts[0]
    assert (told.key, told.puts) == ("refused.unknown", [])
    answer = theirs.get("/sync/v1/history", kind="incident", id=made.record)
    assert answer.status_code == 422
    assert made.record not in theirs.get("/sync/v1/snapshot").text
    assert made.record in mine.get("/sync/v1/snapshot").text


def test_too_many_acts_in_one_request_are_too_large(call):
    acts = Acts(acts=[act("dispatcher", birth()) for _ in range(101)])
    assert problem(call("dispatcher").post("/sync/v1/acts", acts)) == (413, "large")


def test_a_person_whose_places_change_reads_anew_and_sees_no_more(running, call):
    mover = Access(user="mover", roles=("district",), scopes=(XUANWU, QINHUAI))
    running.built.people.put(mover, PASSWORD)
    who, made = call("mover"), birth(QINHUAI)
    who.do(act("mover", made))
    old = cursor(who)
    running.built.people.change(Access(user="mover", roles=("district",), scopes=(XUANWU,)))
    running.built.tokens.forget()
    assert problem(who.get("/sync/v1/changes", c=old)) == (410, "scope_changed")
    assert made.record not in who.get("/sync/v1/snapshot").text
    assert who.get("/sync/v1/changes", c=cursor(who)).status_code == 200


def test_a_department_posts_reports_and_reads_nothing(call):
    who = call("water")
    report = {"source": "hotline", "number": "W1", "words": "水管爆裂", "district": XUANWU,
              "at": "2026-01-01T08:00:00+08:00"}  # fmt: skip
    told = who.tell("/intake/v1/reports", [report, {"number": "W2"}, report], list[Posted])
    assert [t.status for t in told] == ["new", "wrong", "known"]
    assert who.tell("/intake/v1/reports", report, list[Posted])[0].status == "known"
    for path in ("snapshot", "digest", "changes?c=x", "stream?c=x", "history?kind=report&id=x"):
        assert problem(who.get(f"/sync/v1/{path}")) == (403, "role")
    assert problem(who.post("/sync/v1/acts", Acts(acts=[]))) == (403, "role")
    assert problem(who.post("/intake/v1/reports", b"nonsense")) == (400, "malformed")
    assert problem(call("lead").post("/intake/v1/reports", [report])) == (403, "role")


def test_the_feed_goes_on_from_a_cursor(call):
    who, made = call("dispatcher"), birth()
    place = cursor(who)
    who.do(act("dispatcher", made))
    page = who.ask("/sync/v1/changes", Page, c=place)
    assert [p.id for p in page.puts] == [made.record]


@pytest.mark.logs_trouble
def test_a_ledger_that_fails_is_told_as_busy_and_heals(running, call, monkeypatch):
    who, made = call("dispatcher"), act("dispatcher", birth())
    centre = running.built.centre

    def failing(_posts):
        raise OperationalError("INSERT", {}, Exception("disk is full"))

    with monkeypatch.context() as patch:
        patch.setattr(centre, "judge_all", failing)
        answer = who.post("/sync/v1/acts", Acts(acts=[made]))
    assert problem(answer) == (503, "ledger")
    assert int(answer.headers["Retry-After"]) >= 1
    assert who.do(made).verdicts[0].verdict == "applied"


@pytest.mark.logs_trouble
def test_a_fault_of_ours_has_an_answer_and_says_nothing_of_its_inside(running, call, monkeypatch):
    who = call("lead")

    def failing(_access):
        raise ZeroDivisionError("inside")

    monkeypatch.setattr(running.built.centre, "digest", failing)
    answer = who.get("/sync/v1/digest")
    assert problem(answer) == (500, "fault")
    assert "inside" not in answer.text
