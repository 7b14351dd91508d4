"""The scenes on the command line: checked, listed, and told of in the README as they are."""

import shutil

import pytest

from console.__main__ import main
from console.app import build as build_core
from console.base import resources
from console.base.clock import SystemClock
from console.base.settings import Settings
from console.base.text import TEXTS
from console.base.work import Inline
from console.central.build import build
from console.domain.access import system
from console.domain.city import read_city
from console.domain.reading import Reading
from console.tools.scenes import BAD_LINE, DONE, WRONG, table
from tests.centre_driver import PASSWORD, PEOPLE, Running, act, birth
from tests.drivers import ROOT


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(TEXTS, "language", "zh_CN")


@pytest.fixture
def run(capsys):
    def say(*words):
        status = main(list(words))
        said = capsys.readouterr()
        return status, said.out + said.err

    return say


@pytest.fixture
def another(tmp_path, monkeypatch):
    """Give a folder of resources of its own, to which files may be added."""
    place = tmp_path / "elsewhere"
    left_out = shutil.ignore_patterns("fonts", "sounds", "icons")
    shutil.copytree(resources.path(""), place / "resources", ignore=left_out)
    monkeypatch.setattr(resources, "ROOT", place)
    return place / "resources"


def test_what_is_right_is_said_to_be_right(run):
    assert run("scenes", "check") == (DONE, "场景、联动、报告时限与预警标准：没有问题\n")


def test_what_is_wrong_is_said_with_file_line_and_key(run, another):
    file = another / "scenes" / "EMFV.toml"
    file.write_text(file.read_text("utf-8").replace('lead = "fire"', 'lead = "x"', 1), "utf-8")
    status, said = run("scenes", "check")
    assert status == WRONG
    assert "scenes/EMFV.toml: line 8: lead: no such department: 'x'" in said
    assert said.endswith("有 1 处问题\n")


def test_a_folder_elsewhere_can_be_checked(run, tmp_path):
    shutil.copy(resources.path("scenes/EMFW.toml"), tmp_path)
    assert run("scenes", "check", str(tmp_path))[0] == DONE
    (tmp_path / "torn.toml").write_text("id =", "utf-8")
    status, said = run("scenes", "check", str(tmp_path))
    assert (status, "torn.toml" in said) == (WRONG, True)


def test_a_folder_that_is_not_there_is_wrong(run, tmp_path):
    assert run("scenes", "check", str(tmp_path / "none"))[0] == WRONG


def test_the_list_gives_id_name_and_state(run):
    status, said = run("scenes", "list")
    assert status == DONE
    assert len(said.splitlines()) == 28
    assert "EMFV  消防安全视频监测预警  启用" in said
    assert "EPIN  一体化疫情防控综合管理（宁搏疫）  封存，经授权开启" in said
    assert "EMFV  Fire-safety video" in run("--language", "en", "scenes", "list")[1]


def test_a_plan_is_walked_through_on_paper(run):
    status, said = run("scenes", "rehearse", "EMFV-P1", "梅园新村街道")
    assert status == DONE
    assert "T+3     梅园新村街道  签收 15m 办结 5m  微型消防站到场先期处置" in said
    assert said.endswith("结束条件：明火扑灭、无复燃风险、人员清点完毕\n")
    assert len(said.splitlines()) == 13
    assert run("scenes", "rehearse", "NONE-P1")[0] == WRONG


def test_a_line_that_cannot_be_read_says_how(run):
    assert run("scenes", "fly")[0] == BAD_LINE


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_readme_tells_of_the_scenes_as_their_files_do(run, language):
    nanjing = read_city(resources.table("cities/nanjing.toml"), "cities/nanjing.toml")
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"<!-- scenes:{language} -->\n{table(nanjing, language)}\n<!-- /scenes -->" in readme
    assert run("scenes", "table", language)[1].strip() == table(nanjing, language)


NEW_SCENE = """
id = "HERI"
group = "daily"
name = "古城墙保护"
name_en = "City wall protection"
lifecycle = "active"
lead = "cul"
cards = ["crack"]

[feed]
mode = "push"
doors = ["sensorthings"]

[[type]]
code = "HERI-01"
name = "墙体开裂"
name_en = "Wall cracking"
level = "IV"
sources = ["iot"]
lead = "cul"
limits = { sign = "30m", handle = "1d" }

[[indicator]]
id = "crack"
name = "裂缝宽度"
name_en = "Width of the crack"
unit = "mm"
direction = "up"
normal = [0, 2]
warn = 3
alarm = 5
source = "裂缝计"
refresh_s = 600
opens = "HERI-01"

[[plan]]
id = "HERI-P1"
name = "墙体险情处置"
name_en = "Wall in danger"
on = ["HERI-01"]
level = "IV"
exit = "险情排除"
exit_en = "Danger over"

[[plan.step]]
at = 0
owner = "cul"
action = "现场核查"
action_en = "Verify on site"
output = "核查记录"
output_en = "Record"
"""


def test_a_new_scene_takes_a_file_alone(run, another, tmp_path):
    (another / "scenes" / "HERI.toml").write_text(NEW_SCENE, "utf-8")
    assert run("scenes", "check")[0] == DONE
    assert "HERI  古城墙保护  启用" in run("scenes", "list")[1]
    built = centre(tmp_path)
    assert built.centre.place.types["HERI-01"].scene == "HERI"
    assert taken(built, "320102", "HERI-01").scene == "HERI"


def test_a_new_city_takes_a_file_alone(run, another, tmp_path):
    words = (another / "cities" / "nanjing.toml").read_text("utf-8")
    words = words.replace('code = "320100"', 'code = "999900"').replace("南京市", "新城市")
    (another / "cities" / "newtown.toml").write_text(words, "utf-8")
    assert run("--city", "newtown", "scenes", "check")[0] == DONE
    built = centre(tmp_path, "cities/newtown.toml")
    assert built.centre.hello().city_name == "新城市"
    assert taken(built, "320102", "DMUM-01").no.startswith("320102")


def test_the_city_of_the_real_cases_runs_by_its_files(run, tmp_path):
    assert run("--city", "pingshan", "scenes", "check")[0] == DONE
    built = centre(tmp_path, "cities/pingshan.toml")
    assert built.centre.hello().city_name == "坪山区"
    city = built.centre.place.city
    street = next(iter(city.streets))
    made = taken(built, "440310", "DMUM-01", street)
    assert made.no.startswith("440310")
    assert city.resolve("street", "440310", street) == f"st_{street}"


def centre(tmp_path, city="cities/nanjing.toml"):
    return build(tmp_path / "ledger", SystemClock(), city=city)


def taken(built, district, type, street=""):
    """Give an incident of a type as the centre took it in."""
    scope = f"{district}.{street}" if street else district
    scene = built.centre.place.types[type].scene
    born = birth(scope, type=type, scene=scene)
    try:
        built.centre.load([act("system", born)], system())
        return built.centre.get("incident", born.record)
    finally:
        built.close()


def test_the_vital_signs_are_explained_point_by_point(run, tmp_path, monkeypatch):
    running = Running(tmp_path / "centre").welcome(PEOPLE["lead"], PEOPLE["water"]).start()
    monkeypatch.setenv("CHENGYUN_CENTRE", running.url)
    monkeypatch.setenv("CHENGYUN_DATA", str(tmp_path / "desk"))
    core = build_core(Settings(centre=running.url, data=str(tmp_path / "desk")), Inline())
    core.sign_in("lead", PASSWORD).result()
    core.close()
    centre = running.built.centre
    now = centre.clock.now()
    risk = Reading(topic="indicator", of="EMCR.risk_index", at=now, value=50.0, scope="*")
    centre.take_readings([risk], PEOPLE["water"])
    centre.beat()
    status, said = run("scenes", "explain")
    running.close()
    assert status == DONE
    # 40 to 60 falls from 100 to 60: 50 scores 80, and it is all that is known.
    assert "80.0" in said
    assert "20.0" in said


def test_without_any_reading_it_says_so(run, tmp_path, monkeypatch):
    monkeypatch.setenv("CHENGYUN_DATA", str(tmp_path / "desk"))
    status, said = run("scenes", "explain")
    assert status == DONE
    assert TEXTS.text("explain.nothing") in said


def test_another_city_is_checked_with_its_own_files(run):
    assert run("scenes", "check", "--city", "pingshan")[0] == DONE
    said = run("scenes", "list", "--city", "pingshan")[1]
    assert "EPWT" not in said
    assert "智慧法院与“i深圳”" in said
    assert run("scenes", "rehearse", "SOCF-P1", "坪山街道", "--city", "pingshan")[0] == DONE
