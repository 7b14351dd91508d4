"""The joined core on a real centre: sign in, work, lose the line, sign in without it, catch up."""

from dataclasses import replace

import pytest

from console.app import build, build_aside
from console.base.errors import Refused
from console.base.work import Inline, Threads
from console.domain.query import parse_query
from tests.centre_driver import PASSWORD, STREET, act, birth, step
from tests.oneseat import LEADER, create


def test_a_person_signs_in_works_and_the_centre_has_it(core):
    signed = core.sign_in("wang", PASSWORD).result()
    assert (signed.offline, core.person.name) == (False, "王敏")
    core.sync_once()
    made = create(core)
    assert core.get("incident", made).no == ""
    assert core.link().waiting == 1
    core.sync_once()
    assert core.get("incident", made).no
    assert (core.outbox(), core.link().waiting) == ([], 0)
    assert core.count(parse_query("incident", "state:reported")) == 1
    assert core.counts({k: q.query for k, q in core.queues.items()})["pending"] == 1
    core.sync_once()
    assert core.history("incident", made)[0].verb == "create"


def test_a_scene_that_is_sealed_leaves_no_word_of_a_person_at_the_seat(core, centre):
    central = centre.built.centre
    order = step("scene", "EPIN", "unseal", scope="*", order="令1号", reason="演练")
    central.load([act("zhou", order)], LEADER)
    core.sign_in("wang", PASSWORD).result()
    core.sync_once()
    made = core.run("报事 协查王某某 梅园新村 --type EPIN-02 --caller 王某某").result()
    incident = made.plan.changes[0].after.id
    core.sync_once()
    core.sync_once()
    assert "王某某" in repr(core.history("incident", incident))
    sent = core._store._w.outbox.settled()[0].act.id
    for name, value in {
        f"draft/incident.note/{incident}": "王某某又来电",
        f"draft/incident.create/{sent}": "王某某",
        "draft/incident.create/-": '"EPIN-02" 王某某',
        "draft/incident.create/x": '"DMUM-01" 路灯',
    }.items():  # fmt: skip
        core.keep(name, value.encode()).result()
    central.load([act("zhou", step("scene", "EPIN", "seal", reason="结束"))], LEADER)
    while central.tend():
        continue
    core.sync_once()
    core.sync_once()
    assert core.get("incident", incident).state == "archived"
    kept = [core.history("incident", incident), core.get("incident", incident)]
    kept += [core.get("report", str(row[0])) for row in core.find(parse_query("report", ""))]
    assert "王某某" not in repr(kept)
    assert core.find(parse_query("incident", "王某某")) == []
    assert "王某某" not in repr(core._store._w.outbox.settled())
    assert core.kept_names("draft/") == ["draft/incident.create/x"]


def test_news_reach_whoever_listens(core):
    heard = []
    core.subscribe(heard.append)
    core.sign_in("wang", PASSWORD).result()
    core.sync_once()
    heard.clear()
    made = create(core)
    assert any(("incident", made) in changes.touched for changes in heard)
    core.undo().result()
    assert core.get("incident", made) is None


def test_one_program_works_in_a_folder_and_a_line_goes_beside_it(core, settings):
    with pytest.raises(Refused) as raised:
        build(settings, Inline())
    assert raised.value.key == "refused.folder_in_use"
    aside = build_aside(settings, Inline())
    assert aside.settings.folder.parent == settings.folder
    aside.close()


def test_names_queues_commands_and_keys_are_at_hand(core):
    assert core.names("district", "320102") == "玄武区"
    assert core.commands.get("incident.accept").title == "受理"
    assert core.keys["F3"] == "incident.accept"
    assert "incident" in core.menus
    assert core.link().city_name == "南京市"


def test_possible_duplicates_are_given_with_their_reasons(core):
    core.sign_in("wang", PASSWORD).result()
    core.sync_once()
    one, other = create(core), create(core)
    assert [d.id for d in core.adviser.duplicates(one)] == [other]
    assert core.adviser.duplicates("none") == []


def test_small_things_of_the_seat_are_kept(core):
    core.keep("draft.x", b"1").result()
    assert (core.kept("draft.x"), core.kept_names("draft.")) == (b"1", ["draft.x"])
    core.drop("draft.x").result()
    assert core.kept("draft.x") is None


def test_what_the_centre_refuses_is_listed_and_let_go(core, centre):
    core.sign_in("wang", PASSWORD).result()
    core.sync_once()
    made = create(core)
    core.sync_once()
    caller = centre.caller("li")
    caller.do(_act("li", made, "accept"))
    core.run(f"作废 {made} 误报").result()
    core.sync_once()
    (refused,) = core.outbox()
    assert (refused.state, core.link().refused + core.link().conflicts) == (refused.state, 1)
    assert core.get("incident", made).state == "accepted"
    core.let_go(refused.act.id, "已受理").result()
    assert core.outbox() == []


def test_threads_bring_what_others_do(centre, settings, qtbot):
    core = build(settings, Threads())
    try:
        core.start()
        core.sign_in("wang", PASSWORD).result(20)
        caller = centre.caller("li")
        made = _birth(caller)
        qtbot.waitUntil(lambda: core.get("incident", made) is not None, timeout=20_000)
        qtbot.waitUntil(lambda: core.link().state == "up", timeout=20_000)
        core.run(f"受理 {made}").result(10)
        qtbot.waitUntil(lambda: core.link().waiting == 0, timeout=20_000)
    finally:
        core.close()


def _act(user, incident, verb):
    return act(user, step("incident", incident, verb))


def _birth(caller):
    made = birth(STREET)
    caller.do(act("li", made))
    return made.record


def test_locking_the_screen_is_a_step_off_line_too_and_the_centre_hears_of_it(core, centre):
    core.sign_in("wang", PASSWORD).result()
    core.sync_once()
    assert core.get("seat", "s1").state == "free"
    centre.stop()
    core.note_seat("lock").result()
    assert [w.act.steps[0].verb for w in core.outbox()] == ["occupy", "lock"]
    core.note_seat("occupy").result()
    assert core.get("seat", "s1").state == "taken"
    centre.start()
    core.sync_once()
    core.sync_once()
    assert core.outbox() == []
    assert [e.verb for e in core.history("seat", "s1")] == ["occupy", "lock", "occupy"]


def test_a_seat_without_a_record_is_locked_all_the_same(settings, centre):
    made = build(replace(settings, seat=""), Inline())
    made.sign_in("wang", PASSWORD).result()
    made.note_seat("lock").result()
    assert made.outbox() == []
    made.close()
