"""Readings come page by page; what a person gave goes once, when it may, and is told if refused."""

import pytest
from msgspec import Raw

from console.base.clock import ManualClock
from console.base.errors import Refused, Unreachable
from console.domain.sensed import Sensed
from console.store.lastvalues import KEPT_MS
from console.sync.telemetry import Telemetry
from console.wire import Readings, Taken, WrongReading, pack
from tests.gauges import PONDING, measured


class Source:
    """A centre that gives these pages, and notes what it is given."""

    def __init__(self) -> None:
        self.pages: list[Readings | Exception] = []
        self.asked: list[tuple[int, str]] = []
        self.given: list[list] = []
        self.answer: Taken | Exception = Taken(taken=1)

    def readings(self, since, basis, limit):
        self.asked.append((since, basis))
        page = self.pages.pop(0)
        if isinstance(page, Exception):
            raise page
        return page

    def give(self, readings):
        self.given.append(list(readings))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def page(*values: float, next: int, more: bool = False) -> Readings:
    raws = [Raw(pack(Sensed(reading=measured(PONDING, 5, v, source=f"s{v:g}")))) for v in values]
    return Readings(next=next, basis="b", more=more, readings=raws)


@pytest.fixture
def source():
    return Source()


@pytest.fixture
def telemetry(values, source):
    telemetry = Telemetry(values, source, ManualClock(1_000), lambda: telemetry.may)
    telemetry.may = True
    return telemetry


def test_it_goes_on_from_where_the_last_page_ended(telemetry, source, values):
    source.pages = [page(1, 2, next=2, more=True), page(3, next=3)]
    assert telemetry.pull().more
    told = telemetry.pull()
    assert (told.more, told.changes.readings) == (False, {("indicator", PONDING.id)})
    assert source.asked == [(0, ""), (2, "b")]
    assert len(values.last("indicator")) == 3


@pytest.mark.parametrize(
    "fault", [Refused("sync.not_understood", status=404, said="door"), page(1, next=1)]
)
def test_a_centre_that_has_no_readings_or_speaks_strangely_is_out_of_reach(
    telemetry, source, fault
):
    if isinstance(fault, Readings):
        fault.readings = [Raw(b'{"reading": 5}')]
    source.pages = [fault]
    with pytest.raises(Unreachable):
        telemetry.pull()


def test_what_was_given_goes_once_and_not_before_its_incident(telemetry, source, values):
    values.give(Sensed(reading=measured(PONDING, 5, 18, source="@wang")))
    telemetry.may = False
    telemetry.push()
    assert source.given == []
    telemetry.may = True
    telemetry.push()
    telemetry.push()
    assert [[r.value for r in each] for each in source.given] == [[18]]


def test_what_the_centre_did_not_take_is_told(telemetry, source, values):
    values.give(Sensed(reading=measured(PONDING, 5, 18, source="@wang")))
    wrong = WrongReading(n=0, of=PONDING.id, key="reading.by", why="不可以")
    source.answer = Taken(refused=1, wrong=[wrong])
    assert [n.key for n in telemetry.push().notices] == ["reading.not_taken"]
    values.give(Sensed(reading=measured(PONDING, 6, 18, source="@wang")))
    source.answer = Refused("signin.source")
    assert [n.key for n in telemetry.push().notices] == ["signin.source"]
    assert values.own() == []


def test_without_the_line_it_waits(telemetry, source, values):
    values.give(Sensed(reading=measured(PONDING, 5, 18, source="@wang")))
    source.answer = Unreachable("sync.why.silent")
    with pytest.raises(Unreachable):
        telemetry.push()
    assert len(values.own()) == 1


def test_old_values_are_let_go_now_and_then(telemetry, source, values):
    telemetry._clock.set_wall(KEPT_MS + 10_000_000)
    source.pages = [page(1, next=1)]
    telemetry.pull()
    assert values.last("indicator") == {}
