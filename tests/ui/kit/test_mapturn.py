"""A worker stands back while the screen has its turn, but never for ever."""

import threading

import pytest

from tests.ui.kit.mapseat import canvas
from ui.kit import mapturn
from ui.kit.mapturn import Turn


@pytest.fixture
def patient(monkeypatch):
    monkeypatch.setattr(mapturn, "LONGEST_S", 60.0)
    monkeypatch.setattr(mapturn, "PATIENCE_S", 60.0)


def resting(turn: Turn) -> threading.Thread:
    worker = threading.Thread(target=turn.rest)
    worker.start()
    return worker


@pytest.mark.usefixtures("patient")
def test_a_worker_goes_on_at_once_while_the_screen_has_no_frame():
    turn = Turn()
    turn.rest()
    turn.take()
    turn.give()
    turn.rest()


@pytest.mark.usefixtures("patient")
def test_a_worker_stands_back_until_the_frame_is_painted():
    turn = Turn()
    turn.take()
    worker = resting(turn)
    worker.join(0.05)
    assert worker.is_alive()
    turn.give()
    worker.join(30)
    assert not worker.is_alive()


def test_a_frame_that_never_comes_is_not_waited_for_twice(monkeypatch):
    turn = Turn()
    turn.take()
    monkeypatch.setattr(mapturn, "LONGEST_S", 0.001)
    turn.rest()
    monkeypatch.setattr(mapturn, "LONGEST_S", 60.0)
    turn.rest()


def test_a_hand_that_never_rests_gets_its_picture_all_the_same(monkeypatch):
    monkeypatch.setattr(mapturn, "LONGEST_S", 0.002)
    monkeypatch.setattr(mapturn, "PATIENCE_S", 0.001)
    turn = Turn()
    turn.take()
    turn.rest()
    monkeypatch.setattr(mapturn, "LONGEST_S", 60.0)
    turn.take()
    turn.rest()


def test_a_map_takes_its_turn_when_a_hand_moves_it_and_gives_it_back(outfit, qtbot, monkeypatch):
    told = []
    monkeypatch.setattr(Turn, "take", lambda _self: told.append("take"))
    monkeypatch.setattr(Turn, "give", lambda _self: told.append("give"))
    made = canvas(outfit, qtbot)
    told.clear()
    made.look_at(made.camera.moved(20, 0), by_hand=True)
    assert told == ["take"]
    made.repaint()
    assert told[-1] == "give"
