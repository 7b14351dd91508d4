"""Judges together what comes in while the judge is busy: one write to disk for many requests."""

import asyncio
from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool

from console.base.work import Tasks
from console.central.centre import Centre
from console.domain.access import Access
from console.domain.record import Act
from console.wire import Verdicts

MOST = 64
"""The most requests in one transaction."""


class Group:
    """Gathers the requests of one event loop."""

    def __init__(self, centre: Centre, tasks: Tasks) -> None:
        self._centre = centre
        self._tasks = tasks
        self._waiting: list[tuple[Sequence[Act], Access, asyncio.Future[Verdicts]]] = []
        self._busy = False

    async def judge(self, acts: Sequence[Act], actor: Access) -> Verdicts:
        """Have acts judged; whoever asks may go away, the acts are judged all the same."""
        answer: asyncio.Future[Verdicts] = asyncio.get_running_loop().create_future()
        self._waiting.append((acts, actor, answer))
        if not self._busy:
            self._busy = True
            self._tasks.spawn(self._drain())
        return await answer

    async def _drain(self) -> None:
        try:
            while self._waiting:
                some, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._judge(some)
        finally:
            self._busy = False

    async def _judge(
        self, some: Sequence[tuple[Sequence[Act], Access, asyncio.Future[Verdicts]]]
    ) -> None:
        posts = [(acts, actor) for acts, actor, _ in some]
        try:
            found = await run_in_threadpool(self._centre.judge_all, posts)
        except Exception as error:  # noqa: BLE001 - handed on to everybody who asked
            for _, _, answer in some:
                if not answer.done():
                    answer.set_exception(error)
            return
        for (_, _, answer), verdicts in zip(some, found, strict=True):
            if not answer.done():
                answer.set_result(verdicts)
