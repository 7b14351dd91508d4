"""Learning from decisions: compared, put into service by a person's word, and put back."""

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from console.base import resources
from console.base.clock import ManualClock
from console.base.errors import BadData
from console.central.build import build
from console.central.retrain import (
    CANDIDATE,
    COMPARED,
    LOG,
    in_service,
    main,
    put_back,
    put_in_service,
    retrain,
)
from tests.console.central.test_learning import LEAD, act, case, step

# What people here say of a thing, in words that no made message has.
SAID = ("灰斗子豁了口", "灰斗子歪在道上", "灰斗子没盖", "灰斗子响得慌")
TYPE = "DMUM-01-01"


@pytest.fixture(scope="module")
def learnt(tmp_path_factory):
    """Give a folder with a candidate that learnt from sixty cases, and how it was compared."""
    folder = tmp_path_factory.mktemp("retrain")
    built = build(folder / "centre", ManualClock())
    try:
        for n in range(60):
            made = case(built.centre, n, type=TYPE, title=f"{SAID[n % 4]}，第{n}处")
            act(built.centre, LEAD, step(made, "accept"))
        found = retrain(built, folder / "advice")
    finally:
        built.close()
    return folder / "advice", found


@pytest.fixture
def folder(learnt, tmp_path):
    """Give that folder, to be changed by one test."""
    return Path(shutil.copytree(learnt[0], tmp_path / "advice"))


@pytest.mark.timeout(240)  # it trains a model
def test_a_candidate_that_learnt_the_words_of_this_city_is_better(learnt, folder):
    found = learnt[1]
    assert (found.learnt_from, found.held_back) == (48, 12)
    assert found.better
    assert found.candidate.scores.accuracy > found.in_service.scores.accuracy
    model = in_service(folder)
    assert model.about.name == "shipped"
    name = put_in_service(folder, "李某")
    assert in_service(folder).about.name == name == found.candidate.model
    assert in_service(folder).judge({"text": SAID[0]}).picks[0].label == TYPE
    assert put_back(folder, "李某") == "shipped"
    assert (folder / CANDIDATE).is_file()
    log = [json.loads(row) for row in (folder / LOG).read_text().splitlines()]
    assert [(c["by"], c["what"]) for c in log] == [("李某", "in_service"), ("李某", "put_back")]


def test_of_a_few_cases_nothing_is_learnt(lite, tmp_path):
    with pytest.raises(BadData, match="0 decided cases; 50 are needed"):
        retrain(lite, tmp_path)


def test_it_ends_with_what_was_compared_and_what_to_do_next(learnt, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("console.central.retrain.retrain", lambda *_, **__: learnt[1])
    assert main(["--data", str(tmp_path)]) == 0
    said = capsys.readouterr()
    compared, todo = said.out.splitlines()[-2:]
    assert all(words in compared for words in ("48", "12", "%"))
    assert "--put-in-service" in todo
    assert said.err


def test_nothing_goes_into_service_without_a_name_or_a_candidate(tmp_path, capsys):
    assert main(["--data", str(tmp_path), "--put-in-service"]) == 2
    assert "--by" in capsys.readouterr().out
    assert main(["--data", str(tmp_path), "--put-in-service", "--by", "li"]) == 2
    assert main(["--data", str(tmp_path), "--put-back", "--by", "li"]) == 2


def test_a_candidate_that_did_no_better_needs_a_reason_which_is_kept(learnt, folder):
    found = learnt[1]
    (folder / COMPARED).write_bytes(
        msgspec.json.encode(msgspec.structs.replace(found, better=False))
    )
    with pytest.raises(BadData, match="--despite"):
        put_in_service(folder, "李某")
    put_in_service(folder, "李某", "旧模型不识新设的类型")
    assert json.loads((folder / LOG).read_text())["despite"] == "旧模型不识新设的类型"


def test_a_candidate_that_nobody_compared_does_not_go_into_service(lite, tmp_path):
    (tmp_path / CANDIDATE).write_bytes(resources.path("advice/types.npz").read_bytes())
    with pytest.raises(BadData):
        put_in_service(tmp_path, "李某")
