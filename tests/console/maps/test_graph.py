"""Lines become a graph that meets where they meet, and comes back whole from its package."""

import numpy as np
import pytest
import shapely

from console.base.errors import BadData
from console.maps import graph
from console.maps.features import Feature, Harvest
from tests.console.maps.towns import at, road, town


def test_streets_meet_where_they_have_a_vertex_in_common():
    made = graph.build(town())
    assert made.nodes == 11 * 11
    assert len(made.tail) == 2 * 11 * 10


def test_a_bridge_over_a_street_does_not_meet_it():
    over = road((0.5, -1), (0.5, 12), sort="trunk", name="高架")
    made = graph.build(town(over))
    assert made.nodes == 11 * 11 + 2


def test_an_edge_keeps_its_bends_its_name_and_its_time():
    bent = Harvest([road((0, 0), (1, 1), (2, 0), sort="primary", name="弯路")], "", "")
    made = graph.build(bent)
    assert len(made.tail) == 1
    assert made.names[made.label[0]] == "弯路"
    assert made.bend.tolist() == [0, 3]
    assert made.metres[0] == pytest.approx(2 * np.hypot(472, 556), rel=0.01)
    assert made.seconds[0] == pytest.approx(made.metres[0] / (42 / 3.6))


def test_what_is_no_road_is_no_edge():
    lake = Feature("water", shapely.Point(at(0, 0)).buffer(0.01))
    made = graph.build(Harvest([lake, road((0, 0), (1, 0), sort="footpath")], "", ""))
    assert (made.nodes, len(made.tail)) == (0, 0)


def test_a_graph_comes_back_from_its_package():
    made = graph.build(town(road((0, 0), (0, -3), sort="trunk", oneway=True, name="出城")))
    back = graph.unpack(graph.pack(made), "x")
    assert back.names == made.names
    assert (back.date, back.source) == ("2026-11-03", "试验")
    np.testing.assert_array_equal(back.tail, made.tail)
    np.testing.assert_array_equal(back.oneway, made.oneway)
    np.testing.assert_allclose(back.bend_lon, made.bend_lon, atol=1e-7)


@pytest.mark.parametrize("body", [b"", b"not a graph", b"PK\x03\x04"])
def test_a_spoilt_graph_names_the_file(body):
    with pytest.raises(BadData) as wrong:
        graph.unpack(body, "town.mbtiles")
    assert wrong.value.file == "town.mbtiles"


def test_only_some_edges_may_be_kept():
    made = graph.build(town())
    fewer = graph.kept(made, made.label != made.label[0])
    assert len(fewer.tail) == len(made.tail) - 10
    assert len(graph.lines_of(fewer)) == len(fewer.tail)


def test_places_lie_along_edges_end_to_end():
    made = graph.build(town())
    found = graph.places(made, made.bend_lon * 94_000, made.bend_lat * 111_000)
    assert found.part.min() == 0
    assert found.part.max() == 1
    assert len(found.edge) > 8 * len(made.tail)
    first = found.edge == 0
    assert (np.ptp(found.lon[first]), np.ptp(found.lat[first])) == pytest.approx((0.005, 0))
