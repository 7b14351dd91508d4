"""A seat takes every uncaught error, keeps a person's choice of look, and ends in order."""

import asyncio
import signal
import sys
import threading

import pytest
import qasync

from console.app import build
from console.base.errors import Refused
from console.base.settings import Settings
from console.base.text import LANGUAGES, TEXTS, speak
from console.base.work import Threads
from ui.app import CoreNames, Seat, Start, _chosen, _take_errors, run


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(
        centre="http://127.0.0.1:9", data=str(tmp_path), lock_minutes=0, sound=False,
        log_level="ERROR",
    )  # fmt: skip


@pytest.fixture
def hooks(monkeypatch):
    """Put back what a running seat hooks into."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)
    speak(LANGUAGES[0])


def test_a_seat_runs_until_it_is_closed(settings, hooks, qapp):
    async def job(seat: Seat) -> int:
        await seat.open()
        assert seat.frame.isVisible()
        seat.frame.close()
        await seat.closed()
        assert seat.frame.isVisible()
        return 7

    assert run(Start(settings), job) == 7


def test_a_held_folder_is_refused_before_a_window_comes_up(settings, hooks, qapp):
    core = build(settings, Threads())
    with pytest.raises(Refused):
        run(Start(settings))
    core.close()


@pytest.mark.logs_trouble
def test_uncaught_errors_of_threads_loop_and_slots_are_told(seat, hooks, qapp, qtbot):
    from ui.kit.notices import Notices  # noqa: PLC0415

    notices = Notices(seat.core.clock.now)
    loop = qasync.QEventLoop(qapp)
    _take_errors(notices, loop)
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    loop.call_exception_handler({"message": "x", "exception": KeyError("k")})
    error = ValueError("slot")
    sys.excepthook(type(error), error, None)
    qtbot.waitUntil(lambda: len(notices.kept) == 1)
    assert "ValueError" in notices.kept[-1].words
    loop.close()
    asyncio.set_event_loop(None)


def test_a_kept_look_is_worn_unless_another_is_asked_for(seat):
    seat.core.keep("look/theme", b"day").result()
    known = ("night", "day")
    assert _chosen(seat.core, Start(seat.core.settings), "theme", known) == "day"
    asked = Start(seat.core.settings, chosen=frozenset(("theme",)))
    assert _chosen(seat.core, asked, "theme", known) == "night"
    seat.core.keep("look/theme", b"pink").result()
    assert _chosen(seat.core, Start(seat.core.settings), "theme", known) == "night"


def test_tables_ask_the_core_for_names(seat):
    names = CoreNames(seat.core)
    assert names.name("department", "cgj") == names.name("dept", "cgj") != ""
    assert TEXTS.language == LANGUAGES[0]
