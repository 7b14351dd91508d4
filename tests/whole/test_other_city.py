"""Another city runs by its files alone: its cases come in, and a desk shows it and no other."""

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
from console.domain.query import parse_query
from console.domain.record import Incident
from tests.centre_driver import PASSWORD, Running
from ui.models.scene import read, read_lore

pytestmark = pytest.mark.timeout(300)
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


def test_a_centre_takes_the_name_that_the_desk_takes_and_says_when_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["key", "nobody", "--city", "nosuch", "--data", str(tmp_path / "d")]
    assert main(words) == 2
    assert "cities/nosuch.toml" in capsys.readouterr().err
