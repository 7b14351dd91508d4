"""A warning's area is what its message draws, else the districts that it names."""

import pytest
import shapely

from console.domain.datum import Cgcs2000, metres
from console.domain.record import Forewarning
from ui.models.mapwarned import circle, shapes_of, warned

RING = ((118.7, 32.0), (118.8, 32.0), (118.8, 32.1), (118.7, 32.0))


def warning(**facts):
    return Forewarning(id="w1", state="in_force", level="II", headline="暴雨", version=3, **facts)


def test_what_is_drawn_is_shown_in_the_colour_of_its_level(seat):
    seat.hears(warning(polygons=(RING,)))
    (patch,) = warned(seat.core, seat.core.maps)
    assert (patch.role, patch.name, patch.dashed) == ("severity.II", "暴雨", False)
    assert len(patch.rings[0]) == 4


def test_an_exercise_is_dashed_and_an_expired_one_is_gone(seat):
    seat.hears(warning(polygons=(RING,), standing="exercise"))
    assert warned(seat.core, seat.core.maps)[0].dashed


def test_named_districts_stand_for_what_is_not_drawn(seat):
    (shape,) = shapes_of(warning(geocodes=("division=320102", "division=999999")), seat.core.maps)
    assert shape.covers(shapely.Point(118.801, 32.045))
    assert list(shapes_of(warning(), seat.core.maps)) == []


def test_a_circle_is_as_wide_as_it_says():
    middle = Cgcs2000.of(118.8, 32.0)
    ring = circle(middle, 5_000).exterior.coords
    away = [float(metres(middle, Cgcs2000.of(x, y))) for x, y in ring]
    assert away == pytest.approx([5_000] * len(away), rel=0.01)
