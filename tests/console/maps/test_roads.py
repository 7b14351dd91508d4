"""Ways and times on the packaged graph, held to plain rules and to a slow, sure search."""

import heapq

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.datum import Cgcs2000, metres
from console.maps import graph
from console.maps.features import Harvest
from console.maps.roads import Roads
from tests.console.maps.towns import at, road, town

MPS = 18 / 3.6
EAST_M, NORTH_M = 471.7, 556.0
TOWN = Roads(graph.build(town()))


def point(column, row):
    return Cgcs2000.of(*at(column, row))


def points(*places):
    spots = [at(*p) for p in places]
    return Cgcs2000.of([s[0] for s in spots], [s[1] for s in spots])


def test_a_block_takes_as_long_as_it_is():
    took = TOWN.times_to(point(0, 0), points((1, 0), (0, 1), (3, 4), (0, 0)))
    hoped = [EAST_M, NORTH_M, 3 * EAST_M + 4 * NORTH_M, 0]
    assert took == pytest.approx(np.array(hoped) / MPS, rel=0.01, abs=1)


def test_a_point_enters_in_the_middle_of_a_block():
    took = TOWN.times_from(point(0.4, 0), points((0.9, 0), (0.1, 0), (0, 0.5)))
    hoped = [0.5 * EAST_M, 0.3 * EAST_M, 0.4 * EAST_M + 0.5 * NORTH_M]
    assert took == pytest.approx(np.array(hoped) / MPS, abs=9)


def test_a_house_away_from_the_road_takes_the_leg_to_it():
    beside = Cgcs2000.of(at(-1, 0)[0], at(0, 0)[1])
    took = TOWN.times_from(beside, point(1, 0))
    assert took[0] == pytest.approx(EAST_M / (12 / 3.6) + EAST_M / MPS, rel=0.02)


def test_far_from_any_road_there_is_no_time():
    far = Cgcs2000.of(117.0, 31.0)
    assert np.isnan(TOWN.times_from(far, points((1, 1)))).all()
    assert np.isnan(TOWN.times_to(point(1, 1), far)).all()
    assert TOWN.route(far, point(1, 1)) is None


def test_beyond_the_limit_there_is_no_time():
    took = TOWN.times_to(point(0, 0), points((1, 0), (9, 9)), limit_s=300)
    assert np.isfinite(took[0])
    assert np.isnan(took[1])


def test_a_one_way_road_goes_one_way():
    ring = [road((c, 20), (c + 1, 20), sort="primary", oneway=True) for c in range(4)]
    back = road((4, 20), (4, 24), (0, 24), (0, 20), sort="primary", oneway=True)
    roads = Roads(graph.build(Harvest([*ring, back], "", "")))
    there = roads.times_from(point(1, 20), point(3, 20))[0]
    again = roads.times_from(point(3, 20), point(1, 20))[0]
    assert there == pytest.approx(2 * EAST_M / (42 / 3.6), rel=0.02)
    assert again > 4 * there
    assert roads.times_to(point(1, 20), point(3, 20))[0] == pytest.approx(again, rel=0.01)
    assert roads.times_from(point(1.6, 20), point(1.4, 20))[0] > 4 * there


def test_the_quicker_road_is_taken_and_named():
    fast = road((0, 0), (0, -1), (10, -1), (10, 0), sort="motorway", name="绕城")
    way = Roads(graph.build(town(fast))).route(point(0, 0), point(10, 0))
    assert way is not None
    assert [name for name, _ in way.by] == ["绕城"]
    assert way.metres == pytest.approx(10 * EAST_M + 2 * NORTH_M, rel=0.01)
    assert way.seconds == pytest.approx(way.metres / (80 / 3.6), rel=0.02)
    assert next(iter(way.line)) == pytest.approx(at(0, 0))


def test_a_way_within_one_block_stays_in_it():
    way = TOWN.route(point(2.2, 3), point(2.8, 3))
    assert way is not None
    assert way.metres == pytest.approx(0.6 * EAST_M, abs=40)
    assert way.by[0][0] == "3街"


def test_a_way_round_a_closed_road_is_longer():
    north = [road((c, 10), (c, 12)) for c in (0, 10)]
    bridge = road((5, 10), (5, 12), name="桥")
    far = road(*((c, 12) for c in (0, 5, 10)), name="北岸")
    roads = Roads(graph.build(town(bridge, far, *north)))
    shut = roads.closed([shapely.Point(at(5, 11)).buffer(0.001)])
    before, after = (r.route(point(5, 9), point(5, 12)) for r in (roads, shut))
    assert before is not None
    assert after is not None
    assert "桥" in dict(before.by)
    assert "桥" not in dict(after.by)
    assert after.seconds > 2 * before.seconds
    assert roads.closed([]) is roads


def test_only_the_largest_piece_is_entered():
    island = road((20, 20), (20.01, 20), name="孤岛")
    roads = Roads(graph.build(town(island)))
    assert np.isnan(roads.times_from(point(20, 20), point(0, 0))[0])


def test_what_is_reached_grows_with_the_time():
    near, far = TOWN.reach(point(5, 5), [120, 400])
    assert 0 < near.area < far.area
    assert far.covers(shapely.Point(at(5, 7)))
    assert not near.covers(shapely.Point(at(5, 7)))
    nowhere = TOWN.reach(Cgcs2000.of(117.0, 31.0), [60])
    assert nowhere[0].is_empty


def slow(made, start, goal):
    """Find the least time between two nodes with a heap and nothing else."""
    links = {}
    for e in range(len(made.tail)):
        links.setdefault(int(made.tail[e]), []).append((int(made.head[e]), made.seconds[e]))
        if not made.oneway[e]:
            links.setdefault(int(made.head[e]), []).append((int(made.tail[e]), made.seconds[e]))
    heap, done = [(0.0, start)], {}
    while heap:
        took, node = heapq.heappop(heap)
        if node in done:
            continue
        done[node] = took
        for to, leg in links.get(node, ()):
            heapq.heappush(heap, (took + leg, to))
    return done.get(goal, np.inf)


def _within(x, y):
    return min(max(x, 0), 6), min(max(y, 0), 6)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_times_are_those_of_a_slow_sure_search(data):
    spot = st.tuples(st.integers(0, 6), st.integers(0, 6))
    leap = st.tuples(st.integers(-1, 1), st.integers(-1, 1))
    drawn = data.draw(st.lists(st.tuples(spot, leap, st.booleans()), min_size=5, max_size=40))
    # From one crossing to the next: over a crossing without a turn there, entering is a guess.
    pairs = [(a, _within(a[0] + x, a[1] + y), one) for a, (x, y), one in drawn]
    roads = [road(a, b, sort="tertiary", oneway=one) for a, b, one in pairs if a != b]
    sides = [(n, 0) for n in range(6)] + [(6, n) for n in range(6)]
    ring = road(*sides, *((6 - x, 6 - y) for x, y in sides), (0, 0), sort="local")
    made = graph.build(Harvest([*roads, ring], "", ""))
    lon, lat = made.bend_lon, made.bend_lat
    nodes = {
        int(made.tail[e]): (lon[made.bend[e]], lat[made.bend[e]]) for e in range(len(made.tail))
    }
    one, two = data.draw(st.sampled_from(sorted(nodes))), data.draw(st.sampled_from(sorted(nodes)))
    here, there = Cgcs2000.of(*nodes[one]), Cgcs2000.of(*nodes[two])
    found = Roads(made)
    took = found.times_from(here, there, limit_s=1e6)[0]
    assert took == pytest.approx(found.times_to(there, here, limit_s=1e6)[0], rel=1e-6, abs=0.01)
    if np.isfinite(took) and one != two:
        way = found.route(here, there)
        assert way is not None
        assert way.seconds == pytest.approx(took, rel=1e-6)
        ends = list(way.line)
        assert metres(here, Cgcs2000.of(*ends[0])) < 1
        # Who stands off the largest piece enters it elsewhere.
        if max(found._enter(each).seconds[0] for each in (here, there)) > 0.01:
            return
        assert took <= slow(made, one, two) + 0.01
