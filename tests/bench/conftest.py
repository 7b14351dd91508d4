"""A cache of 100,000 incidents, made once, and copies of it to change."""

import gc
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.record import Incident
from console.wire import put_of
from tests.bench.city import COUNT, head, made
from tests.console.store.seat import opened, silent


@pytest.fixture(scope="session")
def records() -> Iterator[list[Incident]]:
    chance = random.Random(1)
    found = [made(n, chance) for n in range(COUNT)]
    gc.collect()
    gc.freeze()  # a collection that walks them all would be measured too
    yield found
    gc.unfreeze()


@pytest.fixture(scope="session")
def full(tmp_path_factory, records) -> Path:
    """Give a folder with all incidents in the cache; copy it, do not change it."""
    folder = tmp_path_factory.mktemp("full")
    store = opened(folder)
    store.fill(head(), (put_of(r) for r in records), silent)
    store.close()
    return folder


@pytest.fixture
def copied(full, tmp_path):
    """Give copies of the full folder, and stores on them."""
    stores = []

    def copy(*, start: bool = True):
        folder = tmp_path / f"copy{len(list(tmp_path.iterdir()))}"
        shutil.copytree(full, folder)
        os.sync()  # else the copy is written while something is measured
        if not start:
            return folder
        stores.append(opened(folder))
        return stores[-1]

    yield copy
    for store in stores:
        store.close()
    shutil.rmtree(tmp_path)
