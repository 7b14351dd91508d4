"""The ground says what it is and of which date; without a map it says that there is none."""

from ui.kit.mapground import Bare, ground_of, said_of


def test_the_shipped_map_says_that_it_is_off_line_and_schematic(seat):
    said = said_of(ground_of(seat.core))
    assert "离线底图 2026-11-03" in said
    assert "示意" in said


def test_bare_ground_says_what_to_do(seat):
    seat.core.maps.files.clear()
    held = ground_of(seat.core)
    assert isinstance(held, Bare)
    assert held.tile((1, 1, 1)) is None
    assert "maps" in said_of(held)
    held.close()
