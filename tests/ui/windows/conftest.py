"""A whole workstation on a seat without a centre."""

from collections.abc import Iterator

import pytest
from shiboken6 import delete

from console.domain.words import Words
from ui.kit.notices import Notices
from ui.kit.sound import Sounds
from ui.models.news import News
from ui.windows.frame import Frame
from ui.windows.station import Given
from ui.windows.workstation import Workstation


@pytest.fixture
def notices(seat) -> Notices:
    return Notices(seat.core.clock.now, Words(seat.core).notice)


@pytest.fixture
def frame(seat, outfit, notices, qtbot) -> Iterator[Frame]:
    news, sounds = News(beat_ms=1), Sounds(on=False)
    seat.core.subscribe(news.take)
    station = Workstation(Given(seat.core, outfit, news, notices, sounds))
    made = Frame(seat.core, outfit, notices, station)
    made.resize(1600, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.end()
    made.close()
    # Gone while its style sheet is still in place, as at the end of the program.
    delete(made)


@pytest.fixture
def station(frame, seat, qtbot) -> Workstation:
    """Give the workstation with somebody at it, who looks at all incidents."""
    from console.app import SignedIn  # noqa: PLC0415

    frame.sit(SignedIn(seat.core.person))
    frame.station.run("queue.open all")
    qtbot.waitUntil(lambda: frame.station.panels.queue.grid.table.rowCount() == 4)
    qtbot.waitUntil(frame.station.panels.queue.rows_have_focus)
    return frame.station
