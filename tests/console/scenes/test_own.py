"""A city's own files of scenes: whole, added, left out, or changes of the common ones; checked."""

import pytest

from console.base import resources
from console.base.errors import BadData
from console.domain.city import City, read_city
from console.scenes.own import Source
from console.scenes.read import read_scenes, survey
from console.scenes.scene import indicators_of, types_of

CITY = "cities/other.toml"
AMENDS = """amends = "EMGD"
drop = ["rain_24h"]
name = "地灾（另城）"

[[indicator]]
id = "rain_1h"
warn = 31

[[type]]
code = "EMGD-90"
name = "海岸崩塌"
name_en = "Coast falling"
level = "III"
sources = ["iot"]
lead = "nrp"
limits = { sign = "5m", handle = "4h" }
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Give a folder of a city's own scenes, in a copy of the resources."""
    root = tmp_path / "resources"
    root.mkdir()
    for each in resources.path("").iterdir():
        if each.name != "cities":
            (root / each.name).symlink_to(each)
    (root / "cities/other/scenes").mkdir(parents=True)
    words = resources.path("cities/nanjing.toml").read_text("utf-8")
    (root / CITY).write_text(
        words.replace('zone = "', 'own = "cities/other"\nzone = "', 1), "utf-8"
    )
    monkeypatch.setattr(resources, "ROOT", tmp_path)
    return root / "cities/other/scenes"


def city() -> City:
    return read_city(resources.table(CITY), CITY, resources.path(CITY).read_text("utf-8"))


def test_a_file_that_amends_changes_what_it_names_and_nothing_else(own):
    before = read_scenes(city())
    (own / "EMGD.toml").write_text(AMENDS, "utf-8")
    after = read_scenes(city())
    scene = after["EMGD"]
    assert scene.name == "地灾（另城）"
    assert "EMGD.rain_24h" not in indicators_of(after)
    was, now = indicators_of(before)["EMGD.rain_1h"], indicators_of(after)["EMGD.rain_1h"]
    assert (now.warn, now.alarm, now.name) == (31, was.alarm, was.name)
    assert types_of(after)["EMGD-90"].lead == "nrp"
    assert len(scene.types) == len(before["EMGD"].types) + 1
    assert scene.plans == before["EMGD"].plans
    assert {**after, "EMGD": None} == {**before, "EMGD": None}


def test_a_whole_file_stands_for_the_common_one_or_beside_it(own):
    words = resources.path("scenes/EMGD.toml").read_text("utf-8")
    (own / "EMGD.toml").write_text(words.replace('name = "', 'name = "新', 1), "utf-8")
    (own / "ZZZZ.toml").write_text(words.replace("EMGD", "ZZZZ"), "utf-8")
    scenes = read_scenes(city())
    assert scenes["EMGD"].name.startswith("新")
    assert "ZZZZ.rain_1h" in indicators_of(scenes)
    assert len(scenes) == 29


@pytest.mark.parametrize(
    ("was", "now", "line", "key", "why"),
    [
        ('amends = "EMGD"', 'amends = "NONE"', 1, "amends", "no such scene: 'NONE'"),
        ('"rain_24h"', '"rain_99h"', 2, "drop", "no such type, indicator or plan in EMGD"),
        ("warn = 31", 'warn = "much"', 7, "indicator[0].warn", "Expected"),
        ("warn = 31", "wrn = 31", 7, "indicator[0].wrn", "unknown field"),
        ('id = "rain_1h"\n', "", 5, "indicator[0]", "it has no id"),
        ('lead = "nrp"', 'lead = "ghost"', 14, "type[0].lead", "no such department"),
        ('name = "地灾（另城）"', 'colour = "red"', 3, "colour", "unknown field `colour`"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_the_line_and_key_that_was_written(own, was, now, line, key, why):
    assert was in AMENDS
    (own / "EMGD.toml").write_text(AMENDS.replace(was, now), "utf-8")
    found = next(f for f in survey(city())[1] if why in f.why)
    assert found.file == "cities/other/scenes/EMGD.toml"
    said, _, named = found.where.partition(": ")
    assert named == key
    assert abs(int(said.removeprefix("line ")) - line) < 3


def test_what_the_change_breaks_in_the_common_file_is_told_of_it(own):
    (own / "EMGD.toml").write_text('amends = "EMGD"\ndrop = ["EMGD-01"]\n', "utf-8")
    faults = survey(city())[1]
    assert faults
    assert {fault.file for fault in faults} == {"scenes/EMGD.toml"}


@pytest.mark.parametrize(
    ("more", "key"),
    [('leaves_out = ["scenes/NONE.toml"]', "leaves_out"), ('own = "cities/nowhere"', "own")],
)
def test_a_city_says_what_it_names_and_is_not_there(own, more, key):
    file = resources.path(CITY)
    words = file.read_text("utf-8").replace('own = "cities/other"', more)
    file.write_text(words, "utf-8")
    with pytest.raises(BadData) as bad:
        city()
    assert key in bad.value.where


def test_a_file_that_no_city_can_have_is_not_passed_over(own):
    (own.parent / "vitls.toml").write_text("", "utf-8")
    with pytest.raises(BadData) as bad:
        city()
    assert "vitls.toml" in bad.value.why


def test_a_scene_left_out_is_not_there(own):
    file = resources.path(CITY)
    more = 'leaves_out = ["scenes/EPWT.toml"]\nown = "cities/other"'
    file.write_text(file.read_text("utf-8").replace('own = "cities/other"', more), "utf-8")
    assert "EPWT" not in read_scenes(city())


def test_a_source_of_one_file_tells_its_own_lines():
    fault = Source.of({"a": 1}, "s.toml", "\n\na = 1\n").fault("a", "wrong")
    assert (fault.file, fault.where, fault.why) == ("s.toml", "line 3: a", "wrong")
