"""Grave incidents that have just come ask for the page of their scene, and say why."""

import pytest
from msgspec.structs import replace

from console.domain.page import Page, Source, Tile
from console.domain.sensed import Judged
from ui.models.alarms import AlarmFeed, page_of

TILE = Tile(key="t", name="", name_en="", draw="number", of=Source(kind="incident"))
PAGES = {
    key: Page(key=key, name=key, name_en=key, tile=(TILE,), scenes=scenes)
    for key, scenes in {"calm": (), "city": ("DMUM",), "rest": ("*",)}.items()
}


@pytest.mark.parametrize(("scene", "page"), [("DMUM", "city"), ("XX", "rest"), ("", "rest")])
def test_a_scene_has_its_page_or_that_of_all_others(scene, page):
    assert page_of(PAGES, scene) == page


def test_without_a_page_there_is_none():
    assert page_of({"calm": PAGES["calm"]}, "DMUM") == ""


def test_grave_and_fresh_incidents_are_alarms(seat, qtbot):
    feed = AlarmFeed(seat.core, PAGES, pytest.fail)
    found = {alarm.key: alarm for alarm in feed.look()}
    # i1 came more than an hour ago, i4 is routine.
    assert list(found) == ["i2 III"]
    alarm = found["i2 III"]
    assert (alarm.page, alarm.severity) == ("city", "III")
    assert "龙蟠中路" in alarm.why
    assert "玄武区" in alarm.why
    with qtbot.waitSignal(feed.came) as came:
        feed.ask()
    assert [a.key for a in came.args[0]] == ["i2 III"]
    feed.close()


def test_an_indicator_beyond_its_bands_asks_for_its_page(seat):
    known = next(i for i in seat.core.gauges.known.values() if i.direction == "up" and i.hold <= 2)
    pages = {"own": Page(key="own", name="", name_en="", tile=(TILE,), scenes=(known.scene,))}
    feed = AlarmFeed(seat.core, pages, pytest.fail)
    assert feed.look() == []
    beyond = Judged(id=known.id, unit=known.unit, value=known.alarm * 2, state="alarm",
                    freshness="live", since=5, at=9)  # fmt: skip
    alarm = feed._of_indicator(beyond)
    assert (alarm.page, alarm.severity, alarm.at) == ("own", "alarm", 5)
    assert known.name in alarm.why
    assert feed._of_indicator(replace(beyond, shelved=10**13)) is None
    assert feed._of_indicator(replace(beyond, freshness="stale")) is None
