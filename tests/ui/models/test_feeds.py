"""The systems that feed a scene stand by what came of them; linkages say what they do."""

from typing import Any

from console.base.text import speak
from console.domain.words import Words
from console.scenes.linkage import read_linkages
from tests.ui.desk import Desk
from ui.models.feeds import linkages, sources


def told(seat: Desk, scene: str, later_s: int = 0) -> dict[str, Any]:
    core = seat.core
    now = core.clock.now() + later_s * 1_000
    found = sources(core, core.scenes[scene], Words(core), now)
    return {chip.words.split(" ")[0]: chip for chip in found}


def test_a_system_that_never_spoke_is_not_connected(seat: Desk) -> None:
    chips = told(seat, "EMFW").values()
    assert {chip.glyph for chip in chips} == {"ring"}
    assert all("未接入" in chip.words for chip in chips)


def test_a_system_is_live_in_part_then_stale_then_lost(seat: Desk) -> None:
    seat.core.gauges.give("EMFW.street_hydrant", 0.24).result()
    assert told(seat, "EMFW")["水务集团"].words == "水务集团 1/1"
    assert "截至" in told(seat, "EMFW", 200)["水务集团"].words
    assert "失联" in told(seat, "EMFW", 2_000)["水务集团"].words
    seat.core.gauges.give("EMFW.pool_level", 97).result()
    assert "部分" in told(seat, "EMFW")["消防物联网"].words


def test_linkages_of_a_scene_say_what_they_do_in_both_languages(seat: Desk) -> None:
    core = seat.core
    known = read_linkages(core.city, core.scenes).by_id
    for language in ("zh_CN", "en"):
        speak(language)
        for scene in core.scenes.values():
            for chip in linkages(scene, known, core.scenes, core.city):
                assert chip.words.startswith("LK-")
                assert "⟦" not in chip.told
    speak("zh_CN")
    fire = linkages(core.scenes["EMFV"], known, core.scenes, core.city)
    assert any("启动预案：视频烟火告警处置" in chip.told for chip in fire)
    assert linkages(core.scenes["EMFW"], known, core.scenes, core.city)[0].glyph == "ring"
