"""Writes run one after the other, followers are asked to stop, failed tasks are reported."""

import asyncio
import sys
import threading

import pytest

from console.base.work import SWITCH_S, Inline, Tasks, Threads


@pytest.fixture
def threads():
    made = Threads(callers=2)
    yield made
    made.close()


def test_no_thread_holds_python_for_long_while_another_waits(threads):
    assert sys.getswitchinterval() == pytest.approx(SWITCH_S)


def test_writes_run_in_order_on_one_thread_that_is_not_the_callers(threads):
    order: list[int] = []

    def write(n):
        order.append(n)
        return threading.get_ident()

    done = [threads.write(lambda n=n: write(n)) for n in range(50)]
    assert len({each.result(10) for each in done} | {threading.get_ident()}) == 2
    assert order == list(range(50))


def test_a_step_goes_before_the_writes_that_wait_and_keeps_its_place_among_steps(threads):
    go_on, order = threading.Event(), []
    threads.write(lambda: go_on.wait(30))
    done = [threads.write(lambda n=n: order.append(f"write {n}")) for n in range(2)]
    done += [threads.step(lambda n=n: order.append(f"step {n}")) for n in range(2)]
    go_on.set()
    for each in done:
        each.result(10)
    assert order == ["step 0", "step 1", "write 0", "write 1"]


def test_a_call_that_waits_holds_up_no_write(threads):
    go_on = threading.Event()
    waits = threads.call(lambda: go_on.wait(30))
    assert threads.write(lambda: "written").result(10) == "written"
    go_on.set()
    assert waits.result(10)


def test_what_is_raised_reaches_whoever_asks_for_the_result(threads):
    for where in (threads.write, threads.step, threads.call, Inline().step, Inline().call):
        with pytest.raises(ZeroDivisionError):
            where(lambda: 1 // 0).result(10)


def test_closing_lets_the_writer_finish_and_asks_followers_to_stop():
    threads, seen = Threads(), []
    threads.follow("follower", lambda stopping: seen.append(stopping.wait(30)))
    threads.write(lambda: seen.append("written"))
    threads.close()
    assert sorted(map(str, seen)) == ["True", "written"]


def test_a_call_that_comes_after_the_end_is_cancelled_and_breaks_nothing():
    work = Threads()
    work.close()
    assert work.call(lambda: 1).cancelled()


@pytest.mark.logs_trouble
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_follower_that_dies_is_logged(threads, caplog):
    threads.follow("dying", lambda _: 1 // 0)
    threads.close()
    assert "ended by an error" in caplog.text


def test_without_threads_there_is_no_follower():
    with pytest.raises(AssertionError, match="feed"):
        Inline().follow("feed", lambda _: None)


def test_a_task_that_fails_is_reported_and_one_that_is_cancelled_is_not():
    failed: list[BaseException] = []

    async def fails():
        raise ValueError("why")

    async def main():
        tasks = Tasks(failed.append)
        tasks.spawn(fails())
        tasks.spawn(asyncio.Event().wait())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await tasks.close()

    asyncio.run(main())
    assert [str(error) for error in failed] == ["why"]
