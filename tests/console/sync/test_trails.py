"""A seat asks the centre only for what it was not there to hear, page by page, and keeps it."""

import pytest

from console.base.clock import ManualClock
from console.base.errors import Refused, Unreachable
from console.domain.track import Fixes
from console.sync.trails import Trails

MINUTE = 60_000
NOW = 100 * MINUTE


class Source:
    """A centre that gives these pages, and notes what it is asked."""

    def __init__(self) -> None:
        self.pages: list[Fixes | Exception] = []
        self.asked: list[tuple[int, int, int]] = []

    def ask(self, path, shape, params):
        self.asked.append((params["since"], params["until"], params["after"]))
        page = self.pages.pop(0) if self.pages else Fixes(until=params["until"])
        if isinstance(page, Exception):
            raise page
        return page


def page(*at, until=NOW, **more):
    n = len(at)
    columns = {"of": [0] * n, "lon": [118.8] * n, "lat": [32.0] * n, "heading": [0.0] * n}
    return Fixes(until=until, units=["U1"], at=list(at), **(columns | more))


@pytest.fixture
def source():
    return Source()


@pytest.fixture
def trails(values, source):
    return Trails(values, source, ManualClock(NOW))


def test_all_pages_are_fetched_once(trails, source, values):
    source.pages = [
        page(MINUTE, more=True, next=MINUTE, after=7), page(2 * MINUTE, until=50 * MINUTE), page(),
    ]  # fmt: skip
    assert trails.fetch(0, NOW)
    assert source.asked == [(0, NOW, -1), (MINUTE, NOW, 7), (50 * MINUTE, NOW, -1)]
    assert values.tracks(0).at.tolist() == [MINUTE, 2 * MINUTE]
    assert not trails.fetch(0, NOW)
    assert len(source.asked) == 3


def test_what_was_heard_here_is_not_asked_for(trails, source, values):
    for now in range(10 * MINUTE, NOW + 1, MINUTE):
        values.note_heard(now)
    trails.fetch(0, 200 * MINUTE)
    assert source.asked == [(0, 10 * MINUTE, -1)]


def test_when_the_line_breaks_what_came_before_is_kept_and_not_asked_for_again(
    trails, source, values
):
    source.pages = [page(MINUTE, more=True, next=MINUTE, after=7), Unreachable("sync.why.silent")]
    with pytest.raises(Unreachable):
        trails.fetch(0, NOW)
    assert len(values.tracks(0).at) == 1
    trails.fetch(0, NOW)
    assert source.asked[-1] == (MINUTE, NOW, -1)


@pytest.mark.parametrize(
    "strange",
    [
        page(MINUTE, of=[1]), page(MINUTE, lon=[]), page(until=NOW + 1),
        page(MINUTE, more=True, next=-1), Refused("sync.not_understood", status=404, said="door"),
    ],
)  # fmt: skip
def test_a_centre_without_tracks_or_with_strange_ones_is_out_of_reach(
    trails, source, values, strange
):
    source.pages = [strange]
    with pytest.raises(Unreachable):
        trails.fetch(0, NOW)
    assert values.missing(0, NOW) == [(0, NOW)]
