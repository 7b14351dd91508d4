"""The shipped map is the one that the generator draws, and says that it is no survey."""

from console.base import resources
from console.maps import schematic
from console.maps.package import Package
from console.maps.schematic import drawn
from console.maps.survey import read


def test_a_drawing_says_that_it_is_no_survey(monkeypatch):
    monkeypatch.setattr(schematic, "build_up", lambda _land: None)
    harvest = drawn(read("nanjing"))
    assert harvest.schematic
    assert (harvest.name, harvest.date) == ("南京市（示意）", "2026-11-03")
    assert {"land", "water", "district"} <= {f.kind for f in harvest.features}


def test_the_shipped_map_is_of_the_same_sketch():
    sketch = read("nanjing")
    held = Package(resources.path("map/nanjing.mbtiles"))
    about = held.about
    assert about.schematic
    assert (about.name, about.source, about.date) == (sketch.name, sketch.source, sketch.date)
    held.close()
