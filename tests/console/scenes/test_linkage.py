"""A linkage is set off by what it says and by nothing else; wrong names in its file are told."""

from zoneinfo import ZoneInfo

import pytest

from console.base import resources
from console.domain.calendar import read_calendar
from console.domain.city import City, read_city
from console.domain.record import Incident
from console.scenes.linkage import Linkages, Scenery, alike, read_linkages, set_off, survey_linkages
from console.scenes.read import read_scenes
from console.scenes.scene import Scene, plans_of
from tests.worlds import HOUR, SCOPE, TEN

CALENDAR = read_calendar(resources.table("calendars/cn.toml"), "calendars/cn.toml")


@pytest.fixture(scope="module")
def nanjing() -> City:
    return read_city(resources.table("cities/nanjing.toml"), "cities/nanjing.toml")


@pytest.fixture(scope="module")
def scenes(nanjing: City) -> dict[str, Scene]:
    return read_scenes(nanjing)


@pytest.fixture(scope="module")
def linkages(nanjing: City, scenes: dict[str, Scene]) -> Linkages:
    return read_linkages(nanjing, scenes)


@pytest.fixture
def off(nanjing: City, linkages: Linkages):
    """Tell which linkages an incident sets off, with these others open."""

    def tell(incident: Incident, *others: Incident, at: int = TEN) -> set[str]:
        zone = ZoneInfo(nanjing.zone)
        around = Scenery(nanjing.levels, zone, CALENDAR, lambda: [incident, *others])
        return {n for n, each in linkages.by_id.items() if set_off(each, incident, around, at)}

    return tell


def incident(type: str, title: str = "", **facts) -> Incident:
    given = {"id": type, "scene": type[:4], "reported_at": TEN, "scope": SCOPE} | facts
    return Incident(type=type, title=title, **given)


def test_a_rainstorm_warning_links_from_orange_on(off):
    assert off(incident("EMCR-09", "暴雨橙色预警", level="II")) == {"LK-01"}
    assert off(incident("EMCR-09", "暴雨红色预警", level="I")) == {"LK-01"}
    assert off(incident("EMCR-09", "暴雨黄色预警", level="III")) == set()
    assert off(incident("EMCR-09", "高温橙色预警", level="II")) == set()


def test_a_gas_leak_links_where_a_school_or_hospital_is_named(off):
    assert off(incident("EMCR-01", "燃气泄漏", address="长江路小学旁")) == {"LK-03"}
    assert off(incident("EMCR-01", "燃气泄漏", address="长江路")) == set()


def test_a_hot_spot_links_only_with_opinion_on_the_same_topic(off):
    hot = incident("DMHL-06", "河西片区停水聚集")
    same = incident("SOPO-02", "网传河西片区停水三天")
    assert off(hot, same) == off(same, hot) == {"LK-04"}
    assert off(hot, incident("SOPO-02", "网传某校食堂问题")) == set()
    assert off(hot) == set()


def test_what_is_long_ago_is_not_beside(off):
    hot = incident("DMHL-06", "河西片区停水聚集")
    old = incident("SOPO-02", "网传河西片区停水", reported_at=TEN - 25 * HOUR)
    assert off(hot, old) == set()


def test_a_gap_of_electricity_links_in_summer_alone(off):
    gap = incident("ECDR-03")
    july = TEN + 190 * 24 * HOUR
    assert off(gap, at=july) == {"LK-13"}
    assert off(gap, at=TEN) == set()


def test_four_characters_in_a_row_make_titles_alike():
    assert alike("金陵健身卡退费", "金陵健身门店关门")
    assert not alike("退费", "退费")


def test_every_plan_of_a_linkage_is_there(linkages: Linkages, scenes: dict[str, Scene]):
    started = {p for each in linkages.by_id.values() for p in each.does.activate}
    assert started <= plans_of(scenes).keys()
    assert len(linkages.by_id) == 11
    assert linkages.ladder == (1, 2, 4)


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ('activate = ["DMSW-P1"', 'activate = ["NONE-P1"', "no such plan: 'NONE-P1'"),
        ('types = ["EMCR-09"]', 'types = ["EMCR-99"]', "no such type: 'EMCR-99'"),
        ('notify = ["edu"', 'notify = ["ghost"', "no such department: 'ghost'"),
        ('inform = ["SOCF"', 'inform = ["NONE"', "no such scene: 'NONE'"),
        ('from_level = "II"', 'from_level = "V"', "no such level: 'V'"),
        ('within = "24h"', 'within = "soon"', "not a time limit: 'soon'"),
        ("at = [1, 2, 4]", "at = [4, 2]", "not whole numbers that grow"),
        ('dept = "fire"', 'dept = "ghost"', "no such department: 'ghost'"),
        ('type = "PLDB-03"', 'type = "PLDB-99"', "no such type: 'PLDB-99'"),
        ('type = "PLDB-03"', 'type = "ECIL-06"', "a source that is out may start no plan"),
    ],
)
def test_a_wrong_name_is_told_with_its_line(
    nanjing: City, scenes: dict[str, Scene], tmp_path, was: str, now: str, why: str
):
    words = resources.path("linkages.toml").read_text("utf-8")
    file = tmp_path / "linkages.toml"
    file.write_text(words.replace(was, now, 1), "utf-8")
    _, faults = survey_linkages(nanjing, scenes, str(file))
    assert [fault.why for fault in faults] == [why]
    assert faults[0].where.startswith("line ")
