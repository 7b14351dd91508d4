"""Layers are data: a seat keeps what it chose, and a scene brings the layers that it names."""

from console.base.text import TEXTS, speak
from console.scenes.lists import read_list
from ui.kit import theme
from ui.models.mapsheet import (
    ALWAYS,
    Seen,
    keep,
    kept,
    name_of,
    of_scene,
    read_layers,
    scene_layers,
    usual,
)


def test_every_layer_has_a_name_in_both_languages():
    assert all(TEXTS.has(f"choice.layer.{layer.id}") for layer in read_layers())


def test_a_seat_keeps_what_it_chose(seat):
    chosen = usual(read_layers()).turned("heat").raised("incidents", 1)
    keep(seat.core, chosen)
    assert kept(seat.core, usual(read_layers())) == chosen


def test_what_is_chosen_for_a_scene_is_kept_for_it_alone(seat):
    layers = (*scene_layers(seat.core.scenes.values()), *read_layers())
    begins = of_scene(seat.core.scenes["DMSW"].map.layers, layers)
    chosen = begins.turned("dike_sections").raised("flood_prone", 2)
    keep(seat.core, chosen, "DMSW")
    assert kept(seat.core, begins, "DMSW") == chosen
    assert kept(seat.core, usual(read_layers())) == usual(read_layers())


def test_a_scenes_file_makes_a_layer_of_lines_or_areas(seat):
    held = {layer.id: layer for layer in scene_layers(seat.core.scenes.values())}
    assert held["dike_sections"].shape.file == "dike_sections.geojson"
    assert held["dike_sections"].draw == held["flood_prone"].draw == "shapes"
    assert held["dike_sections"].symbol[""][0] == "dash"
    assert held["flood_prone"].symbol[""][0] == "square"
    assert held["river_stations"].draw == "points"
    drawn = [layer for layer in held.values() if layer.shape]
    assert all(theme.read(n).colour(x.shape.role) for x in drawn for n in ("night", "day"))


def test_layers_that_came_since_stand_as_usual(seat):
    seat.core.keep(f"map/layers/{seat.core.seat or '-'}", b"units gone|units gone")
    found = kept(seat.core, usual(read_layers()))
    assert found.order[0] == "units"
    assert set(found.order) == set(usual(read_layers()).order)
    assert "incidents" in found.shown


def test_a_layer_moves_up_and_down_and_no_farther():
    seen = Seen(("a", "b", "c"), frozenset("a"))
    assert seen.raised("a", 1).order == ("b", "a", "c")
    assert seen.raised("c", 5).order == ("a", "b", "c")
    assert seen.raised("b", -5).order == ("b", "a", "c")
    assert seen.turned("a").shown == frozenset()


def test_every_layer_that_scenes_name_can_be_shown(seat):
    held = (*scene_layers(seat.core.scenes.values()), *read_layers())
    names = {name for layer in held for name in (layer.id, *layer.scenes)}
    assert set(read_list("lists/layers.toml")) <= names


def test_a_scene_shows_the_layers_that_it_names_over_what_always_is(seat):
    held = (*scene_layers(seat.core.scenes.values()), *read_layers())
    names = seat.core.scenes["EMFV"].map.layers
    seen = of_scene(names, held)
    assert {"fire_stations", "hydrants", "high_rises"} | ALWAYS <= seen.shown
    assert "cameras" in seen.order
    assert "cameras" not in seen.shown


def test_a_layer_is_called_by_its_name_in_the_language_that_is_spoken():
    assert name_of("high_rises") == "高层建筑"
    assert name_of("incidents") == "事件"
    speak("en")
    try:
        assert name_of("high_rises") == "High-rise buildings"
    finally:
        speak("zh_CN")
