"""Who sees what: the SQL of a sight agrees with the rule of the domain, for everybody."""

import pytest
from sqlalchemy import insert, select

from console.central import tables
from console.central.sight import Sight
from console.domain.access import Access, sees
from tests.centre_driver import PEOPLE

SCOPES = ["", "*", "320102", "320104", "320102.320102002", "320102.320102003", "3201", "320102x"]
DEPTS = ["", " cgj ", " wat cgj ", " cgjx ", " c_j "]
WHO = [
    *PEOPLE.values(),
    Access(user="two", scopes=("320104", "320102.320102003")),
    Access(user="nobody"),
    Access(user="wild", scopes=("32010_", "%"), depts=("c_j", "%")),
]


@pytest.fixture
def rows(centre):
    held = [
        {"kind": "x", "id": f"{n}", "version": 1, "pos": 1, "scope": scope, "depts": depts,
         "open": True, "incident": "", "unit": "", "watch_at": 0, "body": b""}
        for n, (scope, depts) in enumerate((s, d) for s in SCOPES for d in DEPTS)
    ]  # fmt: skip
    with centre.ledger.writing() as line:
        line.execute(insert(tables.record), held)
    return held


def test_the_sql_and_the_rule_agree(centre, rows):
    r = tables.record.c
    for person in WHO:
        sight = Sight.of(person)
        with centre.ledger.reading() as line:
            found = set(line.execute(select(r.id).where(sight.where(r.scope, r.depts))).scalars())
        wanted = {x["id"] for x in rows if sees(person, x["scope"], x["depts"].split())}
        assert found == wanted, person
        assert wanted == {x["id"] for x in rows if sight.sees(x["scope"], x["depts"])}


def test_sights_that_differ_have_different_marks():
    marks = {Sight.of(Access(user="", scopes=s, depts=d)).mark
             for s in ((), ("",), ("a",), ("a", "b")) for d in ((), ("a",), ("b",))}  # fmt: skip
    assert len(marks) == 12
