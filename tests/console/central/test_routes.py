"""The table of doors: everything but signing in asks who calls, and busy doors say so."""

from collections import Counter

import pytest

from console.central import routes
from console.central.faults import Fault
from console.central.routes import ROUTES


def test_only_these_doors_are_open_to_all():
    assert {r.path for r in ROUTES if not r.signed} == {
        "/auth/v1/sign-in", "/auth/v1/renew", "/sync/v1/hello", "/healthz",
    }  # fmt: skip


def test_what_changes_records_asks_for_the_epoch():
    assert {r.path for r in ROUTES if r.epoch} == {"/sync/v1/acts"}
    assert {r.path for r in ROUTES if r.signed and not r.reads} == {
        "/auth/v1/sign-out", "/intake/v1/reports",
    }  # fmt: skip


def test_a_device_has_only_so_many_requests_under_way():
    posting: Counter[str] = Counter()
    turns = [routes._turn(posting, "d1") for _ in range(routes.AT_ONCE)]
    for turn in turns:
        turn.__enter__()
    with pytest.raises(Fault), routes._turn(posting, "d1"):
        pass
    with routes._turn(posting, "d2"):
        pass
    for turn in turns:
        turn.__exit__(None, None, None)
    with routes._turn(posting, "d1"):
        pass
    assert posting == {}


def test_snapshots_beyond_a_few_are_asked_to_wait(call, monkeypatch):
    monkeypatch.setattr(routes, "SNAPSHOTS", 0)
    answer = call("lead").get("/sync/v1/snapshot")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
