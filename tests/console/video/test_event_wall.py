"""Alarms have the tiles that are for them: by level, in order, for their time, and no longer."""

from hypothesis import given
from hypothesis import strategies as st

from console.video.event_wall import DWELL_S, HOLD_S, LOG_MOST, Alarm, EventWall


def alarm(id, level="III", cameras=3, since=0.0):
    return Alarm(id, level, tuple(f"{id}{n}" for n in range(cameras)), since)


def shown(wall):
    return {tile: placed.camera for tile, placed in wall.placed.items()}


def whys(wall):
    return [line.why for line in wall.log]


def test_each_alarm_has_its_best_camera_before_any_has_its_second():
    wall = EventWall((3, 7, 9))
    wall.raised([alarm("a"), alarm("b", since=1.0)], 10.0)
    assert shown(wall) == {3: "a0", 7: "b0", 9: "a1"}
    assert wall.waiting == []


def test_more_alarms_than_tiles_wait_and_are_counted_the_most_pressing_first():
    wall = EventWall((1,))
    wall.raised([alarm("a", "III"), alarm("b", "III", since=1.0), alarm("c", "II", since=2.0)], 5.0)
    assert shown(wall) == {1: "c0"}
    assert [a.id for a in wall.waiting] == ["a", "b"]


def test_a_higher_level_takes_the_tile_of_a_lower_at_once_and_an_equal_one_never_takes_the_last():
    wall = EventWall((1, 2))
    wall.raised([alarm("a", "III", 1), alarm("b", "III", 1, since=1.0)], 0.0)
    wall.raised([alarm("c", "III", 1, since=2.0)], 1.0)
    assert shown(wall) == {1: "a0", 2: "b0"}
    wall.raised([alarm("d", "I", 1, since=3.0)], 2.0)
    assert set(shown(wall).values()) == {"a0", "d0"}
    assert "preempted" in whys(wall)


def test_an_equal_alarm_gets_another_s_second_tile_once_that_has_had_its_time():
    wall = EventWall((1, 2))
    wall.raised([alarm("a")], 0.0)
    wall.raised([alarm("b", since=1.0)], 1.0)
    assert shown(wall) == {1: "a0", 2: "a1"}
    wall.tick(DWELL_S)
    assert set(shown(wall).values()) == {"a0", "b0"} or set(shown(wall).values()) == {"a1", "b0"}


def test_a_camera_that_sees_two_alarms_has_one_tile_in_the_name_of_the_more_pressing():
    wall = EventWall((1, 2, 3))
    wall.raised([Alarm("a", "III", ("x", "y"), 0.0), Alarm("b", "III", ("x", "z"), 1.0)], 0.0)
    assert sorted(shown(wall).values()) == ["x", "y", "z"]
    assert wall.waiting == []
    before = shown(wall)
    wall.raised([Alarm("c", "I", ("x",), 2.0)], 2.0)
    assert shown(wall) == before, "the picture stays where it is"
    assert {p.camera: p.alarm for p in wall.placed.values()}["x"] == "c"
    wall.over("c", 3.0)
    assert {p.camera: p.alarm for p in wall.placed.values()}["x"] == "a"


def test_an_alarm_whose_camera_another_shows_does_not_wait():
    wall = EventWall((1,))
    wall.raised([Alarm("a", "III", ("x",), 0.0), Alarm("b", "III", ("x",), 1.0)], 0.0)
    assert wall.waiting == []


def test_news_of_the_same_alarm_moves_nothing():
    wall = EventWall((1, 2, 3))
    wall.raised([alarm("a", cameras=2), alarm("b", cameras=1, since=1.0)], 0.0)
    before = shown(wall)
    for n in range(5):
        wall.raised([alarm("b", cameras=1, since=9.0), alarm("a", cameras=2, since=9.0)], 2.0 + n)
        assert shown(wall) == before


def test_tiles_are_given_back_when_an_alarm_is_over_or_has_had_its_time():
    wall = EventWall((1,))
    wall.raised([alarm("a", cameras=1)], 0.0)
    wall.over("a", 5.0)
    assert shown(wall) == {}
    wall.raised([alarm("b", cameras=1)], 10.0)
    wall.tick(10.0 + HOLD_S)
    assert shown(wall) == {}
    wall.tick(10.0 + HOLD_S + 1)
    assert shown(wall) == {}, "what has had its time does not come back by itself"
    assert whys(wall) == ["raised", "over", "raised", "expired"]


def test_a_pinned_tile_is_given_up_and_never_taken():
    wall = EventWall((1, 2))
    wall.raised([alarm("a")], 0.0)
    wall.keep_off([1], 1.0)
    assert shown(wall) == {2: "a1"}
    wall.raised([alarm("b", "I")], 2.0)
    assert 1 not in shown(wall)
    wall.keep_off([], 3.0)
    assert 1 in shown(wall)


def test_another_layout_has_other_tiles_and_alarms_go_on_there():
    wall = EventWall((1, 2))
    wall.raised([alarm("a")], 0.0)
    wall.resize((5,), 1.0)
    assert shown(wall) == {5: "a0"}


def test_the_log_says_where_when_and_why_and_has_an_end():
    wall = EventWall((1,))
    wall.raised([alarm("a", cameras=1)], 3.0)
    line = wall.log[0]
    assert (line.at, line.tile, line.camera, line.alarm, line.why) == (3.0, 1, "a0", "a", "raised")
    for n in range(LOG_MOST):
        wall.over("a", float(n))
        wall.raised([alarm("a", cameras=1)], float(n))
    assert len(wall.log) == LOG_MOST


moves = st.lists(
    st.one_of(
        st.tuples(st.just("raise"), st.sampled_from("abcdef"), st.sampled_from(["I", "II", "III"])),
        st.tuples(st.just("over"), st.sampled_from("abcdef"), st.just("")),
        st.tuples(st.just("tick"), st.just(""), st.just("")),
        st.tuples(st.just("pin"), st.sampled_from("123"), st.just("")),
    ),
    max_size=40,
)


@given(moves)
def test_whatever_happens_no_tile_is_taken_twice_none_pinned_and_the_highest_is_shown(made):
    wall, pinned, open_ = EventWall((1, 2, 3)), set(), {}
    for now, (what, who, level) in enumerate(made):
        if what == "raise":
            open_.setdefault(who, level)
            wall.raised([alarm(who, open_[who], since=float(now))], float(now))
        elif what == "over":
            open_.pop(who, None)
            wall.over(who, float(now))
        elif what == "tick":
            wall.tick(float(now))
        else:
            pinned ^= {int(who)}
            wall.keep_off(pinned, float(now))
        placed = wall.placed
        assert not pinned & placed.keys()
        assert all(p.alarm in open_ for p in placed.values())
        pairs = [(p.alarm, p.camera) for p in placed.values()]
        assert len(set(pairs)) == len(pairs)
        free = {1, 2, 3} - pinned
        if open_ and free:
            assert placed
            highest = min(open_.values())
            assert any(p.level == highest for p in placed.values())
