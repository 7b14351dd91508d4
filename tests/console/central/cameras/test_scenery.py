"""Invented places move below, keep still above, and close on themselves."""

import numpy as np
import pytest

from console.central.cameras.scenery import SCENES, TOP, flat, frames, named, still, timed


@pytest.mark.parametrize("scene", SCENES, ids=lambda s: str(s.seed))
def test_things_move_below_and_nothing_moves_where_the_caption_stands(scene):
    first, second = list(frames(scene, 320, 180, 3, 1))[:2]
    edge = int(180 * TOP) - 1
    moved = np.abs(first.astype(int) - second).max(axis=2)
    assert moved[:edge].max() <= 6  # grain, no more
    assert moved[edge:].max() > 60


def test_a_still_never_changes_and_a_flat_picture_has_one_colour():
    assert (still(SCENES[0], 320, 180) == still(SCENES[0], 320, 180)).all()
    assert len(np.unique(flat((4, 4, 5), 32, 18).reshape(-1, 3), axis=0)) == 1


def test_a_name_is_written_on_the_left_and_a_time_on_the_right():
    plain = flat((90, 90, 90), 640, 96)
    for written, half in (
        (named(plain, "云芷路口"), np.s_[:, :320]),
        (timed(plain, "2026-01-05 10:00:00"), np.s_[:, 320:]),
    ):
        changed = (written != plain).any(axis=2)
        assert changed.any()
        assert changed[half].sum() == changed.sum()
