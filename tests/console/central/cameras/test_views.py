"""Every camera shows its own scene, or its trouble; a dying one comes back."""

from console.central.cameras import views
from console.central.cameras.views import CYCLE_S, DEAD_S, View, away, loop_of


def test_a_loop_is_encoded_once_for_all_that_show_it():
    first = loop_of(View("一", 0, "black"), "sub")
    assert loop_of(View("二", 3, "black"), "sub") is first
    assert (first.width, first.height, first.fps) == views.SIZES["sub"]


def test_a_dying_camera_is_away_for_a_part_of_each_cycle():
    view = View("一", 0, "dying")
    gone = [away(view, 5, float(now)) for now in range(CYCLE_S)]
    assert sum(gone) == DEAD_S
    assert away(View("一", 0, "dead"), 5, 0.0)
    assert not away(View("一", 0, "frozen"), 5, 0.0)
