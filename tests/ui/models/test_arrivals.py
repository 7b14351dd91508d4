"""What is there at the start has not arrived; what comes later has, once."""

from console.domain.changes import Changes
from console.domain.query import parse_query
from ui.models.arrivals import Arrivals, severe

NEWS = Changes(frozenset({("incident", "n1")}))


def watch(seat, qtbot):
    feed = Arrivals(seat.core, parse_query("incident", "state:reported"), print)
    came = []
    feed.came.connect(came.append)
    with qtbot.waitSignal(feed.stood):
        feed.ask()
    qtbot.wait(2)
    return feed, came


def arrive(seat, level="routine") -> None:
    seat.town.did(
        "liu", 0, ("incident", "n1", "create", {"title": "新", "scope": "320102", "level": level})
    )
    seat.hears(seat.town.records["incident", "n1"])


def test_what_was_there_before_is_not_announced(seat, qtbot):
    _, came = watch(seat, qtbot)
    assert came == []


def test_what_comes_is_announced_once(seat, qtbot):
    feed, came = watch(seat, qtbot)
    arrive(seat)
    feed.refresh(NEWS)
    qtbot.waitUntil(lambda: len(came) == 1)
    feed.refresh(NEWS)
    qtbot.wait(5)
    assert [[row[0] for row in rows] for rows in came] == [["n1"]]


def test_a_cache_made_anew_is_no_arrival(seat, qtbot):
    feed, came = watch(seat, qtbot)
    arrive(seat)
    feed.refresh(Changes(everything=True))
    qtbot.wait(5)
    assert came == []


def test_news_before_the_first_whole_look_make_nothing_new(seat, qtbot):
    feed = Arrivals(seat.core, parse_query("incident", "state:reported"), print)
    came = []
    feed.came.connect(came.append)
    arrive(seat)
    feed.refresh(NEWS)
    qtbot.wait(5)
    feed.ask()
    qtbot.wait(5)
    assert came == []


def test_only_levels_one_and_two_are_severe(seat, qtbot):
    feed, came = watch(seat, qtbot)
    arrive(seat, "II")
    feed.refresh(NEWS)
    qtbot.waitUntil(lambda: len(came) == 1)
    assert len(severe(came[0])) == 1
