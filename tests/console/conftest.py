"""One seat and its real centre, for the tests of the joined core."""

import pytest

from console.app import build
from console.base.settings import Settings
from console.base.work import Inline
from tests.centre_driver import Running
from tests.oneseat import LI, WANG


@pytest.fixture
def centre(tmp_path):
    running = Running(tmp_path / "centre").welcome(WANG, LI).start()
    yield running
    running.close()


@pytest.fixture
def settings(centre, tmp_path):
    return Settings(centre=centre.url, data=str(tmp_path / "desk"), seat="s1")


@pytest.fixture
def core(settings):
    made = build(settings, Inline())
    yield made
    made.close()
