"""A line is read by any of a command's names; a bad line says where and what was expected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base import resources
from console.base.errors import BadData
from console.base.text import LANGUAGES, table
from console.commands import (
    BadLine,
    Registry,
    build_registry,
    initials,
    read_keys,
    read_menus,
    split,
)
from console.domain.queue import read_queues
from tests.worlds import JUDGE

REGISTRY = build_registry(JUDGE.machines)
QUEUES = read_queues(resources.table("queues.toml"), "queues.toml")


def name(line, kind=""):
    return REGISTRY.parse(line, kind).command.name


def bad(line, kind=""):
    with pytest.raises(BadLine) as raised:
        REGISTRY.parse(line, kind).bound()
    return raised.value.key, raised.value.position


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("incident.accept", "incident.accept"), ("accept", "incident.accept"),
        ("Accept", "incident.accept"), ("受理", "incident.accept"), ("sl", "incident.accept"),
        ("SL", "incident.accept"), ("立案", "incident.accept"), ("task.accept", "task.sign"),
        ("派单", "incident.dispatch"), ("pd", "incident.dispatch"), ("cb", "incident.urge"),
        ("并案", "incident.merge"), ("ba", "incident.merge"), ("下一件", "queue.next"),
        ("报事", "incident.create"), ("上岗", "unit.ready"), ("取消关注", "incident.unwatch"),
        ("grant-suspend", "incident.grant_suspend"), ("撤销", "step.undo"),
    ],
)  # fmt: skip
def test_a_command_is_known_by_all_its_names(line, command):
    assert name(line) == command


def test_of_commands_with_one_name_the_selected_kind_is_meant():
    assert name("签收") == "incident.sign"
    assert name("签收", "task") == "task.sign"
    assert name("note", "report") == "report.note"
    assert name("受理", "task") == "incident.accept"


def test_a_chinese_name_may_be_written_together_with_what_follows():
    call = REGISTRY.parse("受理123")
    assert (call.command.name, call.words[0].text, call.words[0].position) == (
        "incident.accept", "123", 2
    )  # fmt: skip


def test_every_command_is_found_by_its_own_name_and_its_chinese_one():
    for command in REGISTRY.commands.values():
        assert name(command.name) == command.name
        chinese = table(LANGUAGES[0])[command.key]
        assert name(chinese, command.kind) in REGISTRY.commands


def test_every_command_and_argument_has_a_text():
    for language in LANGUAGES:
        texts = table(language)
        for command in REGISTRY.commands.values():
            assert command.key in texts, command.name
            assert {f"argument.{a}" for a in command.takes} <= texts.keys()


def test_choices_have_texts():
    for argument, values in resources.table("commands/choices.toml")["choice"].items():
        for language in LANGUAGES:
            assert {f"choice.{argument}.{v}" for v in values} <= table(language).keys()


def test_words_are_cut_at_spaces_and_kept_together_by_quotes():
    said = [(w.text, w.position) for w in split('a\u3000"b c" d=“e f”  ')]
    assert said == [("a", 0), ("b c", 2), ("d=e f", 8)]
    assert split("it's o'clock")[0].text == "it's"


def test_arguments_go_by_name_or_by_place_and_the_last_text_takes_the_rest():
    call = REGISTRY.parse('incident.dispatch I1 市水务局 --note "请 尽快" --sign=30m')
    words = {n: w.text for n, w in call.bound(1).items()}
    assert words == {"lead": "市水务局", "note": "请 尽快", "sign": "30m"}
    call = REGISTRY.parse("备注 I1 已联系  来电人，稍后 再说")
    assert call.bound(1)["note"].text == "已联系  来电人，稍后 再说"
    call = REGISTRY.parse("退单 I1 条例第三条 不属 本单位 --basis 其他", "incident")
    assert call.bound(1)["basis"].text == "其他"


def test_arguments_may_be_named_in_the_words_of_people():
    assert REGISTRY.parse("受理 I1 --备注 好").named["note"].text == "好"


def test_a_flag_needs_no_value():
    call = REGISTRY.parse("报事 标题 --sensitive --caller 张")
    assert {n: w.text for n, w in call.named.items()} == {"sensitive": "yes", "caller": "张"}


@pytest.mark.parametrize(
    ("line", "key", "position"),
    [
        ("", "line.empty", 0),
        ("   ", "line.empty", 0),
        ("飞 I1", "line.command", 0),
        ("备注", "line.missing", 2),
        ("关注 多余的", "line.extra", 3),
        ("受理 --no-such x", "line.argument", 3),
        ("受理 --note", "line.value_missing", 3),
        ('受理 "没完', "line.quote", 3),
    ],
)
def test_a_bad_line_says_where_and_why(line, key, position):
    assert bad(line) == (key, position)


def test_initials_of_several_commands_are_said_to_be_ambiguous():
    shared: dict[str, set[str]] = {}
    for command in REGISTRY.commands.values():
        if command.kind == "incident":
            shared.setdefault(initials(command.title), set()).add(command.name)
    several = [i for i, names in shared.items() if len(names) > 1 and i not in REGISTRY.aliases]
    for each in several:
        assert bad(each) == ("line.ambiguous", 0)


@given(st.text())
def test_any_line_is_read_or_is_a_bad_line(line):
    try:
        position = len(REGISTRY.parse(line).bound())
    except BadLine as error:
        position = error.position
    assert 0 <= position <= max(len(line), 1)


@given(st.text(max_size=6))
def test_any_beginning_can_be_gone_on_with(typed):
    for candidate in REGISTRY.complete(typed):
        assert candidate.command in REGISTRY.commands


def test_what_begins_with_what_was_typed_comes_before_what_holds_it():
    assert REGISTRY.complete("sl")[0].command == "incident.accept"
    assert REGISTRY.complete("受")[0].command == "incident.accept"
    assert REGISTRY.complete("签收", "task")[0].command == "task.sign"


def test_initials_leave_out_what_stands_in_brackets():
    assert initials("市大数据管理局（现市数据主管部门）") == "sdsjglj"


@pytest.mark.parametrize(("key", "line"), read_keys().items())
def test_every_key_runs_a_line_that_can_be_read(key, line):
    call = REGISTRY.parse(line)
    if call.command.name == "queue.open":
        assert call.words[0].text in QUEUES
    if call.command.name == "form.open":
        assert call.words[0].text in REGISTRY.commands


def test_no_line_has_two_keys():
    lines = list(read_keys().values())
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("menu", read_menus())
def test_every_line_of_a_menu_can_be_read(menu):
    assert all(f"menu.{menu}" in table(language) for language in LANGUAGES)
    for line in read_menus()[menu]:
        assert line == "-" or REGISTRY.parse(line)


def test_an_alias_of_nothing_is_refused():
    with pytest.raises(BadData):
        Registry([], {"x": "no.such"})
