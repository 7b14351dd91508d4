"""The ground says what it is and of which date; without a map it says that there is none."""

from console.base.errors import Unreachable
from console.base.work import Inline
from console.maps.cache import TileCache
from console.maps.online import Service
from ui.kit.mapground import Bare, ground_of, said_of


def test_the_shipped_map_says_that_it_is_off_line_and_schematic(seat):
    said = said_of(ground_of(seat.core), None)
    assert "离线底图 2026-11-03" in said
    assert "示意" in said


def test_bare_ground_says_what_to_do(seat):
    seat.core.maps.files.clear()
    held = ground_of(seat.core)
    assert isinstance(held, Bare)
    assert held.tile((1, 1, 1)) is None
    assert "maps" in said_of(held, None)
    held.close()


class Far:
    """A service that is not there."""

    def fetch(self, id):
        raise Unreachable("map.service.no_line")


def test_a_service_that_is_left_alone_says_so(tmp_path):
    clock = [1_000]
    cache = TileCache(tmp_path / "tiles.db")
    service = Service("t*.city", Far().fetch, cache, Inline().call, lambda: clock[0])
    assert "t*.city" in said_of(service, None)
    for n in range(3):
        service.tile((5, n, 1))
    said = said_of(service, None, lambda at: f"@{at}")
    assert "@61000" in said
    assert said != said_of(Bare(), None)
    service.close()
