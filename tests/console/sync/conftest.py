"""What the seat's values and a centre that is played have in common."""

import pytest

from console.store.lastvalues import LastValues


@pytest.fixture
def values(tmp_path):
    made = LastValues(tmp_path, b"k" * 32)
    yield made
    made.close()
