"""The stream: news at once, a sign of life, a bye at the end; pages are shared, not gathered."""

import asyncio
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import msgspec
import pytest
import requests
from sqlalchemy.exc import OperationalError

from console.base.work import Tasks
from console.central.sight import Sight
from console.central.stream import News, follow, poll
from console.domain.access import Access
from console.wire import LIVE, Page, Snapshot
from tests.centre_driver import PEOPLE, QINHUAI, XUANWU, act, birth

LEAD = PEOPLE["lead"]


def cursor(caller):
    first = caller.get("/sync/v1/snapshot").content.splitlines()[0]
    return msgspec.json.decode(first, type=Snapshot).next


class Events:
    """The events of a stream, read from the line."""

    def __init__(self, caller, place):
        self.answer = caller.http.get(
            f"{caller.running.url}/sync/v1/stream", params={"c": place}, stream=True, timeout=20
        )
        assert self.answer.headers["Content-Type"].startswith("text/event-stream")
        self.lines = self.answer.iter_lines()

    def __iter__(self):
        name = ""
        for line in self.lines:
            if line.startswith(b"event: "):
                name = line[7:].decode()
            elif line.startswith(b"data: "):
                yield name, line[6:]

    def close(self):
        self.answer.close()


def page_of(data):
    return msgspec.json.decode(data, type=Page)


def test_news_come_to_those_who_may_see_them_and_a_bookmark_to_all(call):
    who, other = call("xuanwu"), call("qinhuai")
    mine, theirs = Events(who, cursor(who)), Events(other, cursor(other))
    heard, silent = iter(mine), iter(theirs)
    assert next(heard)[0] == next(silent)[0] == "bookmark"
    made, later = birth(XUANWU), birth(QINHUAI)
    who.do(act("xuanwu", made))
    name, data = next(heard)
    assert (name, [p.id for p in page_of(data).puts]) == ("page", [made.record])
    other.do(act("qinhuai", later))
    name, data = next(silent)
    assert (name, [p.id for p in page_of(data).puts]) == ("page", [later.record])
    mine.close()
    theirs.close()


def test_a_stream_goes_on_where_the_cursor_stands_and_each_page_has_its_cursor(call):
    who = call("lead")
    place = cursor(who)
    ids = []
    for _ in range(3):
        ids.append(birth())
        who.do(act("lead", ids[-1]))
        following = Events(who, place)
        name, data = next(iter(following))
        assert (name, [p.id for p in page_of(data).puts]) == ("page", [ids[-1].record])
        place = page_of(data).next
        following.close()


def test_stopping_says_bye_and_leaves_nobody_waiting(running, call):
    who = call("lead")
    place = cursor(who)
    following = Events(who, place)
    events = iter(following)
    next(events)
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(
            who.running.caller("intake").get, "/sync/v1/changes", c=place, wait=25
        )
        threading.Event().wait(0.3)
        running.stop()
        assert next(events)[0] == "bye"
        assert list(events) == []
        assert page_of(waiting.result(5).content).puts == []
    following.close()


def test_a_reader_who_takes_nothing_is_not_gathered_for(running, call):
    who = call("lead")
    place = cursor(who)
    with socket.create_connection(("127.0.0.1", running.port)) as stuck:
        token = who.session.access_token
        head = f"GET /sync/v1/stream?c={place} HTTP/1.1\r\nHost: x\r\nX-Device: d1\r\n"
        stuck.sendall(f"{head}Authorization: Bearer {token}\r\n\r\n".encode())
        for _ in range(8):
            who.do(act("lead", *[birth(detail="长" * 5_000) for _ in range(5)]))
        fresh = Events(who, place)
        pages = [page_of(data) for name, data in islice(fresh, 3) if name == "page"]
        assert [(len(page.puts), page.more) for page in pages] == [(LIVE, True), (15, False)]
        fresh.close()


def alone(lite, job):
    """Run a coroutine with the news of a centre."""

    async def run():
        tasks = Tasks(failed=lambda error: None)
        news = News(lite.centre, tasks)
        news.start()
        try:
            return await job(news)
        finally:
            news.stop()
            await tasks.close()

    return asyncio.run(run())


def test_those_who_see_the_same_share_one_reading(lite, monkeypatch):
    centre = lite.centre
    centre.judge_acts([act("lead", birth())], Access(user="lead", roles=("intake",), scopes=("",)))
    read = []
    real = centre.page_at
    monkeypatch.setattr(centre, "page_at", lambda *a: read.append(1) or real(*a))

    async def job(news):
        everywhere, here = Sight.of(LEAD), Sight.of(PEOPLE["xuanwu"])
        asked = [news.page(0, everywhere) for _ in range(50)] + [news.page(0, here)]
        return await asyncio.gather(*asked)

    pages = alone(lite, job)
    assert len(read) == 2
    assert pages[0] is pages[49]


def test_a_poll_ends_empty_with_its_own_cursor_and_the_time_of_now(lite, clock):
    sight = Sight.of(LEAD)

    async def job(news):
        first = page_of(await poll(news, 0, sight, 1000, 0))
        clock.turn(60_000)
        return first, page_of(await poll(news, 0, sight, 1000, 0.05))

    first, second = alone(lite, job)
    assert first.next == second.next
    assert second.time - first.time == 60_000


def test_a_stream_ends_when_rights_change_and_when_the_session_is_over(lite):
    from console.central.faults import Fault  # noqa: PLC0415

    def ended():
        raise Fault(401, "session")

    async def job(news):
        last = []
        for still in (lambda: Sight.of(PEOPLE["qinhuai"]), ended):
            last += [event async for event in follow(news, 0, Sight.of(LEAD), still)]
        return last

    changed, over = alone(lite, job)
    assert changed == b'event: bye\ndata: {"error":"scope_changed"}\n\n'
    assert over == b'event: bye\ndata: {"error":"session"}\n\n'


def test_every_beat_has_a_bookmark(lite):
    async def job(news):
        heard = []
        async for event in follow(news, 0, Sight.of(LEAD), lambda: Sight.of(LEAD), beat_s=0.05):
            heard.append(event.split(b"\n")[0])
            if len(heard) == 3:
                break
        return heard

    assert alone(lite, job) == [b"event: bookmark"] * 3


def test_a_stream_outlives_its_access_token(running, call):
    who = call("lead")
    following = Events(who, cursor(who))
    events = iter(following)
    next(events)
    running.built.tokens.forget()
    made = birth()
    who.do(act("lead", made))
    assert [p.id for p in page_of(next(events)[1]).puts] == [made.record]
    following.close()


@pytest.mark.logs_trouble
def test_a_ledger_that_fails_under_a_stream_ends_it_and_it_can_be_taken_up_again(
    running, call, monkeypatch
):
    who = call("lead")
    place = cursor(who)
    following = Events(who, place)
    events = iter(following)
    next(events)

    def failing(*_args):
        raise OperationalError("SELECT", {}, Exception("disk I/O error"))

    with monkeypatch.context() as patch:
        patch.setattr(running.built.centre, "page_at", failing)
        made = birth()
        who.do(act("lead", made))
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            next(events)
    following.close()
    again = Events(who, place)
    assert [p.id for p in page_of(next(iter(again))[1]).puts] == [made.record]
    again.close()
