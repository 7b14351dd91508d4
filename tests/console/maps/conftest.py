"""A package of a small town, built as any other."""

import pytest
import shapely

from console.maps.build import build
from console.maps.features import Feature
from tests.console.maps.towns import at, road, town


def features():
    whole = shapely.box(*at(-1, -1), *at(11, 11))
    west, east = shapely.box(*at(-1, -1), *at(5, 11)), shapely.box(*at(5, -1), *at(11, 11))
    return [
        Feature("land", whole, name="小城"),
        Feature("water", shapely.Point(at(5, 5)).buffer(0.004), name="圆湖"),
        Feature("green", shapely.Point(at(2, 2)).buffer(0.002), "park", "小公园"),
        Feature("building", shapely.box(*at(1.2, 1.2), *at(1.6, 1.6))),
        Feature("district", west, name="西区", code="1"),
        Feature("district", east, name="东区", code="2"),
        Feature("street", west, name="西街道", code="11"),
        Feature("grid", west, name="11001001", code="11001001"),
        Feature("rail", road((0, 3), (10, 7)).shape, name="1号线"),
        Feature("place", shapely.Point(at(1, 1)), "hospital", "城西医院"),
        Feature("place", shapely.Point(at(9, 9)), "hospital", "城东医院"),
        Feature("place", shapely.Point(at(2, 1)), "hydrant", "消火栓"),
        road((0, -0.5), (10, -0.5), sort="motorway", name="环城公路"),
    ]


@pytest.fixture(scope="session")
def package(tmp_path_factory):
    file = tmp_path_factory.mktemp("maps") / "town.mbtiles"
    build(town(*features()), file)
    return file
