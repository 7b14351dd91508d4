"""Codes are said in names, in the language of the process; what nobody knows has no name."""

from dataclasses import replace

import pytest

from console.base.text import TEXTS
from console.domain.access import Access
from console.services.names import Names
from tests.desks import SCENES, Bench


@pytest.fixture
def names(tmp_path):
    bench = Bench(tmp_path)
    bench.unit()
    people = {"wang": Access(user="wang", name="王敏")}
    around = replace(bench.desk.around, people={"zhou": "周文", "wang": "王某"})
    yield Names(around, SCENES, people.get)
    bench.store.close()


@pytest.mark.parametrize(
    ("kind", "code", "name"),
    [
        ("district", "320102", "玄武区"), ("street", "320102002", "梅园新村街道"),
        ("dept", "wat", "市水务局"), ("department", "wat", "市水务局"),
        ("type", "DMUM-01", "暴露垃圾"), ("role", "duty_lead", "值班长"), ("role", "x", ""),
        ("scene", "DMUM", "城市部件与市容事件（数字城管）"), ("shift", "day", "白班"),
        ("unit", "U1", "城管01"), ("person", "wang", "王敏"), ("person", "nobody", ""),
        ("person", "zhou", "周文"),
        ("seat", "no_such_seat", ""), ("dept", "none", ""), ("dragon", "x", ""), ("shift", "x", ""),
    ],
)  # fmt: skip
def test_a_code_is_said_by_its_name(names, kind, code, name):
    assert names.name(kind, code) == name


def test_names_follow_the_language(names, monkeypatch):
    monkeypatch.setattr(TEXTS, "language", "en")
    assert names.name("dept", "wat") == "Municipal Water Bureau"
    assert names.name("person", "wang") == "王敏"
