"""Every scene file is right, and a wrong one says in which line and key."""

import tomllib

import pytest

from console.base import resources
from console.base.errors import BadData
from console.base.text import table
from console.domain.city import City, read_city
from console.domain.record import Term
from console.scenes.lists import read_lists
from console.scenes.read import read_scene, read_scenes, with_terms
from console.scenes.scene import Scene, indicators_of, leaves, plans_of, types_of


@pytest.fixture(scope="module")
def nanjing() -> City:
    return read_city(resources.table("cities/nanjing.toml"), "cities/nanjing.toml")


@pytest.fixture(scope="module")
def scenes(nanjing: City) -> dict[str, Scene]:
    return read_scenes(nanjing)


def test_all_scenes_are_read_with_all_their_types(scenes: dict[str, Scene]):
    assert len(scenes) == 28
    types = types_of(scenes)
    assert sum(not t.parent for t in types.values()) == 173
    assert len(leaves(scenes.values())) > 200


def test_all_scenes_carry_their_indicators_and_plans(scenes: dict[str, Scene]):
    plans = plans_of(scenes)
    assert len(indicators_of(scenes)) == 235
    assert (len(plans), sum(len(plan.step) for plan in plans.values())) == (32, 212)
    assert all(scene.indicators and scene.plans and scene.cards for scene in scenes.values())


def test_everything_is_said_in_english_too(scenes: dict[str, Scene]):
    for scene in scenes.values():
        said = [scene.name_en, scene.description_en]
        said += [word for i in scene.indicators for word in (i.name_en, i.source_en or i.source)]
        said += [i.unit_en or i.unit for i in scene.indicators]
        said += [i.note_en for i in scene.indicators if i.note]
        said += [t.trigger_en for t in scene.types]
        said += [p.when_en for p in scene.plans if p.when]
        for plan in scene.plans:
            said += [plan.name_en, plan.exit_en]
            said += [word for s in plan.step for word in (s.action_en, s.output_en)]
        assert [word for word in said if any("\u3400" <= c <= "\u9fff" for c in word)] == []
        assert all(said[: 2 + 2 * len(scene.indicators)])


def test_scenes_of_the_epidemic_are_sealed(scenes: dict[str, Scene]):
    sealed = {s.id for s in scenes.values() if s.lifecycle == "dormant"}
    assert sealed == {s.id for s in scenes.values() if s.group == "epidemic"} - {"EPOC"}


def test_a_type_has_names_words_and_a_limit_to_handle_it(scenes: dict[str, Scene]):
    for event_type in types_of(scenes).values():
        assert event_type.name
        assert event_type.name_en.isascii() or "ç" in event_type.name_en
        assert event_type.keywords
        assert event_type.limits.sign
        assert event_type.limits.handle


def test_a_sub_type_takes_from_its_parent_what_it_does_not_say(scenes: dict[str, Scene]):
    types = types_of(scenes)
    unpaid = next(t for t in types.values() if t.name == "拖欠工资")
    above = types[unpaid.parent]
    assert above.code == "DMHL-02"
    assert unpaid.sources == above.sources
    assert (unpaid.lead, unpaid.limits.handle) == ("hrs", "10wd")


def test_a_condition_has_limits_of_its_own(scenes: dict[str, Scene]):
    cover = types_of(scenes)["DMUM-04"]
    assert cover.limits_in("broken").handle == "4wh"
    assert cover.limits_in("") == cover.limits


def test_every_code_of_the_city_has_a_text_in_each_language(nanjing: City):
    wanted = {
        *(f"level.{x}" for x in nanjing.levels),
        *(f"urgency.{x}" for x in nanjing.urgencies),
        *(f"source.{x}" for x in nanjing.sources),
    }
    for language in ("zh_CN", "en"):
        assert wanted - table(language).keys() == set()


def test_a_type_that_came_with_data_takes_lead_and_limits_from_the_one_above(
    scenes: dict[str, Scene],
):
    term = Term(id="1", of="type", code="PS-602", name="无照经营游商", under="DMUM-02")
    grown = with_terms(scenes, [term])
    new = types_of(grown)["PS-602"]
    assert (new.scene, new.limits) == ("DMUM", types_of(scenes)["DMUM-02"].limits)
    assert "PS-602" not in types_of(scenes)


@pytest.mark.parametrize(
    ("was", "now", "where"),
    [
        ('lead = "hrs"', 'lead = "nobody"', ".lead"),
        ('co = ["hud", "jus"]', 'co = ["nobody"]', ".co"),
        ('handle = "10wd"', 'handle = "10 fortnights"', ".limits.handle"),
        ('level = "IV"', 'level = "V"', ".level"),
        ('emergency_class = "accident"', 'emergency_class = "ghosts"', ".emergency_class"),
        ('sources = ["ai_text"]', 'sources = ["oracle"]', ".sources"),
        ('name_en = "Wages unpaid"', 'colour = "red"', "type[1].sub["),
    ],
)
def test_a_wrong_scene_names_the_line_and_the_key(nanjing: City, was: str, now: str, where: str):
    file = "scenes/DMHL.toml"
    words = resources.path(file).read_text("utf-8").replace(was, now, 1)
    with pytest.raises(BadData) as bad:
        read_scene(tomllib.loads(words), file, nanjing, read_lists(), words)
    assert where in bad.value.where
    line = int(bad.value.where.removeprefix("line ").partition(":")[0])
    near = "\n".join(words.splitlines()[max(0, line - 12) : line + 12])
    assert now in near
