"""A scene's indicators, plans, map and doors are checked against what there is, and in order."""

import tomllib

import pytest

from console.base import resources
from console.base.errors import BadData
from console.domain.city import City, read_city
from console.scenes.lists import Lists, read_lists
from console.scenes.read import read_scene, survey

FILE = "scenes/EMCR.toml"
SHAPE = """[[map.shape]]
layer = "dikes"
file = "x.geojson"
role = "good"

[map.camera]"""


@pytest.fixture(scope="module")
def nanjing() -> City:
    return read_city(resources.table("cities/nanjing.toml"), "cities/nanjing.toml")


@pytest.fixture(scope="module")
def lists() -> Lists:
    return read_lists()


@pytest.mark.parametrize(
    ("was", "now", "where", "why"),
    [
        ('cards = ["risk_index"', 'cards = ["mood"', "cards", "no such indicator: 'mood'"),
        ('group = "emergency"', 'group = "other"', "group", "no such group"),
        ('"cap"', '"pigeon"', "feed.doors", "no such door"),
        ('"gas_mains"', '"ley_lines"', "map.layers", "no such layer"),
        ("[map.camera]", SHAPE, "map.shape[0].layer", "no such layer here"),
        (
            "[map.camera]",
            SHAPE.replace("dikes", "gas_mains").replace("x.geo", "../x.geo"),
            "map.shape[0].file",
            "without a folder",
        ),
        (
            "[map.camera]",
            SHAPE.replace("dikes", "gas_mains").replace("good", 'good"\ncrs = "moon'),
            "map.shape[0].crs",
            "no such datum",
        ),
        ('fields = ["concentration_lel"', 'fields = ["smell"', "type[0].fields", "no such field"),
        ("warn = 20\nalarm = 35", "warn = 35\nalarm = 20", "indicator[1].alarm", "outward"),
        ('opens = "EMCR-01"', 'opens = "EMFV-01"', "indicator[1].opens", "type in this scene"),
        ('id = "ch4_lel"', 'id = "risk_index"', "indicator[1].id", "given twice"),
        ('on = ["EMCR-01"]', 'on = ["EMFV-01"]', "plan[0].on", "type in this scene"),
        ("at = 30\n", "at = 1\n", "plan[0].step[7].at", "before the step above it"),
        ('owner = "gas"', 'owner = "ghost"', "plan[0].step[1].owner", "no such department"),
        ('id = "EMCR-P2"', 'id = "EMCR-P1"', "plan[1].id", "given twice"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_key(
    nanjing: City, lists: Lists, was: str, now: str, where: str, why: str
):
    words = resources.path(FILE).read_text("utf-8")
    assert was in words
    words = words.replace(was, now, 1)
    with pytest.raises(BadData) as bad:
        read_scene(tomllib.loads(words), FILE, nanjing, lists, words)
    line, _, key = bad.value.where.partition(": ")
    assert key == where
    assert why in bad.value.why
    near = words.splitlines()[int(line.removeprefix("line ")) - 1]
    assert near.startswith((where.rpartition(".")[2], "alarm", "id", "opens", "group", "cards"))


def test_all_that_is_wrong_in_a_folder_is_told_at_once(nanjing: City, tmp_path):
    good = resources.path("scenes/EMFW.toml").read_text("utf-8")
    (tmp_path / "EMFW.toml").write_text(good, "utf-8")
    (tmp_path / "twin.toml").write_text(good.replace('group = "emergency"', 'group = "x"'), "utf-8")
    (tmp_path / "torn.toml").write_text("id = ", "utf-8")
    scenes, faults = survey(nanjing, str(tmp_path))
    assert list(scenes) == ["EMFW"]
    told = {(fault.file.rpartition("/")[2], fault.why.partition(":")[0]) for fault in faults}
    assert ("twin.toml", "no such group") in told
    assert ("twin.toml", "given twice") in told
    assert any(file == "torn.toml" for file, _ in told)
