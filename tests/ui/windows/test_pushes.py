"""What is pushed to this wall is answered once; whoever pushed hears of it."""

import pytest

from console.domain.changes import Changes
from console.domain.record import Camera, Showing
from ui.models.news import Answers
from ui.windows.pushes import LATE_MS, Answered, Pushes, what_of


def asked(seat, **facts):
    plain = {"id": "p1", "wall": seat.core.seat, "camera": "cam-1", "by": "liu", "state": "asked",
             "scope": "*", "asked_at": seat.core.clock.now(), "version": 1}  # fmt: skip
    return Showing(**(plain | facts))


@pytest.fixture
def wall(seat, notices, qapp):
    shown, lines = [], []
    seat.core.run = lambda line: lines.append(line) or seat.core.work.call(lambda: None)

    def show(showing):
        shown.append(showing.id)
        return "已锁定" if showing.layout else ""

    return Pushes(seat.core, Answers(notices.failed), show), shown, lines


def test_what_is_asked_of_this_wall_is_shown_or_refused_once(wall, seat, qtbot):
    pushes, shown, lines = wall
    seat.hears(
        asked(seat), asked(seat, id="p2", layout="3"), asked(seat, id="p3", wall="another"),
        asked(seat, id="p4", asked_at=seat.core.clock.now() - LATE_MS - 1),
    )  # fmt: skip
    pushes.refresh(Changes(touched=frozenset({("showing", "p1")})))
    qtbot.waitUntil(lambda: len(lines) == 3)
    pushes.refresh(Changes(everything=True))
    pushes.refresh(Changes())
    qtbot.wait(50)
    assert sorted(shown) == ["p1", "p2"]
    assert "showing.show p1" in lines
    assert 'showing.refuse p2 "已锁定"' in lines
    assert any(line.startswith("showing.refuse p4") for line in lines), "late is said, not shown"
    assert len(lines) == 3


def test_whoever_asked_is_told_what_became_of_it(seat, notices):
    said = []
    notices.told.connect(lambda told: said.append(told.words))
    answered = Answered(seat.core, notices)
    me = seat.core.person.user
    seat.hears(Camera(id="cam-1", name="云芷路口", state="in_service", scope="320102", version=1))
    seat.hears(asked(seat, by=me, state="refused", reason="已锁定", version=2),
               asked(seat, id="p2", by="liu", state="shown"))  # fmt: skip
    news = Changes(touched=frozenset({("showing", "p1"), ("showing", "p2")}))
    for _ in range(2):
        answered.refresh(news)
    assert len(said) == 1
    assert "云芷路口" in said[0]
    assert "已锁定" in said[0]


def test_what_was_asked_is_said_in_words(seat):
    assert "3" in what_of(seat.core, asked(seat, camera="", layout="3"))
    assert what_of(seat.core, asked(seat, camera="", incident="n9")) == "n9"
    assert what_of(seat.core, asked(seat, camera="gone")) == "gone"
