"""The figures that the doors keep to can be read, and fit the city's own words."""

from console.central.intake.bounds import bounds
from console.domain.limit import parse_limit


def test_the_figures_fit_the_city(lite):
    held, place = bounds(), lite.centre.place
    assert held.trouble.type in place.types
    assert held.trouble.urgency in place.city.urgencies
    assert not parse_limit(held.trouble.again).working
    assert not parse_limit(held.warning.lasts).working
    assert held.kept.each > 0 < held.pace.per_second <= held.pace.burst
