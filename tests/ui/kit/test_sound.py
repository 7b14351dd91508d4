"""Sounds are whole and short, can be turned off, and a missing player stops nothing."""

import wave

import pytest

from ui.kit import sound
from ui.kit.sound import NAMES, Sounds, place


@pytest.mark.parametrize("name", NAMES)
def test_every_sound_is_there_and_short(name):
    with wave.open(str(place(name))) as file:
        assert 0.1 < file.getnframes() / file.getframerate() < 1


def test_a_sound_that_is_off_is_not_played(qapp):
    sounds = Sounds(on=False)
    sounds.play("arrival")
    assert sounds.played == []


def test_a_player_that_cannot_be_started_stops_nothing(qapp, qtbot, monkeypatch):
    monkeypatch.setattr(sound, "player", lambda: ("/nowhere/player",))
    sounds = Sounds()
    sounds.play("arrival")
    qtbot.waitUntil(lambda: sounds._running is None)
    sounds.play("severe")
    assert sounds.played == ["arrival", "severe"]
    qtbot.waitUntil(lambda: sounds._running is None)
    sounds.close()


def test_a_machine_without_a_player_beeps(qapp, monkeypatch):
    monkeypatch.setattr(sound, "player", lambda: ())
    sounds = Sounds()
    sounds.play("overdue")
    assert sounds.played == ["overdue"]
