"""The demo city's lines and areas follow from its sketch, and are what ships."""

import json

from console.base import resources
from console.maps.invented import invented
from console.maps.shapes import read_shapes
from console.maps.survey import read


def test_what_ships_is_what_the_sketch_gives():
    shipped = resources.path("map/nanjing")
    made = invented(read("nanjing"))
    assert {f"{name}.geojson" for name in made} == {f.name for f in shipped.iterdir()}
    for name, body in made.items():
        file = shipped / f"{name}.geojson"
        assert json.loads(file.read_bytes()) == json.loads(body)
        shapes = read_shapes(file)
        assert shapes
        assert all(shape.name for shape in shapes)


def test_each_says_that_it_is_no_survey():
    for body in invented(read("nanjing")).values():
        assert all("非测绘" in f["properties"]["source"] for f in json.loads(body)["features"])
