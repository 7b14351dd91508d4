"""Group commit: what comes in while the judge is busy is judged together, each answered its own."""

import asyncio

import pytest

from console.base.work import Tasks
from console.central.group import Group
from tests.centre_driver import PEOPLE, act, birth


def run(lite, job):
    async def alone():
        tasks = Tasks(failed=lambda error: None)
        try:
            return await job(Group(lite.centre, tasks))
        finally:
            await tasks.close()

    return asyncio.run(alone())


def test_many_requests_share_a_transaction_and_each_hears_of_its_own(lite, monkeypatch):
    sizes = []
    real = lite.centre.judge_all
    monkeypatch.setattr(
        lite.centre, "judge_all", lambda posts: sizes.append(len(posts)) or real(posts)
    )
    made = [act("lead", birth()) for _ in range(100)]

    async def job(group):
        return await asyncio.gather(*(group.judge([a], PEOPLE["lead"]) for a in made))

    answers = run(lite, job)
    assert [a.verdicts[0].id for a in answers] == [a.id for a in made]
    assert {a.verdicts[0].verdict for a in answers} == {"applied"}
    assert sum(sizes) == 100
    assert len(sizes) <= 4


def test_who_asks_and_goes_away_stops_nobody(lite):
    made = [act("lead", birth()) for _ in range(3)]

    async def job(group):
        asked = [asyncio.ensure_future(group.judge([a], PEOPLE["lead"])) for a in made]
        await asyncio.sleep(0)
        asked[1].cancel()
        return await asyncio.gather(*asked, return_exceptions=True)

    answers = run(lite, job)
    assert isinstance(answers[1], asyncio.CancelledError)
    assert lite.centre.head == 3


def test_a_failure_is_told_to_all_and_the_next_go_on(lite, monkeypatch):
    async def job(group):
        with monkeypatch.context() as patch:
            patch.setattr(lite.centre, "judge_all", lambda _: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                await group.judge([], PEOPLE["lead"])
        return await group.judge([act("lead", birth())], PEOPLE["lead"])

    assert run(lite, job).verdicts[0].verdict == "applied"
