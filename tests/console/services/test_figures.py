"""The figures of a page are worked out on the seat's own store, all of one moment."""

import pytest

from console.domain.measured import Sensing
from console.domain.page import Source, Tile
from console.services.figures import Figures, Standing
from tests.desks import MONDAY_TEN, Bench

EMPTY = Sensing({}, {}, lambda _of, _since: (), None)


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def tile(key: str, **of) -> Tile:
    return Tile(key=key, name="", name_en="", draw="number", of=Source(kind="incident", **of))


def test_every_tile_gets_its_figure(bench):
    for n in range(3):
        bench.incident(f"I{n}")
    bench.run("incident.accept I1")
    standing = Standing(MONDAY_TEN, up=True)
    figures = Figures(bench.store, bench.clock, "Asia/Shanghai", lambda: standing, lambda: EMPTY)
    tiles = (tile("all"), tile("new", where="state:reported"), tile("mine", where="handler:@me"))
    found = figures.work_out(tiles, "wang")
    assert {key: figure.value for key, figure in found.items()} == {"all": 3, "new": 2, "mine": 1}
    assert len({figure.at for figure in found.values()}) == 1
