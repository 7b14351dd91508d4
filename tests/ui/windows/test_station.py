"""A station says what the frame may ask of it; what it does not do says so."""

import pytest

from ui.windows.station import Station


def test_a_station_must_say_how_it_begins_runs_and_ends(qtbot):
    bare = Station()
    qtbot.addWidget(bare)
    for ask in (bare.begin, bare.end, lambda: bare.run("help.keys")):
        with pytest.raises(NotImplementedError):
            ask()
    bare.save()
    bare.unselect()
    bare.take_focus()
