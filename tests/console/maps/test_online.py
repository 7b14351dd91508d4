"""A service is asked in the background and left alone when it fails; stale tiles serve then."""

import pytest

from console.base.errors import Unreachable
from console.base.work import Inline
from console.maps.cache import TileCache
from console.maps.online import FAILURES, FRESH_MS, REST_MS, Service

A, B = (10, 1, 1), (10, 2, 2)


class Far:
    """A service that can be switched off."""

    def __init__(self):
        self.up = True
        self.asked = []
        self.body = None

    def fetch(self, id):
        self.asked.append(id)
        if not self.up:
            raise Unreachable("map.service.no_line")
        return b"tile%d" % len(self.asked) if self.body is None else self.body


@pytest.fixture
def far():
    return Far()


@pytest.fixture
def clock():
    return [1_000_000]


@pytest.fixture
def service(far, clock, tmp_path):
    cache = TileCache(tmp_path / "tiles.db")
    made = Service("city", far.fetch, cache, Inline().call, lambda: clock[0])
    yield made
    made.close()


def test_a_missing_tile_comes_later_and_is_told(service, far):
    told = []
    service.came = lambda: told.append(1)
    assert service.tile(A) is None
    assert told == [1]
    assert service.tile(A) == b"tile1"
    assert far.asked == [A]


def test_an_old_tile_is_shown_and_asked_for_again(service, far, clock):
    service.tile(A)
    clock[0] += FRESH_MS + 1
    assert service.tile(A) == b"tile1"
    assert service.tile(A) == b"tile2"


def test_after_three_failures_it_is_left_alone_for_a_minute(service, far, clock):
    service.tile(A)
    far.up = False
    clock[0] += FRESH_MS + 1
    for _ in range(FAILURES):
        assert service.tile(A) == b"tile1"
    assert service.standing().rests_until == clock[0] + REST_MS
    assert service.standing().oldest == 1_000_000
    asked = len(far.asked)
    assert service.tile(A) == b"tile1"
    assert service.tile(B) is None
    assert len(far.asked) == asked
    far.up = True
    clock[0] += REST_MS
    assert service.standing().rests_until == 0
    service.tile(B)
    assert service.tile(B) is not None


def test_what_the_service_has_not_is_not_asked_for_again(service, far, monkeypatch):
    monkeypatch.setattr(far, "body", b"")
    assert service.tile(A) is None
    assert service.tile(A) is None
    assert far.asked == [A]
