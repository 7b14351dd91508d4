"""A feature says what it is; what it does not say is empty."""

import shapely

from console.maps.features import BOUNDARIES, Feature, Harvest


def test_a_feature_is_what_it_is_told():
    lake = Feature("water", shapely.Point(0, 0).buffer(1), name="湖")
    held = Harvest([lake], "谁", "2026-11-03")
    assert (lake.sort, lake.code, lake.oneway, held.schematic) == ("", "", False, False)
    assert lake.kind not in BOUNDARIES
