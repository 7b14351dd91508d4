"""python -m console advise: what it prints and what it leaves behind."""

import csv
import io
import json

import pytest

from console.__main__ import DONE, WRONG, main
from console.base.text import TEXTS
from tests.centre_driver import PASSWORD, Running
from tests.console.advise.messages import messages


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(TEXTS, "language", "zh_CN")


@pytest.fixture
def told(tmp_path):
    """Give two files of messages: to train on, and to evaluate on under other column names."""
    rows = messages()
    for name, part, columns in (
        ("train", rows[:300], ("text", "label", "mould")),
        ("test", rows[300:], ("said", "kind", "mould")),
    ):
        with (tmp_path / f"{name}.csv").open("w", encoding="gb18030", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(columns)
            writer.writerows((r["text"], r["label"], r["mould"]) for r in part)
    return tmp_path


def test_a_model_is_trained_evaluated_and_asked(told, capsys, monkeypatch):
    train = ["advise", "train", "--data", str(told / "train.csv"), "--text", "text"]
    model = str(told / "m.npz")
    assert main([*train, "--label", "label", "--out", model, "--folds", "3"]) == DONE
    assert "3 个标签" in capsys.readouterr().out
    evaluate = ["advise", "evaluate", "--model", model, "--data", str(told / "test.csv")]
    assert main([*evaluate, "--text", "said", "--label", "kind", "--json"]) == DONE
    found = json.loads(capsys.readouterr().out)
    assert found["count"] == 84
    assert found["scores"]["accuracy"] > 0.95
    monkeypatch.setattr("sys.stdin", io.StringIO("珠江路小区停水，请尽快处理"))
    assert main(["advise", "classify", "--model", model]) == DONE
    said = capsys.readouterr().out
    assert "停水" in said.splitlines()[1]
    assert "起作用的词" in said


def test_the_shipped_model_answers_when_none_is_named(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("路口井盖翘起来了"))
    assert main(["advise", "classify", "--json"]) == DONE
    assert json.loads(capsys.readouterr().out)["known"] is True


def test_corrections_are_let_out_from_a_seat(told, capsys):
    centre = Running(told / "centre").welcome().start()
    try:
        (told / "password").write_text(PASSWORD)
        where = ["--centre", centre.url, "--data", str(told / "seat"), "--user", "lead"]
        line = [*where, "advise", "corrections", "--password-file", str(told / "password")]
        assert main([*line, "--out", str(told / "x.txt")]) == WRONG
        assert ".csv" in capsys.readouterr().out
        assert main([*line, "--out", str(told / "x.csv")]) == DONE
        assert capsys.readouterr().out == f"0 条地点更正：{told / 'x.csv'}\n"
    finally:
        centre.close()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["duplicates", "--data", "{bad}"], "--text"),
        (["duplicates", "--data", "{empty}", "--text", "said"], "empty"),
        (["duplicates", "--data", "{bad}", "--text", "said", "--time", "when"], "row 2 when"),
        (["duplicates", "--data", "{bad}", "--text", "said", "--lon", "x"], "row 1 x"),
        (["hotspots", "--data", "{bad}", "--type", "said", "--time", "when"], "row 2 when"),
        (["evaluate", "--model", "{bad}", "--data", "{bad}", "--text", "said"], "not a model"),
        (["classify", "--cell", "street"], "--cell street"),
    ],
)
def test_what_is_wrong_is_said_with_its_file_row_or_field(told, capsys, monkeypatch, line, words):
    monkeypatch.setattr("sys.stdin", io.StringIO("停水"))
    (told / "empty.csv").write_bytes(b"")
    (told / "bad.csv").write_text("said,when,x\n停水,2026-01-05 10:00,east\n停电,昨天,\n", "utf-8")
    files = {"empty": told / "empty.csv", "bad": told / "bad.csv"}
    assert main(["advise", *(word.format(**files) for word in line)]) == WRONG
    assert words in capsys.readouterr().out


def test_a_file_without_a_hot_spot_says_so(told, capsys):
    (told / "calm.csv").write_text("kind,when\n停水,2026-01-05 10:00\n", "utf-8")
    line = ["advise", "hotspots", "--data", str(told / "calm.csv"), "--type", "kind"]
    assert main([*line, "--time", "when"]) == DONE
    assert capsys.readouterr().out == "1 条里没有热点\n"


def test_hot_spots_of_a_file_are_said_once_with_the_time_of_the_last(told, capsys):
    rows = [f"停水,2026-01-05 {9 + n // 30}:{n * 2 % 60:02},东街" for n in range(35)]
    (told / "hot.csv").write_text("\n".join(["kind,when,street", *rows]), "utf-8")
    line = ["advise", "hotspots", "--data", str(told / "hot.csv"), "--type", "kind"]
    assert main([*line, "--time", "when", "--street", "street"]) == DONE
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("2026-01-05 9:18 东街 停水：10 件（上一时段 0 件")
    assert second.startswith("2026-01-05 9:58 东街 停水：20 件（上一时段 10 件")


def test_a_column_that_is_not_there_is_said(told, capsys):
    line = ["advise", "train", "--data", str(told / "train.csv"), "--text", "body"]
    assert main([*line, "--label", "label", "--out", str(told / "m.npz")]) == WRONG
    assert "no such column: body" in capsys.readouterr().out
    assert not (told / "m.npz").exists()


def test_the_model_that_is_shipped_can_be_built(told, capsys):
    out = told / "types.npz"
    assert main(["advise", "build", "--out", str(out), "--seed", "2"]) == DONE
    assert out.stat().st_size < 2_000_000
