"""A store shows what is confirmed under what waits, and drops nothing without a person's word."""

import pytest
from msgspec import Raw
from msgspec.structs import replace

from console.base.errors import Conflict, Refused
from console.domain.changes import Changes
from console.domain.query import Viewpoint, parse_query
from console.domain.record import KINDS
from console.store.overlay import Waiting
from console.wire import Entry, Leave, Put, Verdict, put_of
from tests.console.store.seat import (
    AT,
    VIEW,
    WANG,
    accept,
    act,
    cell,
    ids,
    incident,
    note,
    opened,
    page,
    report,
    silent,
    snapshot,
    step,
    task,
    unit,
)


@pytest.fixture
def store(tmp_path):
    made = opened(tmp_path)
    made.absorb(page(incident(1), incident(2), unit(1), report(1, "I1")))
    yield made
    made.close()


def test_a_step_is_shown_at_once_and_the_confirmed_record_stays(store):
    changes = store.enqueue(accept("I1"), WANG)
    assert changes == Changes(frozenset({("incident", "I1")}), line=True)
    assert store.get("incident", "I1").state == "accepted"
    assert store.confirmed("incident", "I1").state == "reported"
    assert cell(store, "incident", "I1", "state", "handler", "pending") == ("accepted", "wang", 1)


def test_a_step_that_does_not_apply_is_refused_and_changes_nothing(store):
    with pytest.raises(Refused, match=r"refused\.state"):
        store.enqueue(act(step("incident", "I1", "close")), WANG)
    assert store.outbox() == []
    assert cell(store, "incident", "I1", "pending") == (0,)


def test_the_same_act_is_taken_once(store):
    said = note("I1")
    store.enqueue(said, WANG)
    store.enqueue(said, WANG)
    assert len(store.outbox()) == 1
    assert len(store.get("incident", "I1").notes) == 1


def test_an_act_ties_several_records_and_is_taken_whole_or_not(store):
    store.enqueue(accept("I1"), WANG)
    dispatch = act(
        step("incident", "I1", "dispatch", base=2, lead="D01"),
        step("task", "T9", "issue", base=0, incident="I1", scope="320102", dept="D01", unit="U1"),
    )
    store.enqueue(dispatch, WANG)
    assert store.get("task", "T9").unit == "U1"
    assert [t.id for t in store.open_tasks_of("U1")] == ["T9"]
    again = act(
        step("incident", "I2", "accept"),
        step("task", "T8", "issue", base=0, incident="I2", scope="320102", dept="D01", unit="U1"),
    )
    with pytest.raises(Refused, match="unit_busy"):
        store.enqueue(again, WANG)
    assert store.get("incident", "I2").state == "reported"


def test_what_is_born_here_is_found_before_the_centre_knows_it(store):
    born = act(step("incident", "NEW", "create", base=0, title="路灯不亮", scope="320102"))
    store.enqueue(born, WANG)
    assert ids(store, "路灯") == ["NEW"]
    assert store.confirmed("incident", "NEW") is None
    store.take_back(born.id)
    assert store.get("incident", "NEW") is None
    assert ids(store, "路灯") == []


def test_absorb_takes_only_what_is_newer(store):
    store.absorb(page(incident(1, version=5, title="新"), cursor="c2"))
    changes = store.absorb(page(incident(1, version=4, title="旧"), cursor="c3"))
    assert store.get("incident", "I1").title == "新"
    assert changes.touched == frozenset()
    assert store.cursor() == "c3"


def test_a_page_that_names_an_act_settles_it(store):
    said = accept("I1")
    store.enqueue(said, WANG)
    done = incident(1, version=2, state="accepted", handler="wang")
    changes = store.absorb(page(done, cursor="c2", acts=[said.id]))
    assert ("incident", "I1") in changes.touched
    assert store.outbox() == []
    assert cell(store, "incident", "I1", "state", "pending") == ("accepted", 0)


def test_an_act_that_no_longer_applies_is_passed_over_and_still_waits(store):
    store.enqueue(accept("I1"), WANG)
    store.absorb(page(incident(1, version=9, state="void"), cursor="c2"))
    assert store.get("incident", "I1").state == "void"
    assert cell(store, "incident", "I1", "pending") == (1,)
    store.absorb(page(incident(1, version=10), cursor="c3"))
    assert store.get("incident", "I1").state == "accepted"


def test_what_rests_on_an_act_falls_with_it_and_comes_back_with_it(store):
    first, second = accept("I1"), act(step("incident", "I1", "dispatch", base=2, lead="D01"))
    store.enqueue(first, WANG)
    store.enqueue(second, WANG)
    assert store.get("incident", "I1").state == "dispatched"
    store.settle([Verdict(id=first.id, verdict="refused", key="refused.role")])
    assert store.get("incident", "I1").state == "reported"
    assert cell(store, "incident", "I1", "pending", "refused") == (1, 1)
    store.retry(first.id)
    # the act that is sent again stands last: the one that rested on it must wait for a retry too
    assert store.get("incident", "I1").state == "accepted"


def test_verdicts_decide_what_becomes_of_acts(store):
    said = [note("I1", "一"), note("I1", "二"), note("I2", "三"), note("I2", "四")]
    for each in said:
        store.enqueue(each, WANG)
    done = incident(1, version=2)
    changes = store.settle([
        Verdict(id=said[0].id, verdict="applied", puts=[put_of(done)]),
        Verdict(id=said[1].id, verdict="refused", key="refused.state", args={"id": "I1"}),
        Verdict(id=said[2].id, verdict="conflict", key="conflict.stale"),
        Verdict(id=said[3].id, verdict="held", key="refused.by"),
    ])  # fmt: skip
    assert changes.line
    assert [(w.act.id, w.state, w.key) for w in store.outbox()] == [
        (said[1].id, "refused", "refused.state"),
        (said[2].id, "conflict", "conflict.stale"),
        (said[3].id, "held", "refused.by"),
    ]
    assert cell(store, "incident", "I1", "pending", "refused", "conflict") == (0, 1, 0)
    assert cell(store, "incident", "I2", "pending", "refused", "conflict") == (1, 0, 1)
    assert [n.text for n in store.get("incident", "I2").notes] == ["四"]


def test_a_verdict_on_an_act_that_is_settled_changes_nothing(store):
    said = note("I1")
    store.enqueue(said, WANG)
    store.settle([Verdict(id=said.id, verdict="applied")])
    store.settle([Verdict(id=said.id, verdict="refused", key="x")])
    assert store.outbox() == []


def test_only_what_was_never_sent_is_taken_back(store):
    first, second = note("I1"), note("I2")
    store.enqueue(first, WANG)
    store.enqueue(second, WANG)
    store.mark_sent([first.id])
    with pytest.raises(Refused, match=r"refused\.sent"):
        store.take_back(first.id)
    store.take_back(second.id)
    assert [(w.act.id, w.state, w.tries) for w in store.outbox()] == [(first.id, "sent", 1)]
    with pytest.raises(Refused, match="unknown_act"):
        store.take_back(second.id)


def test_a_held_act_is_sent_again_as_it_is_and_a_judged_one_as_a_new_act(store):
    held, judged = note("I1"), note("I2")
    for each, verdict in ((held, "held"), (judged, "conflict")):
        store.enqueue(each, WANG)
        store.mark_sent([each.id])
        store.settle([Verdict(id=each.id, verdict=verdict, key="k")])
    store.absorb(page(incident(2, version=7), cursor="c2"))
    store.retry(held.id)
    store.retry(judged.id)
    again = store.outbox()
    assert (again[0].act.id, again[0].state) == (held.id, "queued")
    assert again[1].act.id != judged.id
    assert again[1].act.steps[0].base == 7
    assert [(w.act.id, w.reason) for w in store.let_gone()] == [(judged.id, "retried")]
    with pytest.raises(Refused, match=r"refused\.sent"):
        store.take_back(held.id)


def test_a_retry_that_does_not_apply_now_changes_nothing(store):
    said = accept("I1")
    store.enqueue(said, WANG)
    store.settle([Verdict(id=said.id, verdict="refused", key="k")])
    store.absorb(page(incident(1, version=3, state="void"), cursor="c2"))
    with pytest.raises(Refused, match=r"refused\.state"):
        store.retry(said.id)
    assert [w.state for w in store.outbox()] == ["refused"]
    with pytest.raises(Refused, match="unknown_act"):
        store.retry("no such act")


def test_an_edited_act_goes_again_with_other_steps(store):
    said = note("I1", "写错")
    store.enqueue(said, WANG)
    with pytest.raises(Refused, match="not_judged"):
        store.edit(said.id, said.steps)
    store.settle([Verdict(id=said.id, verdict="refused", key="k")])
    store.edit(said.id, (step("incident", "I1", "note", note="改对"),))
    assert [n.text for n in store.get("incident", "I1").notes] == ["改对"]
    assert cell(store, "incident", "I1", "pending", "refused") == (1, 0)
    assert [w.reason for w in store.let_gone()] == ["edited"]


def test_an_act_is_let_go_only_once_it_was_judged_and_is_kept_with_the_reason(store):
    said = note("I1")
    store.enqueue(said, WANG)
    with pytest.raises(Refused, match="not_judged"):
        store.let_go(said.id, "不要了")
    store.settle([Verdict(id=said.id, verdict="refused", key="k")])
    store.let_go(said.id, "不要了")
    assert store.outbox() == []
    assert [(w.act.id, w.state, w.reason) for w in store.let_gone()] == [
        (said.id, "let_go", "不要了")
    ]
    assert cell(store, "incident", "I1", "pending", "refused") == (0, 0)
    store.settle([Verdict(id=said.id, verdict="applied")])
    assert len(store.let_gone()) == 1


def test_a_record_that_leaves_is_erased_with_its_text_and_timeline(store):
    entry = Entry(kind="incident", id="I1", n=1, verb="create", by="li", at=AT)
    store.absorb(page(cursor="c2", entries=[entry]))
    said = note("I1")
    store.enqueue(said, WANG)
    leaves = [Leave(kind="incident", id="I1"), Leave(kind="report", id="R1")]
    store.absorb(page(cursor="c3", leaves=leaves))
    assert store.get("incident", "I1") is None
    assert ids(store, "井盖") == ["I2"]
    assert store.history("incident", "I1") == []
    assert [w.act.id for w in store.outbox()] == [said.id]


def test_a_body_that_is_no_record_is_set_aside_and_the_page_goes_on(store):
    heard = []
    store._w._told = heard.append
    bad = [
        Put(kind="incident", id="B1", version=1, body=Raw(b'{"id":7}')),
        Put(kind="dragon", id="B2", version=1, body=Raw(b"{}")),
        Put(kind="incident", id="B3", version=1, body=Raw(b'{"id":"other"}')),
    ]
    whole = page(incident(3), cursor="c2")
    whole.puts += bad
    store.absorb(whole)
    assert store.get("incident", "I3") is not None
    assert store.cursor() == "c2"
    rows = store._cache.rows("SELECT id, body FROM bad_rows ORDER BY n")
    assert rows == [("B1", b'{"id":7}'), ("B2", b"{}"), ("B3", b'{"id":"other"}')]
    assert [n.key for n in heard] == ["store.bad_rows"]
    assert [n.key for n in store.trouble()] == ["store.bad_rows"]


def test_timelines_are_held_once_and_an_incidents_holds_its_tasks(store):
    def entry(kind, id, n, at, home=""):
        return Entry(kind=kind, id=id, n=n, verb="v", by="li", at=at, incident=home)

    first = [entry("incident", "I1", 1, 10), entry("task", "T1", 1, 20, "I1")]
    changes = store.absorb(page(cursor="c2", entries=first))
    assert changes.touched == {("incident", "I1"), ("task", "T1")}
    store.absorb_history("incident", "I1", [*first, entry("incident", "I1", 2, 15)])
    assert [(e.kind, e.n) for e in store.history("incident", "I1")] == [
        ("incident", 1), ("incident", 2), ("task", 1),
    ]  # fmt: skip
    assert [e.id for e in store.history("task", "T1")] == ["T1"]


def test_counts_are_what_find_gives(store):
    store.enqueue(accept("I1"), WANG)
    queries = {
        "new": parse_query("incident", "state:reported"),
        "mine": parse_query("incident", "handler:@me"),
        "word": parse_query("incident", "积水"),
    }
    assert store.counts(queries, VIEW) == {"new": 1, "mine": 1, "word": 1}
    assert {k: store.count(q, VIEW) for k, q in queries.items()} == store.counts(queries, VIEW)
    assert store.counts({}, VIEW) == {}


def test_rows_come_in_the_order_of_their_shape_and_only_those_asked_for(store):
    rows = store.find(parse_query("incident", "sort:reported_at"), VIEW, ids=["I2", "I1", "I9"])
    assert [row[0] for row in rows] == ["I1", "I2"]
    assert all(type(row) is tuple for row in rows)


def test_an_unknown_kind_is_nothing(store):
    assert store.get("dragon", "1") is None
    assert store.number("320102", AT) == ""


def test_a_fill_replaces_the_cache_and_keeps_what_waits(store):
    said = accept("I1")
    store.enqueue(said, WANG)
    seen = []
    head, puts = snapshot([incident(1), incident(5), task(1, "I5"), report(5, "I5")])
    puts.append(Put(kind="incident", id="B1", version=1, body=Raw(b"[]")))
    assert not store.filled()
    changes = store.fill(head, puts, lambda done, total: seen.append((done, total)))
    assert changes.everything
    assert store.filled()
    assert (store.epoch(), store.cursor()) == ("e1", "s1")
    assert store.get("incident", "I2") is None
    assert store.get("incident", "I1").state == "accepted"
    assert ids(store, "积水") == ["I5"]
    assert seen == [(5, 5)]
    assert [w.act.id for w in store.outbox()] == [said.id]
    assert [n.key for n in store.trouble()] == ["store.bad_rows"]


def test_a_fill_that_breaks_off_changes_nothing(store):
    def puts():
        yield put_of(incident(7))
        raise Conflict("the line went away")

    head, _ = snapshot([])
    with pytest.raises(Conflict):
        store.fill(head, puts(), silent)
    assert store.get("incident", "I1") is not None
    assert not store._cache.new().exists()
    store.enqueue(note("I1"), WANG)


def test_what_lies_outside_the_scopes_left_is_forgotten_but_not_what_was_said(store):
    other = incident(8, scope="320104.320104001", title="暖气")
    store.absorb(page(other, incident(9, scope="320104.320104002"), cursor="c2"))
    said = note("I8")
    store.enqueue(said, WANG)
    changes = store.forget(["320104.320104001"])
    assert ("incident", "I8") in changes.touched
    assert store.get("incident", "I8") is None
    assert store.get("incident", "I9") is not None
    assert ids(store, "暖气") == []
    store.forget(["320104"])
    assert store.get("incident", "I9") is None
    assert [w.act.id for w in store.outbox()] == [said.id]
    assert store.get("incident", "I1") is not None


def test_small_things_are_kept_by_name(store):
    for name in ("draft.1", "draft.2", "layout"):
        store.keep(name, name.encode())
    assert store.kept("draft.1") == b"draft.1"
    assert store.kept_names("draft.") == ["draft.1", "draft.2"]
    store.drop("draft.1")
    assert store.kept("draft.1") is None


def test_everything_is_there_again_after_a_new_start(tmp_path):
    first = opened(tmp_path)
    first.absorb(page(incident(1), incident(2)))
    first.enqueue(accept("I1"), WANG)
    first.keep("draft", b"x")
    first.close()
    second = opened(tmp_path)
    assert second.get("incident", "I1").state == "accepted"
    assert cell(second, "incident", "I1", "pending") == (1,)
    assert (second.kept("draft"), second.cursor()) == (b"x", "c1")
    assert (second.trouble(), second.flaws()) == ((), [])
    second.close()


def test_a_crash_between_the_two_files_heals_at_the_start(tmp_path):
    first = opened(tmp_path)
    first.absorb(page(incident(1), incident(2)))
    applied, waits = note("I1", "到过中心"), accept("I2")
    first.enqueue(applied, WANG)
    first._w.outbox.remove = lambda acts: None  # the process dies before this commit
    done = replace(first.get("incident", "I1"), version=2)
    first.absorb(page(done, cursor="c2", acts=[applied.id]))
    # and an act that reached the outbox but not the cache
    first._w.outbox.save([Waiting(act=waits, actor=WANG, n=99)])
    first.close()
    second = opened(tmp_path)
    assert [w.act.id for w in second.outbox()] == [waits.id]
    assert len(second.get("incident", "I1").notes) == 1
    assert second.get("incident", "I2").state == "accepted"
    second.close()


def test_a_second_program_in_the_folder_is_refused(store, tmp_path):
    with pytest.raises(Refused, match="folder_in_use"):
        opened(tmp_path)


def test_the_shown_row_of_every_kind_is_written(store):
    for kind, made in KINDS.items():
        store.absorb(page(made(id=f"X{kind}", version=1), cursor="c9"))
        assert store.find(parse_query(kind, ""), Viewpoint(), ids=[f"X{kind}"])
