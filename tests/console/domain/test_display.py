"""How high letters must be follows from the screen and the farthest viewer, by arithmetic."""

import math

import pytest

from console.base.errors import BadData
from console.domain.display import Display, display_of, displays, nearest, read_display

HALL = {
    "name": "大厅屏", "name_en": "Hall", "width_px": 1920, "height_px": 1080, "width_mm": 5280,
    "height_mm": 2970, "viewer_mm": 10_000,
}  # fmt: skip


def test_a_character_fills_its_arc_at_the_farthest_viewer():
    display = Display(**HALL)
    for arc, pixels in ((16, display.latin_px), (20, display.han_px)):
        seen = 2 * math.atan(pixels * display.pitch / 2 / display.viewer_mm)
        assert math.degrees(seen) * 60 == pytest.approx(arc)
    assert display.han_px == pytest.approx(21.16, abs=0.01)


def test_twice_as_far_wants_letters_twice_as_high():
    far = Display(**{**HALL, "viewer_mm": 20_000})
    assert far.han_px == pytest.approx(2 * Display(**HALL).han_px)


@pytest.mark.parametrize(
    ("change", "where"),
    [({"viewer_mm": 0}, "viewer_mm"), ({"width_mm": 9_999}, "width_mm"), ({"tall": 1}, "")],
)
def test_a_measure_that_cannot_be_is_named(change, where):
    with pytest.raises(BadData) as told:
        read_display({**HALL, **change}, "hall.toml")
    assert told.value.where == where


def test_a_file_of_ones_own_is_read_and_a_broken_one_is_named(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text("\n".join(f"{name} = {value!r}" for name, value in HALL.items()))
    assert display_of(file) == Display(**HALL)
    file.write_text("width_px = ")
    with pytest.raises(BadData, match=r"mine\.toml"):
        display_of(file)


def test_the_display_likest_to_a_window_is_taken():
    assert len(displays()) >= 3
    for width, height in ((1920, 1080), (3840, 2160), (3840, 1080)):
        found = nearest(width, height)
        assert (found.width_px, found.height_px) == (width, height)
        assert not found.touch
