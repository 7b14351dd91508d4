"""What waits and what came back: retried, changed or let go by a person, and never by itself."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from console.domain.changes import Changes
from tests.ui.desk import Desk
from ui.kit.outfit import Outfit
from ui.views.outbox import OutboxView

LINE = Changes(line=True)


@pytest.fixture
def outbox(qtbot: Any, seat: Desk, outfit: Outfit) -> OutboxView:
    made = OutboxView(seat.core, outfit)
    qtbot.addWidget(made)
    made.resize(1_000, 500)
    made.show()
    made.lines = []
    made.asked.connect(made.lines.append)
    return made


def refused(qtbot: Any, seat: Desk, outbox: OutboxView, line: str) -> str:
    act = seat.core.run(line).result().act
    seat.send_back(act, "refused.unit_busy", unit="u1", task="t1", incident="i1")
    outbox.refresh(LINE)
    qtbot.waitUntil(lambda: outbox.model.counts().get("refused") == 1)
    return act


def states(seat: Desk) -> list[str]:
    return [each.state for each in seat.core.outbox()]


def test_an_empty_outbox_says_why(qtbot: Any, outbox: OutboxView) -> None:
    qtbot.waitUntil(lambda: "没有待发" in outbox.hint.words)


def test_a_refused_act_says_why_and_is_sent_again(
    qtbot: Any, seat: Desk, outbox: OutboxView
) -> None:
    refused(qtbot, seat, outbox, "incident.dispatch i4 --lead cgj")
    assert outbox._why.text()
    qtbot.keyClick(outbox.list, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: states(seat) == ["queued"])


def test_letting_go_needs_a_reason(qtbot: Any, seat: Desk, outbox: OutboxView) -> None:
    act = refused(qtbot, seat, outbox, "incident.dispatch i4 --lead cgj")
    qtbot.keyClick(outbox.list, Qt.Key.Key_Delete)
    qtbot.keyClick(outbox._reason, Qt.Key.Key_Return)
    assert states(seat) == ["refused"]
    outbox._reason.setText("已电话改派")
    qtbot.keyClick(outbox._reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: states(seat) == [])
    assert [w.act.id for w in seat.core._store.let_gone()] == [act]


def test_editing_opens_the_form_filled_and_replaces_the_act(
    qtbot: Any, seat: Desk, outbox: OutboxView
) -> None:
    refused(qtbot, seat, outbox, "incident.dispatch i4 --lead cgj --order 请尽快")
    qtbot.keyClick(outbox.list, Qt.Key.Key_E)
    form = outbox._form
    assert form is not None
    assert form.window() is outbox.window()
    assert (form.values()["lead"], form.values()["order"]) == ("市城市管理局", "请尽快")
    form._editors["lead"].set_value("市水务局")
    form.send()
    qtbot.waitUntil(lambda: outbox._form is None)
    assert states(seat) == ["queued"]


def test_escape_leaves_the_act_as_it_is(qtbot: Any, seat: Desk, outbox: OutboxView) -> None:
    refused(qtbot, seat, outbox, "incident.dispatch i4 --lead cgj")
    qtbot.keyClick(outbox.list, Qt.Key.Key_E)
    outbox._form.leave()
    assert outbox._form is None
    qtbot.keyClick(outbox.list, Qt.Key.Key_Delete)
    qtbot.keyClick(outbox, Qt.Key.Key_Escape)
    assert outbox._reason.isHidden()
    assert states(seat) == ["refused"]


def test_what_was_not_sent_can_be_taken_back(qtbot: Any, seat: Desk, outbox: OutboxView) -> None:
    seat.core.run("incident.note i4 --note 误记").result()
    outbox.refresh(LINE)
    qtbot.waitUntil(lambda: outbox.model.rowCount() == 1)
    assert outbox._retry.isHidden()
    outbox._open_record.click()
    assert outbox.lines == ["card.open i4"]
    outbox._take_back.click()
    qtbot.waitUntil(lambda: states(seat) == [])


def test_it_finds_the_act_of_a_record(qtbot: Any, seat: Desk, outbox: OutboxView) -> None:
    for incident in ("i1", "i4"):
        seat.core.run(f"incident.note {incident} --note 看过").result()
    outbox.refresh(LINE)
    qtbot.waitUntil(lambda: outbox.model.rowCount() == 2)
    outbox.show_record("incident", "i1")
    found = outbox.model.parcel_at(outbox.list.current_row())
    assert found.key == ("incident", "i1")


def test_what_was_let_go_stands_on_demand(seat: Desk, outfit: Outfit, qtbot: Any) -> None:
    act = seat.core.run("incident.note i1 --note 一").result().act
    seat.send_back(act, "refused.role", kind="incident", verb="note")
    seat.core.let_go(act, "已由电话告知").result()
    view = OutboxView(seat.core, outfit)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(lambda: not view._gone.isHidden())
    assert "1" in view._gone.text()
    view._gone.click()
    qtbot.waitUntil(lambda: view.model.rowCount() == 1)
    assert "已由电话告知" in view._why.text()
    view._gone.click()
    qtbot.waitUntil(lambda: view.model.rowCount() == 0)


def test_a_thousand_waiting_acts_are_rows_like_any(seat: Desk, outfit: Outfit, qtbot: Any) -> None:
    for n in range(1_000):
        seat.core.run(f"incident.note i1 --note 第{n}次")
    view = OutboxView(seat.core, outfit)
    qtbot.addWidget(view)
    view.show()
    for _ in range(20):
        view.refresh(Changes(line=True))
    qtbot.waitUntil(lambda: view.model.rowCount() == 1_000 and not view._reading)
    assert "第999次" in view._said.text()
