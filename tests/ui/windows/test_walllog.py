"""What was shown is read back, and written once beside its incident."""

import pytest

from console.domain.steering import Steered
from console.video.event_wall import Line
from tests.ui.pictures import eye
from ui.models.news import Answers
from ui.windows.walllog import ShownLog

LOG = [
    Line(10.0, 2, "a", "n1", "raised"), Line(11.0, 3, "gone", "n1", "raised"),
    Line(12.0, 4, "a", "n2", "raised"), Line(70.0, 2, "a", "n1", "over"),
]  # fmt: skip


@pytest.fixture
def log(seat, notices, qapp):
    lines = []
    seat.core.run = lambda line: lines.append(line) or seat.core.work.call(lambda: None)
    answers = Answers(notices.failed)
    return ShownLog(seat.core, answers, lambda: {"a": eye("a")}, {"n1": "燃气泄漏"}.get), lines


def test_the_log_says_where_which_camera_and_why(log):
    shown, _ = log
    assert len(shown.lines(LOG)) == 4
    mine = shown.lines(LOG, "n1")
    assert len(mine) == 3
    assert all("燃气泄漏" in line.words for line in mine)
    assert "第 3 格" in mine[0].words
    assert "a路口" in mine[0].words
    assert "gone" in mine[1].words
    assert mine[1].at - mine[0].at == 1_000


def test_it_says_who_steered_which_camera_and_for_what(log):
    shown, _ = log
    done = Steered(at=1_767_225_600_000, camera="a", user="yu", name="余", seat="S9",
                   what="move pan=1 speed=4", incident="n1")  # fmt: skip
    (line,) = shown.steered([done])
    assert line.words == "01-01 08:00:00  云台  a路口  余（S9）  转动 右  燃气泄漏"
    assert line.holds("alk 余")
    assert line.holds("n1")


def test_it_is_noted_beside_its_incident_once(log):
    shown, lines = log
    shown.note(LOG, "n1")
    shown.note(LOG, "n1")
    shown.note(LOG, "n3")
    assert len(lines) == 1
    assert lines[0].startswith("incident.note n1 ")
    assert "第 3 格 a路口" in lines[0]
    assert "告警结束" in lines[0]
