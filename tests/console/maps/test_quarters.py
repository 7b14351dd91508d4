"""Streets are laid where it is dry and level, meet, and bear the names of the demo's addresses."""

import numpy as np
import pytest
import shapely
from msgspec.structs import replace

from console.central.drill_city import Dice, read_demo
from console.maps import graph
from console.maps.features import Harvest
from console.maps.quarters import build_up, road_names
from console.maps.survey import read, survey


@pytest.fixture(scope="module")
def land():
    sketch = read("nanjing")
    # A few streets of the city are enough, with short reach.
    quarters = tuple(replace(q, reach=0.7) for q in sketch.quarter)
    made = survey(replace(sketch, quarter=quarters))
    few = [c for c in made.seeds if c.startswith("320104")]
    for code in set(made.seeds) - set(few):
        del made.seeds[code]
    build_up(made)
    return made


def test_streets_meet_in_one_net(land):
    made = graph.build(Harvest(land.features, "", ""))
    assert made.nodes > 300
    ends = np.bincount(np.concatenate([made.tail, made.head]))
    assert np.mean(ends[ends > 0] >= 3) > 0.5


def test_houses_stand_on_dry_land_and_on_no_great_road(land):
    water = shapely.union_all([f.shape for f in land.features if f.kind == "water"])
    shapely.prepare(water)
    houses = [f.shape for f in land.features if f.kind == "building"]
    assert len(houses) > 200
    assert not shapely.intersects(water, houses).any()
    great = shapely.union_all(
        [f.shape for f in land.features if f.kind == "road" and f.sort in ("motorway", "trunk")]
    )
    assert not shapely.intersects(great, houses).any()


def test_roads_bear_the_names_of_the_demo_addresses(land):
    demo = read_demo()
    names = set(road_names(land, "320104002"))
    dice = Dice(320104002 * 10)
    first = (demo.names.community_first, demo.names.estate_last)
    for some in first:
        dice.pick(some)
    assert dice.pick(demo.names.road_first) + dice.pick(demo.names.road_last) in names
    roads = {f.name for f in land.features if f.kind == "road"}
    assert names & roads


def test_what_matters_stands_in_every_street(land):
    sorts = {f.sort for f in land.features if f.kind == "place"}
    assert sorts == set(land.sketch.place)
