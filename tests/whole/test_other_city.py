"""Another city runs by its files alone: its cases come in, and a desk shows it and no other."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.app import Core, build
from console.base.clock import SystemClock
from console.base.settings import Settings
from console.base.work import Inline
from console.central.__main__ import main
from console.central.importing import bring_in
from console.central.profile import read_profile
from console.domain.access import Access
from console.domain.page import read_pages
from console.domain.query import parse_query
from console.domain.record import Incident
from console.scenes.linkage import read_linkages
from console.scenes.reporting import read_warnings
from tests.centre_driver import PASSWORD, Running
from tests.drivers import shared_data
from ui.models.scene import read, read_lore

pytestmark = pytest.mark.timeout(300)
OF_NANJING = re.compile(
    "南京|秦淮|长江|夫子庙|玄武|新街口|中山陵|禄口|红山|滁河|六合|水阳江|石臼|固城|高淳|溧水|江宁|浦口|栖霞|雨花"
    "|建邺|鼓楼|三山街|[来返涉沪]宁|宁[满搏]|12个?区|十二区|320100"
    "|(?i:nanjing|yangtze|qinhuai|fuzimiao|xuanwu|xinjiekou|lukou|gaochun|lishui|ningboyi|sanshan)"
)
STREETS = ("碧岭", "龙田", "马峦", "石井", "坪山", "坑梓")
DESK = Access(user="wang", name="王敏", roles=("duty_lead", "dispatch"), scopes=("",))
COLUMNS = (
    "REC_ID,REPORT_NUM,CREATE_TIME,DISTRICT_NAME,DISTRICT_ID,STREET_NAME,STREET_ID,"
    "COMMUNITY_NAME,COMMUNITY_ID,EVENT_TYPE_NAME,EVENT_TYPE_ID,MAIN_TYPE_NAME,MAIN_TYPE_ID,"
    "SUB_TYPE_NAME,SUB_TYPE_ID,DISPOSE_UNIT_NAME,DISPOSE_UNIT_ID,EVENT_SRC_NAME,EVENT_SRC_ID,"
    "OPERATE_NUM,OVERTIME_ARCHIVE_NUM,INTIME_TO_ARCHIVE_NUM,INTIME_ARCHIVE_NUM,"
    "EVENT_PROPERTY_ID,EVENT_PROPERTY_NAME,OCCUR_PLACE"
)
ROW = (
    "{n},1,2026-01-0{n} 09:30:00,坪山区,1,坪山街道,104,六和社区,10012,市容环卫,5,"
    "市容环境卫生,180,暴露垃圾,8{n}0,城市管理局,1583,@坪山,103,1,0,1,{closed},2,投诉,某路口"
)


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    running = Running(tmp_path / "centre", city="pingshan").welcome(DESK).start()
    rows = [ROW.format(n=n, closed=n % 2) for n in range(1, 7)]
    file = tmp_path / "cases.csv"
    file.write_text("\n".join([COLUMNS, *rows]), "utf-8")
    centre = running.built.centre
    tally = bring_in(centre, file, read_profile("pingshan_12345"), SystemClock(), tmp_path)
    assert (tally.rows, tally.new) == (6, 6)
    settings = Settings(centre=running.url, data=str(tmp_path / "desk"), city="pingshan")
    made = build(settings, Inline())
    try:
        made.sign_in("wang", PASSWORD).result()
        made.sync_once()
        yield made
    finally:
        made.close()
        running.close()


def test_its_queue_and_names_are_its_own(core: Core) -> None:
    rows = core.find(parse_query("incident", ""))
    held = [core.get("incident", str(row[0])) for row in rows]
    assert len(held) == 6
    for incident in held:
        assert isinstance(incident, Incident)
        district, _, street = incident.scope.partition(".")
        assert core.names("district", district) == "坪山区"
        assert core.names("street", street) == "坪山街道"
        assert core.names("type", incident.type) == "暴露垃圾"
        assert incident.no.startswith("440310")


def test_its_map_opens_where_it_lies_and_its_name_is_shown(core: Core) -> None:
    assert core.link().city_name == "坪山区"
    (district,) = core.city.districts.values()
    lon, lat = district.point
    assert 114 < lon < 115
    assert 22 < lat < 23
    assert len(district.streets) == 6


def test_every_scene_opens_with_its_own_departments(core: Core) -> None:
    lore = read_lore(core)
    for scene in core.scenes:
        facts = read(core, lore, scene)
        assert facts is not None
        depts = {step.dept for plan in facts.plans for step in plan.steps}
        leads = {kind.lead for kind in facts.types}
        assert not [name for name in depts | leads if "南京" in name], scene
        assert all(chip.glyph == "ring" for chip in facts.systems), scene


def test_no_word_of_nanjing_is_left_in_what_it_shows(core: Core) -> None:
    lore = read_lore(core)
    shown = [
        *core.scenes.values(), *(read(core, lore, scene) for scene in core.scenes),
        *core.gauges.known.values(), core.vitals(), core.city, core.link(),
        *read_pages(indicators=core.gauges.known, city=core.city).values(),
        *read_linkages(core.city, core.scenes).by_id.values(), read_warnings(core.city),
        *(core.get(kind, str(row[0])) for kind in ("incident", "unit", "warning")
          for row in core.find(parse_query(kind, ""))),
        core.maps.about,
    ]  # fmt: skip
    assert len(core.scenes) == 27
    for each in shown:
        assert not OF_NANJING.findall(repr(each)), repr(each)[:200]


def test_its_own_rivers_are_measured_and_scored(core: Core) -> None:
    assert {"DMSW.pingshan_river", "DMSW.chiao_reservoir"} <= core.gauges.known.keys()
    water = next(d for d in core.vitals().domains if d.id == "water")
    assert "DMSW.pingshan_river" in {reason.of for reason in water.reasons}


def test_its_real_cases_are_shown_by_the_queues_districts_types_and_departments(
    tmp_path: Path,
) -> None:
    file = shared_data("cases") / "hotline_cases_2018.csv"
    running = Running(tmp_path / "centre", city="pingshan").welcome(DESK)
    profile = read_profile("pingshan_12345")
    tally = bring_in(running.built.centre, file, profile, SystemClock(), tmp_path)
    running.start()
    settings = Settings(centre=running.url, data=str(tmp_path / "desk"), city="pingshan")
    core = build(settings, Inline())
    try:
        core.sign_in("wang", PASSWORD).result()
        core.sync_once()
        assert tally.new > 7_900
        rows = {key: core.find(core.queues[key].query) for key in ("all", "pending", "underway")}
        held = [core.get("incident", str(row[0])) for row in rows["all"]]
        cases = [each for each in held if isinstance(each, Incident)]
        states = Counter(case.state for case in cases)
        assert len(cases) == tally.new
        assert states.keys() == {"archived", "reported"}
        assert len(rows["pending"]) == len(rows["underway"]) == states["reported"] > 0
        assert states["archived"] > states["reported"]
        named = {kind: Counter[str]() for kind in ("district", "street", "type", "dept")}
        for case in cases:
            district, _, street = case.scope.partition(".")
            for kind, code in zip(named, (district, street, case.type, case.lead), strict=True):
                named[kind][core.names(kind, code)] += 1
        assert set(named["district"]) == {"坪山区"}
        assert {f"{name}街道" for name in STREETS} == named["street"].keys() - {""}
        assert len(named["type"]) > 100
        assert "" not in named["type"]
        assert {"城市管理局", "老坑社区"} <= named["dept"].keys()
        assert not OF_NANJING.findall("".join(word for each in named.values() for word in each))
    finally:
        core.close()
        running.close()


def test_a_centre_takes_the_name_that_the_desk_takes_and_says_when_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["key", "nobody", "--city", "nosuch", "--data", str(tmp_path / "d")]
    assert main(words) == 2
    assert "cities/nosuch.toml" in capsys.readouterr().err
