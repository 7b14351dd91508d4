"""Symbols differ by shape as well as colour; a count is written in few letters."""

import pytest

from ui.kit import fonts, theme
from ui.kit.mapsymbols import Symbols, counted
from ui.models.mapmarks import Symbol

NIGHT = theme.read("night")


@pytest.fixture
def symbols(qapp):
    return Symbols(fonts.family(fonts.load()))


@pytest.mark.parametrize(
    ("count", "said"), [(7, "7"), (999, "999"), (1_234, "1.2k"), (45_678, "45k")]
)
def test_a_count_is_short(count, said):
    assert counted(count) == said


def test_a_mark_has_the_colour_of_its_role_in_its_middle(symbols):
    image = symbols.mark(NIGHT, Symbol("disc", "severity.III", 14), 1.0)
    assert image.pixelColor(image.width() // 2, image.height() // 2) == NIGHT.colour("severity.III")
    assert symbols.mark(NIGHT, Symbol("disc", "severity.III", 14), 1.0) is image


def test_shapes_of_two_levels_differ(symbols):
    one = symbols.mark(NIGHT, Symbol("diamond", "accent", 14), 1.0)
    two = symbols.mark(NIGHT, Symbol("square", "accent", 14), 1.0)
    assert one != two


def test_a_cluster_wears_the_gravest_and_grows_with_its_count(symbols):
    grave = Symbol("diamond", "severity.I")
    few, many = (symbols.cluster(NIGHT, grave, n, 1.0) for n in (3, 12_345))
    assert few.width() <= many.width()
    top = {few.pixelColor(few.width() // 2, y).name() for y in range(8)}
    assert NIGHT.css("severity.I").lower() in top


def test_a_cluster_of_what_has_no_level_is_not_taken_for_incidents(symbols):
    graded, other = (
        symbols.cluster(NIGHT, Symbol("square", role), 8, 1.0) for role in ("severity.IV", "accent")
    )
    corners = [image.pixelColor(4, 4).alpha() for image in (graded, other)]
    assert corners[0] == 0
    assert corners[1] > 0


def test_a_unit_that_looks_nowhere_is_no_arrow(symbols):
    assert symbols.unit(NIGHT, "good", 2.0, heading=True) != symbols.unit(
        NIGHT, "good", 2.0, heading=False
    )
