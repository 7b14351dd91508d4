"""The verbs of a record: the first leads on, a form is asked for where more is needed."""

from typing import Any

from ui.kit.acts import SHOWN, ActBar
from ui.models.card import ActFacts

ACCEPT = ActFacts("incident.accept", "受理", form=False)
MERGE = ActFacts("incident.merge", "并案", form=True)
CLOSE = ActFacts("incident.close", "办结", form=False, refused="当前为已上报，不能办结")


def bar(qtbot: Any) -> ActBar:
    made = ActBar({"incident.accept": "F3"})
    qtbot.addWidget(made)
    made.lines = []
    made.asked.connect(made.lines.append)
    return made


def test_buttons_run_or_open_a_form(qtbot: Any) -> None:
    acts = bar(qtbot)
    acts.show_acts("i1", (ACCEPT, MERGE, CLOSE))
    for button in acts._buttons[:2]:
        button.click()
    assert acts.lines == ["incident.accept i1", "form.open incident.merge"]
    assert acts._buttons[0].text().endswith("F3")
    assert acts._buttons[0].property("role") == "primary"
    assert acts._buttons[2].isHidden()


def test_the_menu_holds_all_and_says_why_not(qtbot: Any) -> None:
    acts = bar(qtbot)
    acts.show_acts("i1", (ACCEPT, MERGE, CLOSE))
    entries = [each for each in acts.menu().actions() if not each.isSeparator()]
    assert [each.isEnabled() for each in entries] == [True, True, False]
    assert entries[2].toolTip() == CLOSE.refused
    entries[0].trigger()
    assert acts.lines == ["incident.accept i1"]


def test_no_more_buttons_than_there_is_room_for(qtbot: Any) -> None:
    acts = bar(qtbot)
    acts.show_acts("i1", tuple(ACCEPT for _ in range(20)))
    assert sum(not each.isHidden() for each in acts._buttons) == SHOWN
