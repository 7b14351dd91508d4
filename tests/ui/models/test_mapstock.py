"""Components on the map: read for the view alone, named when asked, the unsound ones told apart."""

import numpy as np
import pytest

from console.domain.datum import Cgcs2000
from console.maps.components import Component, Components
from console.maps.mercator import world
from console.maps.stocktaking import write
from ui.models import mapstock
from ui.models.mapmarks import Symbol
from ui.models.mapstock import Sight, Stocks

SYMBOLS = {"faulty": Symbol("triangle", "danger"), "01": Symbol("disc", "text"),
           "other": Symbol("ring", "text")}  # fmt: skip
BOX = (118.7, 32.0, 118.8, 32.1)


@pytest.fixture
def stocks(tmp_path):
    files = []
    for n, (sort, state) in enumerate([("01037", "完好"), ("04002", "丢失")]):
        some = [Component(f"{n}-{k}", sort, f"{n}号 {k}", 118.7 + k * 1e-3, 32.05, "", state)
                for k in range(50)]  # fmt: skip
        write(tmp_path / f"{n}.components", some, "普查", "2026-11-03")
        files.append(Components(tmp_path / f"{n}.components"))
    return Stocks(files, SYMBOLS)


def test_all_files_are_shown_with_their_names_and_symbols(stocks):
    marks, whole = stocks.marks("components", Sight(BOX, 16), 15)
    assert whole == len(marks) == 100
    n = list(marks.ids).index("1-7")
    assert marks.names[n] == "1号 7"
    assert marks.look[n] == 0
    assert marks.look[list(marks.ids).index("0-3")] == 1
    assert marks.names[-1:] == [marks.names[99]]


def test_of_too_many_some_are_shown_and_all_are_counted(stocks, monkeypatch):
    monkeypatch.setattr(mapstock, "MOST", 10)
    marks, whole = stocks.marks("components", Sight(BOX, 16), 15)
    assert (len(marks), whole) == (20, 100)


def test_what_is_in_a_ring_is_listed_and_counted(stocks):
    x, y = world(Cgcs2000.of([118.6995, 118.7105], [32.0, 32.1]))
    ring = [(x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1]), (x[0], y[0])]
    found, whole = stocks.inside(ring)
    assert whole == 22
    assert {c.code.partition("-")[0] for c in found} == {"0", "1"}


def test_no_file_is_no_point(stocks):
    marks, whole = Stocks((), SYMBOLS).marks("components", Sight(BOX, 16), 15)
    assert (len(marks), whole) == (0, 0)
    assert marks.nearest(0.5, 0.5, 0.1) == -1
    assert np.asarray(marks.x).shape == (0,)


def test_a_wider_sight_holds_small_moves():
    sight = Sight(BOX, 16)
    assert sight.wider().holds(sight)
    assert not sight.holds(sight.wider())
