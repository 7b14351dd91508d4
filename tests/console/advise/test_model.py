"""A model's file and the advice it gives."""

import io
import subprocess
import sys

import numpy as np
import pytest

from console.advise.features import Spec, said_in
from console.advise.model import read_model, unpacked
from console.advise.training import train
from console.base.errors import BadData
from tests.console.advise.messages import messages
from tests.drivers import ROOT

SPEC = Spec(text=("text",), label="label")


@pytest.fixture(scope="module")
def data():
    rows = messages()
    return train(rows, SPEC, groups=[r["mould"] for r in rows], folds=4, name="small").data


@pytest.fixture(scope="module")
def model(data):
    return unpacked(data, "small")


def test_the_likeliest_label_stands_first_and_all_are_no_more_than_certain(model):
    found = model.judge({"text": "龙蟠路井盖破损很危险"})
    sure = [p.confidence for p in found.picks]
    assert found.picks[0].label == "井盖"
    assert sure == sorted(sure, reverse=True)
    assert sum(sure) == pytest.approx(1.0, abs=0.01)


def test_the_words_that_decided_are_where_they_were_said(model):
    message = {"text": "昨天 晚上 施工噪音很大"}
    found = model.judge(message).deciding
    assert any("噪" in d.words for d in found)
    said = said_in(SPEC, message)
    assert all(said[d.start : d.end] == d.words for d in found)
    assert [d.share for d in found] == sorted((d.share for d in found), reverse=True)


def test_what_it_never_met_is_not_judged(model):
    found = model.judge({"text": "quarterly shareholder newsletter subscription"})
    assert not found.known
    assert found.deciding == ()


def test_an_empty_message_is_not_judged(model):
    assert not model.judge({"text": ""}).known


def test_it_knows_what_it_was_trained_on(model):
    assert model.was_seen(messages()[0])
    assert not model.was_seen({"text": "龙蟠路井盖破损很危险"})


def test_a_file_is_read_back_whole(model, data, tmp_path):
    file = tmp_path / "m.npz"
    file.write_bytes(data)
    message = {"text": "水管爆裂停水"}
    assert read_model(file).judge(message) == model.judge(message)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04rubbish", b"no zip"])
def test_what_is_no_model_is_bad_data(data):
    with pytest.raises(BadData, match="not a model"):
        unpacked(data, "m.npz")


@pytest.mark.parametrize(
    "change",
    [
        {"labels": lambda a: np.full_like(a, 60_000)},
        {"offsets": lambda a: a[:-1]},
        {"idf": lambda a: a[:-1]},
        {"values": lambda a: np.full_like(a, np.nan)},
        {"starts": lambda a: a[::-1]},
    ],
)
def test_parts_that_do_not_fit_together_are_bad_data(data, change):
    with np.load(io.BytesIO(data)) as held:
        parts = {name: held[name] for name in held.files}
    parts |= {name: make(parts[name]) for name, make in change.items()}
    out = io.BytesIO()
    np.savez(out, **parts)
    with pytest.raises(BadData, match="do not fit together"):
        unpacked(out.getvalue(), "m.npz")


def test_a_pickle_in_a_file_is_not_opened(data):
    out = io.BytesIO()
    np.savez(out, about=np.asarray([{"a": 1}], object))
    with pytest.raises(BadData, match="not a model"):
        unpacked(out.getvalue(), "m.npz")


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    file = tmp_path / "m.npz"
    with file.open("wb") as out:
        out.truncate(31 * 1024 * 1024)
    with pytest.raises(BadData, match="larger than 30 MiB"):
        read_model(file)


def test_advice_needs_neither_the_library_that_trains_nor_scipy():
    probe = "import sys, console.advise.model; print({'sklearn', 'scipy'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True)
    assert said.stdout.strip() == "set()"
