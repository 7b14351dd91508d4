"""A seat with its screen opens without a centre, says what went wrong in it, and ends whole."""

import asyncio
import signal

import pytest

from console.base.errors import Refused
from console.base.settings import Settings
from tests.ui.programs import borrowed
from ui import app
from ui.app import Start


@pytest.fixture
def start(tmp_path, qapp):
    with borrowed(qapp):
        yield Start(
            Settings(
                centre="http://127.0.0.1:9", data=str(tmp_path / "desk"), lock_minutes=0,
                sound=False, log_level="ERROR", theme="day", language="en",
            )
        )  # fmt: skip


def test_it_runs_until_somebody_closes_the_window(start):
    shown = []

    async def job(seat):
        asyncio.get_running_loop().call_later(0.2, seat.frame.close)
        status = await app.live(seat)
        shown.append(seat.frame.windowTitle())
        return status

    assert app.run(start, job) == 0
    assert shown == ["Chengyun"] or shown[0]


def test_a_signal_to_end_ends_it_whole(start):
    async def job(seat):
        asyncio.get_running_loop().call_later(0.2, signal.raise_signal, signal.SIGTERM)
        return await app.live(seat)

    assert app.run(start, job) == 0


def test_without_a_centre_nobody_new_signs_in_and_it_is_said(start):
    async def job(seat):
        await seat.open()
        assert not await seat.sign_in("wang", "secret-word")
        assert seat.frame.sign_in.said.text()
        assert not seat.frame.seated
        return 0

    assert app.run(start, job) == 0


@pytest.mark.logs_trouble
def test_what_nobody_caught_is_told_and_the_work_goes_on(start):
    async def job(seat):
        await seat.open()
        before = len(seat.notices.kept)
        seat.tasks.spawn(_fails())
        asyncio.get_running_loop().call_soon(lambda: 1 // 0)
        await asyncio.sleep(0.2)
        assert len(seat.notices.kept) > before
        return 7

    assert app.run(start, job) == 7


async def _fails():
    raise KeyError("lost")


def test_a_second_program_on_the_same_folder_is_refused(start):
    async def job(seat):
        with pytest.raises(Refused):
            app.build(start.settings, app.Threads())
        return 0

    assert app.run(start, job) == 0
