"""The city lives at a real centre, by its doors: what is measured and told arrives."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from console.base.clock import SystemClock
from console.central import drill
from console.central.centre_line import CentreLine
from console.central.drill_stage import DOORS
from console.central.life.simulate import account, live, main
from console.domain.access import system
from tests.centre_driver import Running, running_centre


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with running_centre(tmp_path / "centre") as served:
        yield served


class Beats(threading.Event):
    """Stops after so many beats."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.left = count

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        return self.left < 0


def test_what_the_city_measures_and_tells_arrives_by_the_doors(running: Running) -> None:
    built = running.built
    drill.populate(built.centre, built.centre.clock, incidents=20)
    user, password = account(built)
    assert user == DOORS
    line = CentreLine(running.url, user, password)
    sent = live(built.centre, line, SystemClock(), Beats(6), seed=3, speed=300.0)
    assert not sent.refused
    built.centre.beat()
    page = built.centre.readings.page(0, "", system())
    told: list[Any] = [msgspec.json.decode(raw) for raw in page.readings]
    topics = {each["reading"]["topic"] for each in told}
    assert topics == {"indicator", "position"}
    assert sent.handed > 300


def test_it_waits_for_a_centre_that_is_away(running: Running) -> None:
    line = CentreLine("http://127.0.0.1:9", "life", "nobody")
    sent = live(running.built.centre, line, SystemClock(), Beats(2), seed=3)
    assert sent.handed == 0


def test_without_a_centre_the_command_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--url", "http://127.0.0.1:9", "--data", str(tmp_path)]) == 2
    assert "127.0.0.1:9" in capsys.readouterr().err
