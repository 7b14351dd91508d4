"""An invented map of a real city, drawn from a sketch: for demos, drills and tests."""

from console.maps.features import Harvest
from console.maps.quarters import build_up
from console.maps.survey import Sketch, read, survey


def draw(name: str) -> Harvest:
    """Draw the whole map of a city's sketch; it takes a minute."""
    return drawn(read(name))


def drawn(sketch: Sketch) -> Harvest:
    """Draw the map of a sketch. It is no survey: the harvest says so."""
    land = survey(sketch)
    build_up(land)
    return Harvest(land.features, sketch.source, sketch.date, schematic=True, name=sketch.name)
