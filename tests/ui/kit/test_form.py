"""A form keeps its draft through a crash, says what is wrong where it is, and sends one line."""

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from tests.ui.desk import Desk
from ui.kit.form import CommandForm
from ui.kit.outfit import Outfit

CTRL = Qt.KeyboardModifier.ControlModifier
AT = ("incident", "i4")


class Forms:
    """Opens forms at a seat, and notes what came of them."""

    def __init__(self, qtbot: Any, seat: Desk, outfit: Outfit) -> None:
        self.qtbot, self.seat, self.outfit = qtbot, seat, outfit
        self.done: list[Any] = []
        self.left: list[int] = []

    def open(self, command: str, record: Any = None, **more: Any) -> CommandForm:
        form = CommandForm(self.seat.core, self.outfit, command, record, **more)
        self.qtbot.addWidget(form)
        form.resize(520, 700)
        form.show()
        form.done.connect(self.done.append)
        form.left.connect(lambda: self.left.append(1))
        return form

    def write(self, form: CommandForm, **values: str) -> None:
        for name, value in values.items():
            form._editors[name].set_value(value)
            form._editors[name].edited.emit()

    def shown(self, form: CommandForm) -> str:
        return "\n".join(line.text() for line in form.lines.all if not line.isHidden())


@pytest.fixture
def forms(qtbot: Any, seat: Desk, outfit: Outfit) -> Forms:
    return Forms(qtbot, seat, outfit)


def test_ctrl_enter_sends_one_act_and_drops_the_draft(forms: Forms) -> None:
    form = forms.open("incident.note", AT)
    forms.write(form, note="已联系社区")
    forms.qtbot.waitUntil(lambda: forms.seat.core.kept("draft/incident.note/i4") is not None)
    forms.qtbot.keyClick(form._editors["note"].edit, Qt.Key.Key_Return, CTRL)
    forms.qtbot.waitUntil(lambda: bool(forms.done))
    assert [w.act.line for w in forms.seat.core.outbox()] == ["incident.note i4 --note 已联系社区"]
    assert forms.seat.core.kept("draft/incident.note/i4") is None


def test_a_draft_comes_back_after_a_crash_and_can_be_forgotten(forms: Forms) -> None:
    form = forms.open("incident.create")
    forms.write(form, words="通道积水，车辆熄火", caller="王建国")
    name = "draft/incident.create/-"
    forms.qtbot.waitUntil(lambda: forms.seat.core.kept(name) is not None)
    again = forms.open("incident.create")
    assert again.values()["words"] == "通道积水，车辆熄火"
    assert again.values()["title"] == "通道积水"
    assert "草稿" in again.drafted.text()
    again.forget.click()
    assert not any(again.values().values())
    assert forms.seat.core.kept(name) is None


def test_escape_keeps_what_was_written(forms: Forms) -> None:
    form = forms.open("incident.note", AT)
    forms.write(form, note="半句")
    forms.qtbot.keyClick(form._editors["note"].edit, Qt.Key.Key_Escape)
    assert forms.left == [1]
    assert forms.open("incident.note", AT).values()["note"] == "半句"
    assert forms.seat.core.outbox() == []


def test_what_is_missing_stands_beside_its_field(forms: Forms) -> None:
    form = forms.open("incident.extend", ("incident", "i1"))
    form.send()
    assert form._errors["by"].text() == "此项必填"
    assert form._editors["by"].edit.property("wrong") is True
    forms.write(form, by="2h")
    assert form._errors["by"].isHidden()


def test_an_error_of_the_line_stands_beside_its_field(forms: Forms) -> None:
    form = forms.open("incident.extend", ("incident", "i1"))
    forms.write(form, by="两天")
    form.send()
    forms.qtbot.waitUntil(lambda: bool(form._errors["by"].text()))
    assert "时限" in form._errors["by"].text()
    assert form.submit.isEnabled()
    assert forms.done == []


def test_it_previews_and_names_possible_duplicates(forms: Forms) -> None:
    form = forms.open("incident.create")
    forms.qtbot.waitUntil(lambda: "还需填写" in forms.shown(form))
    forms.write(
        form, words="珠江路农贸市场东门垃圾满溢，占用盲道", scope="玄武门街道",
        address="南京市玄武区珠江路88号", type="垃圾满溢",
    )  # fmt: skip
    forms.qtbot.waitUntil(lambda: "可能重复" in forms.shown(form), timeout=3_000)


def test_types_are_suggested_while_one_writes(forms: Forms) -> None:
    form = forms.open("incident.create")
    forms.write(form, words="东门垃圾满溢没人管")
    forms.qtbot.waitUntil(lambda: not form._suggestions.isHidden(), timeout=3_000)
    at = form._editors["title"].y()
    form._suggestions._buttons.all[0].click()
    assert form.values()["type"] == "垃圾满溢"
    assert form._suggestions.isHidden()
    forms.qtbot.wait(50)
    assert form._editors["title"].y() == at, "nothing moves under the hand"


def test_a_refused_act_is_sent_again_with_other_words(forms: Forms) -> None:
    core = forms.seat.core
    act = core.run("incident.dispatch i4 --lead cgj").result().act
    forms.seat.send_back(act, "refused.dept", dept="cgj")
    form = forms.open("incident.dispatch", AT, given={"lead": "市城市管理局"}, act=act)
    forms.write(form, lead="市水务局")
    form.send()
    forms.qtbot.waitUntil(lambda: bool(forms.done))
    waiting = core.outbox()
    assert [w.state for w in waiting] == ["queued"]
    assert waiting[0].act.steps[0].args["lead"] == "wat"


def test_what_folds_away_comes_when_asked(forms: Forms) -> None:
    form = forms.open("incident.create")
    assert form._editors["lon"].isHidden()
    form.more.click()
    assert not form._editors["lon"].isHidden()


def test_amending_sends_only_what_was_changed(forms: Forms) -> None:
    form = forms.open("incident.amend", ("incident", "i4"))
    assert form.values() == {}
    form.send()
    forms.qtbot.waitUntil(lambda: "尚未改动" in forms.shown(form))
    forms.write(form, address="南京市玄武区珠江路90号")
    assert form.values() == {"address": "南京市玄武区珠江路90号"}
    with forms.qtbot.waitSignal(form.done):
        form.send()
    assert forms.seat.incident("i4").address == "南京市玄武区珠江路90号"


def test_what_another_amended_meanwhile_is_a_conflict_in_words(forms: Forms) -> None:
    form = forms.open("incident.amend", ("incident", "i4"))
    forms.write(form, address="南京市玄武区珠江路90号")
    other = replace(forms.seat.incident("i4"), address="南京市玄武区珠江路86号")
    forms.seat.hears(other)
    form.send()
    forms.qtbot.waitUntil(lambda: "珠江路86号" in forms.shown(form))
    assert "以您填写的为准" in forms.shown(form)
    assert "地址" in forms.shown(form)
    with forms.qtbot.waitSignal(form.done):
        form.send()
    assert forms.seat.incident("i4").address == "南京市玄武区珠江路90号"


def test_the_facts_of_a_type_are_asked_for_once_it_is_chosen_and_sent_with_the_rest(
    forms: Forms,
) -> None:
    types = [t for s in forms.seat.core.scenes.values() for t in s.types]
    lift = next(t for t in types if {"lift_id", "trapped_count"} <= {*t.fields})
    other = next(t for t in types if t.fields and "lift_id" not in t.fields)
    form = forms.open("incident.classify", AT)
    forms.write(form, type=other.name)
    assert f"extra.{other.fields[0]}" in form._editors
    forms.write(form, type=lift.name)
    assert f"extra.{other.fields[0]}" not in form._editors
    forms.write(form, **{"extra.lift_id": "A-7", "extra.trapped_count": "三"})
    form.send()
    wrong = form._errors["extra.trapped_count"]
    forms.qtbot.waitUntil(lambda: "数字" in wrong.text() and not wrong.isHidden())
    forms.write(form, **{"extra.trapped_count": "3"})
    forms.qtbot.waitUntil(lambda: forms.seat.core.kept("draft/incident.classify/i4") is not None)
    again = forms.open("incident.classify", AT)
    assert again.values()["extra.trapped_count"] == "3"
    again.send()
    forms.qtbot.waitUntil(lambda: bool(forms.done))
    kept = forms.seat.incident("i4").extra
    assert (kept["lift_id"], kept["trapped_count"]) == ("A-7", "3")
