"""A feed fills a table whole once, then follows what changes; what comes late is not lost."""

from concurrent.futures import Future

from console.domain.changes import Changes
from console.domain.query import parse_query
from console.domain.rows import SHAPES
from ui.models import columns
from ui.models.queue import MANY, QueueFeed, timed
from ui.models.table import RowTable


class Later:
    """Work that is done when the test says so."""

    def __init__(self) -> None:
        self.jobs = []

    def call(self, job):
        future: Future = Future()
        self.jobs.append((job, future))
        return future

    def do(self) -> None:
        for job, future in self.jobs[:]:
            self.jobs.remove((job, future))
            future.set_result(job())


class Asked:
    """A core that notes what it is asked for, before it passes it on."""

    def __init__(self, core) -> None:
        self._core = core
        self.clock = core.clock
        self.work = Later()
        self.asked = []

    def find(self, query, ids=None):
        self.asked.append(ids)
        return self._core.find(query, ids)


def feed(seat, outfit, line=""):
    core = Asked(seat.core)
    shown = columns.read().columns_of("incident")
    table = RowTable(SHAPES["incident"], shown, outfit.setting)
    failed = []
    return core, QueueFeed(core, table, parse_query("incident", line), failed.append), failed


def settle(core, qtbot) -> None:
    core.work.do()
    qtbot.wait(1)


def test_a_queue_is_filled_whole_and_then_only_asked_of_what_changed(seat, outfit, qtbot):
    core, queue, _ = feed(seat, outfit)
    queue.ask()
    settle(core, qtbot)
    assert queue.table.total == 4
    queue.refresh(Changes(frozenset({("incident", "i1")})))
    queue.refresh(Changes(frozenset({("task", "t1")})))
    settle(core, qtbot)
    assert core.asked == [None, frozenset({"i1"})]


def test_a_row_that_no_longer_meets_the_query_leaves(seat, outfit, qtbot):
    core, queue, _ = feed(seat, outfit, "state:accepted")
    queue.ask()
    settle(core, qtbot)
    assert queue.table.total == 1
    done = seat.core.run("incident.dispatch i4 cgj").result()
    queue.refresh(done.changes)
    settle(core, qtbot)
    assert queue.table.total == 0


def test_what_changes_while_an_answer_is_under_way_is_asked_for_next(seat, outfit, qtbot):
    core, queue, _ = feed(seat, outfit)
    queue.ask()
    queue.refresh(Changes(frozenset({("incident", "i1")})))
    queue.refresh(Changes(frozenset({("incident", "i2")})))
    assert len(core.work.jobs) == 1
    settle(core, qtbot)
    settle(core, qtbot)
    assert core.asked == [None, frozenset({"i1", "i2"})]


def test_very_many_changes_are_one_whole_question(seat, outfit, qtbot):
    core, queue, _ = feed(seat, outfit)
    touched = frozenset(("incident", f"x{n}") for n in range(MANY + 1))
    queue.refresh(Changes(touched))
    settle(core, qtbot)
    assert core.asked == [None]


def test_another_query_throws_an_answer_to_the_first_away(seat, outfit, qtbot):
    core, queue, _ = feed(seat, outfit)
    queue.ask()
    queue.ask(parse_query("incident", "state:accepted"))
    settle(core, qtbot)
    assert queue.table.total == 0
    settle(core, qtbot)
    assert queue.table.total == 1


def test_a_failure_is_told_and_the_next_news_asks_again(seat, outfit, qtbot):
    core, queue, failed = feed(seat, outfit)
    stood = []
    queue.stood.connect(stood.append)
    queue.ask()
    core.work.jobs.pop()[1].set_exception(OSError("disk"))
    qtbot.wait(1)
    assert stood == ["loading", "failed"]
    assert [str(error) for error in failed] == ["disk"]
    queue.refresh(Changes(everything=True))
    settle(core, qtbot)
    assert queue.table.total == 4


def test_a_closed_feed_takes_nothing_more(seat, outfit, qtbot):
    core, queue, _ = feed(seat, outfit)
    queue.ask()
    queue.close()
    settle(core, qtbot)
    queue.again()
    assert queue.table.total == 0
    assert core.work.jobs == []


def test_only_queries_about_now_are_changed_by_time():
    assert timed(parse_query("incident", "due<@now+2h"))
    assert not timed(parse_query("incident", "state:reported"))


def test_a_pointer_over_an_empty_table_does_not_keep_its_first_rows_away(seat, outfit, qtbot):
    core, queue, _ = feed(seat, outfit)
    queue.table.hold("pointer")
    queue.ask()
    settle(core, qtbot)
    assert queue.table.rowCount() == 4
