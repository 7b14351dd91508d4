"""Centres without HTTP, on SQLite and on PostgreSQL alike."""

from collections.abc import Iterator

import pytest

from console.base.clock import ManualClock
from console.central.build import Built, build
from console.central.sensing.keeper import Keeper
from tests.centre_driver import running_centre
from tests.gauges import INDICATORS


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path):
    """Give where a ledger may lie: a folder, or the address of an empty PostgreSQL database."""
    if request.param == "sqlite":
        return tmp_path
    return request.getfixturevalue("fresh_postgres_url")


@pytest.fixture
def built(place, clock) -> Iterator[Built]:
    made = build(place, clock)
    yield made
    made.close()


@pytest.fixture
def centre(built):
    return built.centre


@pytest.fixture
def lite(tmp_path, clock) -> Iterator[Built]:
    """Give a centre on SQLite, for what does not depend on the database."""
    made = build(tmp_path / "lite", clock)
    yield made
    made.close()


@pytest.fixture
def running(tmp_path):
    """Give a centre that serves, on SQLite."""
    with running_centre(tmp_path / "centre") as served:
        yield served


@pytest.fixture
def call(running):
    """Give a way to sign somebody in."""
    callers = []

    def signed(user: str, device: str = "d1"):
        callers.append(running.caller(user, device))
        return callers[-1]

    yield signed
    for caller in callers:
        caller.close()


@pytest.fixture
def keeper(centre, clock) -> Keeper:
    """Give the keeper of a centre whose indicators are those of the tests."""
    centre.readings = Keeper(centre.ledger, INDICATORS, clock, 30)
    return centre.readings
