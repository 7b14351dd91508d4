"""A desk with a day's work for every test of briefs."""

from collections.abc import Iterator

import pytest

from tests.console.briefs.worlds import days_work
from tests.desks import Bench


@pytest.fixture
def bench(tmp_path) -> Iterator[Bench]:
    made = Bench(tmp_path / "desk")
    days_work(made)
    yield made
    made.store.close()
