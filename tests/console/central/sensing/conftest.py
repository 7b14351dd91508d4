"""A centre whose indicators are those of the tests."""

import pytest

from console.central.sensing.keeper import Keeper
from tests.gauges import INDICATORS


@pytest.fixture
def keeper(centre, clock) -> Keeper:
    """Give the keeper of a centre; `again` of the same ledger is Keeper(...) anew."""
    centre.readings = Keeper(centre.ledger, INDICATORS, clock, 30)
    return centre.readings
