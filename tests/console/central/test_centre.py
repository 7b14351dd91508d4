"""The centre judges each act once, all or none, one after the other, whoever sends it how often."""

from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from console.base.errors import Gone, Refused
from console.base.ids import new_id
from console.central.build import build
from console.domain.access import Access, system
from console.wire import APPLIED, CONFLICT, HELD, REFUSED, Put, fingerprint, record_of
from tests.centre_driver import PEOPLE, QINHUAI, XUANWU, act, birth, step

LEAD, DISPATCHER = PEOPLE["lead"], PEOPLE["dispatcher"]


def one(centre, made, user="dispatcher"):
    return centre.judge_acts([made], PEOPLE[user]).verdicts[0]


def accepted(centre):
    """Give the case of an incident that was accepted."""
    made = birth()
    assert one(centre, act("dispatcher", made)).verdict == APPLIED
    taken = step("incident", made.record, "accept", 1)
    assert one(centre, act("dispatcher", taken)).verdict == APPLIED
    return made.record


def test_an_act_that_is_sent_twice_takes_effect_once_and_is_answered_alike(centre):
    made = act("dispatcher", birth())
    first, again = one(centre, made), one(centre, made)
    assert (first.verdict, first.pos) == (again.verdict, again.pos) == (APPLIED, 1)
    assert centre.head == 1
    assert len(centre.history("incident", made.steps[0].record, DISPATCHER).entries) == 1


def test_an_act_that_is_twice_in_one_request_takes_effect_once(centre):
    made = act("dispatcher", birth())
    verdicts = centre.judge_acts([made, made], DISPATCHER).verdicts
    assert [v.verdict for v in verdicts] == [APPLIED, APPLIED]
    assert centre.head == 1


def test_a_refusal_stands_even_when_the_act_would_be_allowed_by_now(centre):
    made = birth()
    early = act("dispatcher", step("incident", made.record, "accept"))
    assert one(centre, early).key == "refused.unknown"
    one(centre, act("dispatcher", made))
    assert one(centre, early).verdict == REFUSED
    assert centre.get("incident", made.record).state == "reported"


def test_an_id_that_comes_with_another_body_is_refused(centre):
    made = act("dispatcher", birth())
    one(centre, made)
    other = msgspec.structs.replace(made, steps=(birth(title="别的"),))
    assert one(centre, other).key == "refused.id_reuse"
    assert centre.head == 1


def test_the_order_of_arguments_is_no_other_body(centre):
    made = act("dispatcher", birth())
    one(centre, made)
    args = dict(reversed(made.steps[0].args.items()))
    turned = msgspec.structs.replace(made.steps[0], args=args)
    assert one(centre, msgspec.structs.replace(made, steps=(turned,))).verdict == APPLIED


def test_nobody_sends_in_the_name_of_another_and_the_act_stays_sendable(centre):
    made = act("dispatcher", birth())
    verdict = one(centre, made, "intake")
    assert (verdict.verdict, verdict.key, verdict.puts) == (HELD, "refused.by", [])
    assert one(centre, made, "dispatcher").verdict == APPLIED
    assert one(centre, made, "intake").verdict == HELD


def test_an_act_is_taken_whole_or_not_at_all(centre):
    made = birth()
    wrong = step("incident", made.record, "close")
    verdict = one(centre, act("dispatcher", made, wrong))
    assert (verdict.verdict, verdict.key) == (REFUSED, "refused.state")
    assert centre.get("incident", made.record) is None
    assert centre.head == 0


def test_a_conflict_is_told_as_one_with_the_record_as_it_is_now(centre):
    case = accepted(centre)
    one(centre, act("dispatcher", step("incident", case, "dispatch", 2, lead="cgj")))
    stale = act(
        "lead", step("incident", case, "amend", 2, changes={"title": {"from": "x", "to": "y"}})
    )
    verdict = one(centre, stale, "lead")
    assert (verdict.verdict, verdict.key) == (CONFLICT, "conflict.field")
    assert record_of("incident", verdict.puts[0].body).state == "dispatched"


def test_what_the_seat_was_told_was_done_is_never_just_refused(centre):
    lost = act("dispatcher", step("incident", new_id(), "accept"), was=APPLIED)
    assert one(centre, lost).verdict == CONFLICT


def test_a_unit_is_sent_to_one_incident_however_many_send_it_at_once(centre):
    unit = new_id()
    enrol = step("unit", unit, "enrol", scope=XUANWU, call_sign="城管一号", dept="cgj")
    centre.load([act("system", enrol, step("unit", unit, "ready"))], system())
    incidents = [accepted(centre) for _ in range(8)]

    def send(case):
        sent = step("incident", case, "dispatch", 2, lead="cgj")
        task = step("task", new_id(), "issue", incident=case, scope=XUANWU, dept="cgj", unit=unit)
        return one(centre, act("dispatcher", sent, task))

    with ThreadPoolExecutor(8) as many:
        verdicts = list(many.map(send, incidents))
    assert sorted(v.verdict for v in verdicts) == [APPLIED] + [REFUSED] * 7
    assert {v.key for v in verdicts if v.key} == {"refused.unit_busy"}
    states = [centre.get("incident", case).state for case in incidents]
    assert sorted(states) == ["accepted"] * 7 + ["dispatched"]


def test_two_processes_on_one_postgresql_judge_one_after_the_other(fresh_postgres_url, clock):
    sides = [build(fresh_postgres_url, clock).centre for _ in range(2)]
    made = [act("dispatcher", birth()) for _ in range(40)]

    def judge(n):
        return one(sides[n % 2], made[n // 2])

    with ThreadPoolExecutor(6) as many:
        verdicts = list(many.map(judge, range(80)))
    assert {v.verdict for v in verdicts} == {APPLIED}
    assert sorted({v.pos for v in verdicts}) == list(range(1, 41))
    numbers = {sides[0].get("incident", a.steps[0].record).no for a in made}
    assert len(numbers) == 40
    assert len({side.epoch for side in sides}) == 1
    for side in sides:
        side.ledger.close()


def test_numbers_are_district_day_and_serial_in_the_zone_of_the_city(centre, clock):
    clock.set_wall(1_767_196_799_000)  # 2025-12-31 23:59:59 in Nanjing, 15:59:59 UTC
    first, second = birth(), birth(QINHUAI)
    one(centre, act("dispatcher", first, second))
    clock.turn(1_000)
    third, fourth = birth(), birth()
    one(centre, act("dispatcher", third, fourth))
    numbers = [centre.get("incident", b.record).no for b in (first, second, third, fourth)]
    assert numbers == [
        "32010220251231000001", "32010420251231000001", "32010220260101000001",
        "32010220260101000002",
    ]  # fmt: skip


def test_an_act_takes_effect_when_it_was_made_but_never_in_the_future_or_before_its_record(
    centre, clock
):
    now = clock.now()
    made = birth()
    one(centre, act("dispatcher", made, at=now - 60_000))
    assert centre.get("incident", made.record).updated_at == now - 60_000
    one(centre, act("dispatcher", step("incident", made.record, "accept"), at=now - 90_000))
    assert centre.get("incident", made.record).updated_at == now - 60_000
    one(
        centre, act("dispatcher", step("incident", made.record, "note", note="x"), at=now + 999_999)
    )
    one(centre, act("dispatcher", step("incident", made.record, "note", note="y"), at=1))
    entries = centre.history("incident", made.record, DISPATCHER).entries
    assert [e.at for e in entries] == [now - 60_000, now - 60_000, now, now]
    assert [e.trouble for e in entries] == ["", "", "ahead", "ages"]


def test_entries_are_numbered_without_holes_with_every_state_between(centre):
    made = birth()
    path = [
        step("incident", made.record, "accept"),
        step("incident", made.record, "note", note="n"),
    ]
    one(centre, act("dispatcher", made, *path))
    entries = centre.history("incident", made.record, DISPATCHER).entries
    assert [(e.n, e.verb, e.state) for e in entries] == [
        (1, "create", "reported"), (2, "accept", "accepted"), (3, "note", "accepted"),
    ]  # fmt: skip
    assert centre.get("incident", made.record).version == 3


@pytest.mark.parametrize(
    "broken",
    [
        act("dispatcher"),
        act("dispatcher", *[birth() for _ in range(101)]),
        act("dispatcher", birth(), id="with space"),
        act("dispatcher", birth(id="a\0b")),
        act("dispatcher", birth(), at=1 << 70),
        act("dispatcher", birth(scope="320102\0")),
        act("dispatcher", birth(scope="x" * 200)),
    ],
    ids=["empty", "long", "id", "record", "instant", "nul", "scope"],
)
def test_an_act_that_cannot_be_kept_is_refused_and_stops_nobody_else(centre, broken):
    good = act("dispatcher", birth())
    verdicts = centre.judge_acts([broken, good], DISPATCHER).verdicts
    assert [v.verdict for v in verdicts] == [REFUSED, APPLIED]
    assert centre.head == 1


@pytest.mark.logs_trouble
def test_an_act_that_our_own_code_fails_at_is_held_and_stops_nobody_else(lite, monkeypatch):
    centre, judge = lite.centre, lite.centre.judge
    real = judge.trace

    def failing(made, *rest):
        if made.line == "fail":
            raise ZeroDivisionError
        return real(made, *rest)

    monkeypatch.setattr(judge, "trace", failing)
    acts = [act("dispatcher", birth(), line="fail"), act("dispatcher", birth())]
    verdicts = centre.judge_acts(acts, DISPATCHER).verdicts
    assert [(v.verdict, v.key) for v in verdicts] == [(HELD, "refused.fault"), (APPLIED, "")]


def test_loading_backdates_and_passes_over_what_is_already_there(centre, clock):
    made = [act("import", birth(), at=clock.now() - 86_400_000 * n) for n in range(1, 4)]
    who = Access(user="import", roles=("intake",), scopes=("",))
    heard: list[int] = []
    first = centre.load(iter(made), who, heard.append)
    again = centre.load(iter(made), lambda _: who)
    assert [v.verdict for v in first + again] == [APPLIED] * 6
    assert heard == [3]
    assert centre.head == 3
    assert centre.get("incident", made[2].steps[0].record).updated_at == made[2].at


def test_terms_that_come_with_records_become_part_of_the_place(centre):
    assert "440310" not in centre.place.city.districts
    term = step("term", "d1", "define", scope="*", of="district", code="440310", name="坪山区")
    centre.load([act("system", term)], system())
    assert centre.place.city.districts["440310"].name == "坪山区"


def test_a_database_that_begins_anew_is_another_epoch(tmp_path, clock):
    first, second = (build(tmp_path / name, clock) for name in ("a", "b"))
    cursor = first.centre.snapshot(LEAD)[0].next
    assert first.centre.epoch != second.centre.epoch
    with pytest.raises(Gone) as gone:
        second.centre.page(cursor, LEAD)
    assert gone.value.why == "epoch"
    first.close()
    again = build(tmp_path / "a", clock)
    assert again.centre.page(cursor, LEAD).puts == []
    again.close()
    second.close()


def test_the_history_of_an_incident_holds_its_tasks_and_reports(centre):
    case, report, task = accepted(centre), new_id(), new_id()
    facts = {"scope": XUANWU, "source": "hotline", "words": "路灯不亮"}
    one(centre, act("dispatcher", step("report", report, "receive", **facts),
        step("report", report, "attach", incident=case)))  # fmt: skip
    one(centre, act("dispatcher", step("incident", case, "dispatch", 2, lead="cgj"),
        step("task", task, "issue", incident=case, scope=XUANWU, dept="cgj")))  # fmt: skip
    entries = centre.history("incident", case, DISPATCHER).entries
    assert [(e.kind, e.verb) for e in entries] == [
        ("incident", "create"), ("incident", "accept"), ("report", "attach"),
        ("incident", "dispatch"), ("task", "issue"),
    ]  # fmt: skip
    assert len(centre.history("report", report, DISPATCHER).entries) == 2
    with pytest.raises(Refused):
        centre.history("incident", new_id(), DISPATCHER)


def test_the_digest_is_that_of_the_records_in_the_snapshot(centre):
    for _ in range(5):
        accepted(centre)
    puts: list[Put] = list(centre.snapshot(DISPATCHER)[1])
    found = centre.digest(DISPATCHER)
    assert found.counts == {"incident": 5}
    assert found.sums == {"incident": sum(fingerprint(p.id, p.version) for p in puts)}


def test_waiting_for_news_ends_with_the_next_act(centre):
    with ThreadPoolExecutor(1) as other:
        heard = other.submit(centre.wait_for_news, centre.head, 20)
        one(centre, act("dispatcher", birth()))
        assert heard.result(20) == 1
    assert centre.wait_for_news(1, 0) == 1
