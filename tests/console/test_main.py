"""python -m console: what it prints, and what its exit status says."""

import tomllib

import pytest

from console.__main__ import BAD_LINE, DONE, REFUSED, WRONG, main
from console.base.text import TEXTS
from console.domain.access import Access
from tests.centre_driver import PASSWORD, Running

WANG = Access(user="wang", roles=("intake", "dispatch", "duty_lead"), scopes=("",))


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(TEXTS, "language", "zh_CN")


@pytest.fixture
def centre(tmp_path):
    running = Running(tmp_path / "centre").welcome(WANG).start()
    yield running
    running.close()


@pytest.fixture
def console(centre, tmp_path, capsys):
    """Give a program that runs a line as wang; it gives the status and what was said."""
    (tmp_path / "password").write_text(f"{PASSWORD}\n")

    def run(*words):
        options = ["--centre", centre.url, "--data", str(tmp_path / "desk"), "--user", "wang"]
        status = main([*options, "--password-file", str(tmp_path / "password"), *words])
        return status, capsys.readouterr().out

    return run


def born(said):
    return next(w.split()[1] for w in said.splitlines() if w.strip().startswith("incident "))


def test_a_line_is_accepted_by_the_centre(console):
    status, said = console("报事 路灯不亮 梅园新村")
    assert status == DONE
    assert "中心已受理" in said
    assert console(f"incident.accept {born(said)} --note 好")[0] == DONE


def test_a_line_that_the_seat_or_the_centre_refuses_is_3(console):
    made = born(console("报事 路灯不亮 梅园新村")[1])
    status, said = console(f"办结 {made}")
    assert status == REFUSED
    assert said == "被拒：事件当前为“已上报”，不能办结\n"


def test_a_line_that_cannot_be_read_is_2(console):
    status, said = console("飞 I1")
    assert status == BAD_LINE
    assert "第 1 字" in said


def test_a_line_waits_while_the_centre_is_away_and_goes_out_later(console, centre):
    made = born(console("报事 路灯不亮 梅园新村")[1])
    centre.stop()
    status, said = console(f"受理 {made}")
    assert status == DONE
    assert "等待发送" in said
    assert "待发送" in console("outbox")[1]
    centre.start()
    assert console("list", "pending")[0] == DONE
    assert console("outbox")[1] == ""


def test_a_queue_or_a_query_is_listed(console):
    made = born(console("报事 路灯不亮 梅园新村")[1])
    assert made in console("list", "pending")[1]
    assert made in console("list", "incident", "state:reported")[1]
    assert console("list", "mine")[1] == "共 0 条\n"
    assert console("list", "unit")[1] == "共 0 条\n"
    assert console("list", "nonsense:1")[0] == REFUSED


def test_words_of_a_shell_become_a_line(console):
    made = born(console("报事", "路灯 不亮", "梅园新村")[1])
    assert console("备注", made, "两 个 词")[0] == DONE


def test_an_act_that_is_not_there_cannot_be_sent_again(console):
    assert console("outbox", "retry", "none")[0] == REFUSED
    assert console("outbox", "nonsense")[0] == BAD_LINE


def test_without_a_person_nothing_is_done(tmp_path, capsys):
    assert main(["--data", str(tmp_path), "受理 I1"]) == REFUSED
    assert "没有人登录" in capsys.readouterr().out


def test_what_needs_no_seat_needs_none(capsys):
    assert main(["machines"]) == DONE
    assert "stateDiagram-v2" in capsys.readouterr().out
    assert main(["help"]) == DONE
    assert "incident.accept" in capsys.readouterr().out
    assert main(["settings", "--seat", "s7"]) == DONE
    assert tomllib.loads(capsys.readouterr().out)["seat"] == "s7"
    assert main([]) == BAD_LINE


def test_a_wrong_settings_file_is_said(tmp_path, capsys):
    place = tmp_path / "config" / "chengyun"
    place.mkdir(parents=True)
    (place / "chengyun.toml").write_text("surprise = 1")
    assert main(["help"]) == WRONG
    assert "surprise" in capsys.readouterr().out


def test_the_doctor_s_word_is_the_exit_status(tmp_path, capsys):
    words = ["doctor", "--data", str(tmp_path), "--centre", "http://127.0.0.1:9"]
    assert main(words) == DONE
    assert "中心不可达" in capsys.readouterr().out
    assert main([*words, "--city", "atlantis"]) == WRONG


def test_a_line_speaks_the_language_that_was_asked_for(tmp_path, capsys):
    assert main(["--language", "en", "--data", str(tmp_path), "accept I1"]) == REFUSED
    assert "Nobody is signed in" in capsys.readouterr().out
