"""The parts of a card change in place: only what came or went moves, only what changed is seen."""

from typing import Any

from tests.ui.desk import Desk
from ui.kit.cardparts import AskRow, ClockRow, Facts, Head, LinkedRow, TaskRow
from ui.kit.outfit import Outfit
from ui.models.card import AskFacts, Fact, Linked, read


def test_facts_stay_where_they_are_and_show_what_changed(qtbot: Any, outfit: Outfit) -> None:
    facts = Facts(outfit)
    qtbot.addWidget(facts)
    facts.show_facts([Fact("state", "状态", "已受理"), Fact("lead", "主办", "—")], told=False)
    value = facts.value_of("lead")
    facts.show_facts([Fact("state", "状态", "已受理"), Fact("lead", "主办", "市水务局")], told=True)
    assert facts.value_of("lead") is value
    assert value.fading
    assert not facts.value_of("state").fading
    facts.show_facts([Fact("lead", "主办", "市水务局")], told=True)
    assert facts.value_of("state").isHidden()


def test_the_head_says_severity_in_words_and_what_waits(
    qtbot: Any, seat: Desk, outfit: Outfit
) -> None:
    head = Head(outfit)
    qtbot.addWidget(head)
    seat.core.run("incident.note i1 --note 看过").result()
    head.show_card(read(seat.core, "i1"), told=False)
    assert head._level.text() == "重大"
    assert not head._marks[0][1].isHidden()
    assert head._marks[1][1].isHidden()


def test_a_task_tells_its_clocks(qtbot: Any, seat: Desk, outfit: Outfit) -> None:
    line = TaskRow(seat.core, outfit)
    qtbot.addWidget(line)
    line.show_task(read(seat.core, "i1").tasks[1], told=False)
    line.tick()
    clocks = [clock.words for clock in line._clocks.all]
    assert len(clocks) == 2
    assert all(words.startswith("超") for words in clocks)


def test_a_clock_ticks(qtbot: Any, seat: Desk, outfit: Outfit) -> None:
    line = ClockRow(seat.core, outfit)
    qtbot.addWidget(line)
    line.tick()
    line.show_clock(read(seat.core, "i1").clocks[0])
    assert line.words.startswith("剩")


def test_what_was_asked_for_is_granted_or_denied(qtbot: Any) -> None:
    line = AskRow()
    qtbot.addWidget(line)
    lines: list[str] = []
    line.asked.connect(lines.append)
    line.show_asked(
        "i1", AskFacts("extend", "申请", "", "incident.grant_extend", "incident.deny_extend")
    )
    line._grant.click()
    line._deny.click()
    assert lines == ["incident.grant_extend i1", "form.open incident.deny_extend"]
    line.show_asked("i1", AskFacts("extend", "申请", "", "", ""))
    assert line._buttons.isHidden()


def test_a_linked_incident_is_opened_or_merged(qtbot: Any) -> None:
    line = LinkedRow()
    qtbot.addWidget(line)
    lines: list[str] = []
    line.asked.connect(lines.append)
    line.show_linked(Linked("i2", "积水", "相距 44 米"), "并案", "incident.merge i1 --parent i2")
    line._open.click()
    line._act.click()
    assert lines == ["card.open i2", "incident.merge i1 --parent i2"]
