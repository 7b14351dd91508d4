"""The table of doors: everything but signing in asks who calls, and busy doors say so."""

from collections import Counter

import msgspec
import pytest

from console.central import routes
from console.central.faults import Fault
from console.central.routes import ROUTES
from console.central.sensing.keeper import Keeper
from console.wire import Page, Points, Readings, SetAside, Taken, pack
from tests.centre_driver import PEOPLE, QINHUAI, act, birth, running_centre
from tests.gauges import INDICATORS, PONDING, measured


def test_only_these_doors_are_open_to_all():
    opened = {r.path for r in ROUTES if not r.signed}
    assert {path for path in opened if not path.startswith("/open311/")} == {
        "/auth/v1/sign-in", "/auth/v1/renew", "/sync/v1/hello", "/healthz",
    }  # fmt: skip


def test_what_changes_records_asks_for_the_epoch():
    assert {r.path for r in ROUTES if r.epoch} == {"/sync/v1/acts"}
    doors = {r.path for r in ROUTES if r.signed and not r.reads}
    assert {d for d in doors if not d.startswith(("/intake/v1/", "/sta/", "/open311/"))} == {
        "/auth/v1/sign-out"
    }
    assert doors >= {"/intake/v1/reports", "/intake/v1/readings"}


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


def test_readings_go_in_by_one_door_and_out_by_another(running, call):
    centre, clock = running.built.centre, running.clock
    centre.readings = Keeper(centre.ledger, INDICATORS, clock, 30)
    now = clock.now()
    posted = [measured(PONDING, now, 4), measured(PONDING, now, 5, source="s2", scope=QINHUAI)]
    told = call("water").tell("/intake/v1/readings", posted, Taken)
    assert (told.taken, told.refused) == (2, 0)
    centre.beat()
    page = call("xuanwu").ask("/sync/v1/readings", Readings)
    assert [msgspec.json.decode(raw)["reading"]["source"] for raw in page.readings] == ["s1"]
    points = call("xuanwu").ask("/sync/v1/series", Points, of=PONDING.id, source="s1")
    assert points.points == [(now, 4.0)]


def test_one_bad_reading_among_good_ones_is_told_and_garbage_is_malformed(running, call):
    centre, clock = running.built.centre, running.clock
    centre.readings = Keeper(centre.ledger, INDICATORS, clock, 30)
    good = pack(measured(PONDING, clock.now(), 4))
    source = call("water")
    mixed = b'[{"topic": "weather"},' + good + b"]"
    told = msgspec.json.decode(source.post("/intake/v1/readings", mixed).content, type=Taken)
    assert (told.taken, told.refused, told.wrong[0].n) == (1, 1, 0)
    (aside,) = call("lead").ask("/intake/v1/aside", list[SetAside])
    assert (aside.door, aside.source, aside.rule) == ("readings", "water", "reading.shape")
    assert centre.get("incident", aside.incident).state == "reported"
    assert source.post("/intake/v1/readings", b"{").status_code == 400
    assert source.post("/intake/v1/readings", b"[" + b"1," * 10_000 + b"1]").status_code == 413


def test_readings_that_nobody_could_take_are_set_aside(running, call):
    source, lead = call("water"), call("lead")
    source.post("/intake/v1/readings", b"{half")
    stray = {"topic": "indicator", "of": "NO.such", "at": running.clock.now(), "value": 1.0}
    source.post("/intake/v1/readings", [stray])
    lead.post("/intake/v1/readings", [stray])
    held = lead.get("/intake/v1/aside").json()
    assert {(h["door"], h["source"], h["rule"]) for h in held} == {
        ("readings", "water", "intake.json"), ("readings", "water", "reading.unknown"),
    }  # fmt: skip


def test_readings_are_announced_in_the_stream(running, call):
    centre, clock = running.built.centre, running.clock
    centre.readings = Keeper(centre.ledger, INDICATORS, clock, 30)
    lead = call("lead")
    cursor = centre.snapshot(PEOPLE["lead"])[0].next
    with lead.http.get(f"{running.url}/sync/v1/stream", params={"c": cursor}, stream=True) as feed:
        lines = feed.iter_lines()
        assert next(lines) == b"event: bookmark"
        centre.take_readings([measured(PONDING, clock.now(), 4)], PEOPLE["water"])
        centre.beat()
        while next(lines) != b"event: readings":
            continue
        page = msgspec.json.decode(next(lines).removeprefix(b"data: "), type=Page)
    assert page.readings == centre.readings.head == 1


def test_a_snapshot_comes_packed_to_whoever_can_unpack_it(tmp_path):
    with running_centre(tmp_path) as running:
        who = running.welcome().caller("lead")
        who.do(act("lead", *[birth() for _ in range(20)]))
        plain, packed = (
            who.http.get(
                f"{running.url}/sync/v1/snapshot", headers={"Accept-Encoding": way}, timeout=20
            )
            for way in ("identity", "gzip")
        )
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert plain.content.split(b"\n")[1:] == packed.content.split(b"\n")[1:]
        assert len(plain.content.splitlines()) == 22
        who.close()
