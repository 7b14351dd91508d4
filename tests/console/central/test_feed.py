"""The feed: whole, in order, without gaps, each record once a page, and leaves for what goes."""

import random

import msgspec
import pytest

from console.base.ids import new_id
from console.central.sight import Sight
from console.wire import record_of
from tests.centre_driver import PEOPLE, QINHUAI, STREET, XUANWU, act, birth, step

LEAD, DISPATCHER, DISTRICT, OTHER = (
    PEOPLE[name] for name in ("lead", "dispatcher", "xuanwu", "qinhuai")
)


def start(centre, access):
    return centre.snapshot(access)[0].next


def do(centre, *steps):
    verdict = centre.judge_acts([act("dispatcher", *steps)], DISPATCHER).verdicts[0]
    assert verdict.verdict == "applied", verdict
    return verdict


class Cache:
    """A seat's cache, as the protocol asks for it: newer puts only, leaves erase."""

    def __init__(self, centre, access):
        self.centre, self.access = centre, access
        head, puts = centre.snapshot(access)
        self.held = {(p.kind, p.id): p for p in puts}
        assert len(self.held) == head.rows
        self.cursor, self.acts = head.next, []

    def pull(self, limit=100):
        page = self.centre.page(self.cursor, self.access, limit)
        for put in page.puts:
            held = self.held.get((put.kind, put.id))
            if held is None or held.version < put.version:
                self.held[put.kind, put.id] = put
        for leave in page.leaves:
            self.held.pop((leave.kind, leave.id), None)
        self.acts += page.acts
        self.cursor = page.next
        return page

    def shown(self):
        return {key: bytes(put.body) for key, put in self.held.items()}


def whole(centre, access):
    return {(p.kind, p.id): bytes(p.body) for p in centre.snapshot(access)[1]}


def test_a_page_holds_each_record_once_as_it_is_now_and_every_entry(centre):
    cursor = start(centre, LEAD)
    made = birth()
    do(centre, made)
    do(centre, step("incident", made.record, "accept"))
    page = centre.page(cursor, LEAD)
    assert [p.version for p in page.puts] == [2]
    assert [e.verb for e in page.entries] == ["create", "accept"]
    assert len(page.acts) == 2
    assert page.head == 2
    assert not page.more
    after = centre.page(page.next, LEAD)
    assert (after.puts, after.entries, after.acts, after.next) == ([], [], [], page.next)


def test_bodies_are_passed_on_as_they_lie(centre):
    made = birth(title='引号"与换行\n')
    put = do(centre, made).puts[0]
    cursor = start(centre, LEAD)
    do(centre, step("incident", made.record, "note", note="x"))
    assert record_of("incident", put.body).title == '引号"与换行\n'
    body = bytes(centre.page(cursor, LEAD).puts[0].body)
    assert body == whole(centre, LEAD)["incident", made.record]


@pytest.mark.parametrize("limit", [100, 25, 1])
def test_pages_never_cut_an_act_in_two(centre, limit):
    cursor = start(centre, LEAD)
    for _ in range(3):
        do(centre, *[birth() for _ in range(60)])
    pages = []
    while not pages or pages[-1].more:
        pages.append(centre.page(cursor, LEAD, limit=limit))
        cursor = pages[-1].next
    assert [len(p.puts) for p in pages] == [60, 60, 60]
    assert [len(p.acts) for p in pages] == [1, 1, 1]


def test_what_moves_out_of_sight_leaves_and_what_moves_in_comes(centre):
    made = birth(XUANWU)
    do(centre, made)
    here, there = Cache(centre, DISTRICT), Cache(centre, OTHER)
    do(centre, step("incident", made.record, "relocate", scope=QINHUAI))
    gone, come = here.pull(), there.pull()
    assert [(x.kind, x.id) for x in gone.leaves] == [("incident", made.record)]
    assert gone.puts == gone.entries == []
    assert [p.id for p in come.puts] == [made.record]
    assert gone.acts == come.acts


def test_what_left_and_came_back_within_a_page_is_just_there(centre):
    made = birth(XUANWU)
    do(centre, made)
    here, there = Cache(centre, DISTRICT), Cache(centre, OTHER)
    for scope in (QINHUAI, XUANWU):
        do(centre, step("incident", made.record, "relocate", scope=scope))
    assert here.pull().leaves == []
    assert there.pull().puts == []
    assert here.shown() == whole(centre, DISTRICT)


def test_a_department_sees_an_incident_for_as_long_as_it_takes_part(centre):
    made = birth(XUANWU)
    do(centre, made, step("incident", made.record, "accept"))
    liaison = Cache(centre, PEOPLE["cgj"])
    do(centre, step("incident", made.record, "assist", dept="cgj"))
    assert [p.id for p in liaison.pull().puts] == [made.record]
    do(centre, step("incident", made.record, "unassist", dept="cgj"))
    assert [x.id for x in liaison.pull().leaves] == [made.record]
    assert liaison.shown() == {}


def test_nothing_of_other_districts_is_in_a_page_nor_how_much_there_was(centre):
    cache = Cache(centre, OTHER)
    do(centre, *[birth(XUANWU) for _ in range(20)])
    page = cache.pull()
    assert (page.puts, page.leaves, page.entries, page.acts) == ([], [], [], [])
    assert page.next != ""


def test_any_cache_that_follows_the_feed_is_the_snapshot(centre):
    dice = random.Random(7)
    caches = [Cache(centre, PEOPLE[n]) for n in ("lead", "xuanwu", "qinhuai", "street", "cgj")]
    ids: list[str] = []
    for turn in range(60):
        if turn % 3 == 0 or not ids:
            ids.append(new_id())
            do(centre, birth(dice.choice([XUANWU, QINHUAI, STREET]), ids[-1]))
        elif turn % 3 == 1:
            scope = dice.choice([XUANWU, QINHUAI, STREET])
            do(centre, step("incident", dice.choice(ids), "relocate", scope=scope))
        else:
            do(centre, step("incident", dice.choice(ids), "note", note=str(turn)))
        for cache in dice.sample(caches, 2):
            cache.pull()
    for cache in caches:
        while cache.pull().more:
            pass
        assert cache.shown() == whole(centre, cache.access)


def test_a_snapshot_is_of_one_moment_whatever_is_written_meanwhile(centre):
    for _ in range(3):
        do(centre, *[birth() for _ in range(90)])
    head, puts = centre.snapshot(LEAD)
    first = next(puts)
    do(centre, birth(), step("incident", first.id, "note", note="x"))
    assert 1 + len(list(puts)) == head.rows == 270
    page = centre.page(head.next, LEAD)
    assert len(page.puts) == 2


def test_a_snapshot_that_is_not_read_to_its_end_holds_nothing_open(centre):
    do(centre, birth())
    _, puts = centre.snapshot(LEAD)
    next(puts)
    puts.close()
    assert centre.ledger.engine.pool.checkedout() == 0


def test_people_who_see_the_same_share_a_sight(centre):
    here = msgspec.structs.replace(DISTRICT, user="another", roles=("intake",))
    assert Sight.of(here).mark == Sight.of(DISTRICT).mark
    assert centre.page(start(centre, DISTRICT), here).puts == []
