"""Pages take turns; an alarm takes the display over, says why, and gives it back by itself."""

from itertools import pairwise

from ui.models.rotation import HOLD, LEAST, MINUTE, SECOND, Alarm, Rotation

PAGES = [("vitals", 30), ("hotline", 20), ("water", 30)]


def alarm(severity="I", at=0, page="water", key="a"):
    return Alarm(key, page, severity, at, "为什么")


def run(rotation, until, alarms=(), start=0):
    """Give what stood each second."""
    return [rotation.step(now, alarms).page for now in range(start, until, SECOND)]


def test_each_page_stands_its_time():
    shown = run(Rotation(PAGES, 0), 80 * SECOND)
    assert shown.count("vitals") == 30
    assert shown.count("hotline") == 20
    assert shown[79] == "water"


def test_an_alarm_takes_over_says_why_and_the_turn_goes_on_where_it_stood():
    rotation = Rotation(PAGES, 0)
    run(rotation, 10 * SECOND)
    turn = rotation.step(10 * SECOND, [alarm(at=9 * SECOND)])
    assert (turn.page, turn.mode, turn.alarm.why) == ("water", "alarm", "为什么")
    shown = run(rotation, 10 * SECOND + HOLD, [alarm(at=9 * SECOND)], 11 * SECOND)
    assert set(shown) == {"water"}
    assert rotation.step(11 * SECOND + HOLD, [alarm(at=9 * SECOND)]).page == "vitals"


def test_the_same_alarm_does_not_take_over_twice_but_a_graver_one_does():
    rotation = Rotation(PAGES, 0)
    held = [alarm("II")]
    run(rotation, 10 * SECOND, held)
    run(rotation, 10 * SECOND + HOLD, held, 10 * SECOND)
    assert rotation.step(20 * SECOND + HOLD, held).mode == "turn"
    graver = [*held, alarm("I", 20 * SECOND + HOLD, "hotline", "b")]
    assert rotation.step(25 * SECOND + HOLD, graver).page == "hotline"


def test_a_lesser_alarm_waits_until_the_graver_has_been_seen():
    rotation = Rotation(PAGES, 0)
    both = [alarm("I", 0), alarm("II", 8 * SECOND, "hotline", "b")]
    shown = run(rotation, 10 * MINUTE, both)
    assert shown.index("water") < shown.index("hotline")
    assert shown[shown.index("water") :].index("hotline") >= HOLD // SECOND


def test_what_is_slight_or_old_does_not_take_over():
    assert alarm("III", 0).weight(0) >= 0.35 > alarm("III", 0).weight(10 * MINUTE)
    old = [alarm("I", 0, key=str(n)) for n in range(3)]
    shown = Rotation(PAGES, HOLD)
    assert shown.step(30 * MINUTE, old).mode == "turn"


def test_a_pinned_page_stays_whatever_comes():
    rotation = Rotation(PAGES, 0)
    rotation.open("hotline", 0)
    rotation.pin(on=True, now=0)
    assert set(run(rotation, 5 * MINUTE, [alarm()])) == {"hotline"}
    assert rotation.turn.mode == "pinned"
    rotation.pin(on=False, now=5 * MINUTE)
    assert rotation.step(5 * MINUTE + 20 * SECOND, []).page == "water"


def test_a_hand_may_turn_the_pages():
    rotation = Rotation(PAGES, 0)
    rotation.next(-1, 0)
    assert rotation.turn[:2] == ("water", "chosen")
    rotation.next(1, 0)
    assert rotation.turn.page == "vitals"


def test_no_page_stands_shorter_than_it_can_be_read():
    rotation = Rotation(PAGES, 0)
    since, shown = [0], ["vitals"]
    for now in range(0, 20 * MINUTE, 200):
        storm = [alarm("I", now, PAGES[now // SECOND % 3][0], str(now // SECOND))]
        page = rotation.step(now, storm).page
        if page != shown[-1]:
            since.append(now)
            shown.append(page)
    assert len(shown) > 3
    assert min(b - a for a, b in pairwise(since)) >= LEAST


def test_what_is_remembered_does_not_grow():
    rotation = Rotation(PAGES, 0)
    for n in range(5_000):
        rotation.step(n * 10 * SECOND, [alarm(at=n * 10 * SECOND, key=str(n))])
    assert len(rotation._seen) <= 1


def test_a_clock_that_is_set_back_holds_no_page_for_long():
    rotation = Rotation([("a", 10), ("b", 10)], 10**12)
    back = 10**12 - 3_600_000
    assert rotation.step(back, []).page == "a"
    assert rotation.step(back + 10_000, []).page == "b"
