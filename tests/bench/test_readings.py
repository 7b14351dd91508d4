"""Readings beside parsing them alone; vital signs; alarms beside a plain threshold."""

import asyncio
import csv
import json
import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from statistics import mean, median, stdev
from typing import Any

import pytest

from console.base import resources
from console.base.clock import ManualClock
from console.central.build import Built, build
from console.central.web import build_app
from console.domain.access import Access
from console.domain.alarm import Standing, sampled
from console.domain.indicator import Indicator
from console.domain.reading import Reading, Unread
from console.domain.sensed import Sensed, judged
from console.domain.vitals import read_formula, vitals
from console.scenes.scene import indicators_of
from console.wire import Taken, pack, readings_of
from tests.bench.city import say
from tests.centre_driver import PASSWORD, PEOPLE
from tests.drivers import shared_data

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]
SOURCES, POSTED, POSTS = 10, 500, 60
"""Twenty posts a second is what the door allows one account: of these, ten thousand readings."""
ROUNDS = 15
"""Rounds of three seconds, with and without, by turns: what else the machine does hits both."""


def spent(job: Callable[[], object]) -> float:
    """Give the processor's seconds that a job takes, threads and all."""
    began = time.process_time()
    job()
    return time.process_time() - began


def bodies(known: dict[str, Indicator], first: int) -> list[bytes]:
    """Give posts of readings that come one a second from each source, one in a hundred out."""
    chance = random.Random(1)
    keys = [(i, f"station-{n:02d}") for i in known.values() for n in range(SOURCES)]
    found = []
    for n in range(POSTS * (ROUNDS + 1)):
        some = [keys[(n * POSTED + m) % len(keys)] for m in range(POSTED)]
        at = first + n * POSTED // len(keys) * 1_000 + n
        found.append(
            pack([
                Reading(topic="indicator", of=i.id, source=source, scope="320102.320102002",
                        at=at, value=value_of(i, chance))
                for i, source in some
            ])
        )  # fmt: skip
    return found


def value_of(indicator: Indicator, chance: random.Random) -> float:
    sim = indicator.sim
    assert sim is not None
    alarm = indicator.alarm if isinstance(indicator.alarm, float | int) else indicator.alarm[1]
    if chance.random() < 0.01:
        return float(alarm)
    return round(sim.base + chance.uniform(-0.5, 0.5) * sim.sd, 3)


class AtTheDoor:
    """Posts to the centre's own application, without a socket: what a request costs the centre."""

    def __init__(self, built: Built) -> None:
        self._app = build_app(built.centre, built.tokens, built.limits)
        built.people.put(PEOPLE["water"], PASSWORD)
        token = built.tokens.begin("water", PASSWORD, "d1").access_token
        heads = {"authorization": f"Bearer {token}", "x-device": "d1"}
        self._heads = [(k.encode(), v.encode()) for k, v in heads.items()]

    async def post(self, body: bytes) -> int:
        """Post readings; give the status."""
        said: list[dict[str, Any]] = []
        path = "/intake/v1/readings"
        scope = {
            "type": "http", "method": "POST", "path": path, "raw_path": path.encode(),
            "query_string": b"", "headers": self._heads, "http_version": "1.1",
            "scheme": "http", "server": ("centre", 80), "client": ("source", 1), "root_path": "",
        }  # fmt: skip

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            said.append(message)

        await self._app(scope, receive, send)
        return int(said[0]["status"])


def test_readings_go_through_the_door_at_half_the_pace_of_parsing(tmp_path, monkeypatch):
    clock = ManualClock()
    built = build(tmp_path, clock)
    centre = built.centre
    posts = bodies(indicators_of(centre.place.scenes), clock.now() - 100_000)
    door, take = AtTheDoor(built), centre.take_readings

    async def through(some: list[bytes], beats: bool) -> None:
        for n, post in enumerate(some, 1):
            clock.turn(50)
            assert await door.post(post) == 200
            if beats and n * POSTED % 10_000 == 0:  # ten thousand a second: a beat of a second
                centre.beat()

    def parsed(found: list[Reading | Unread], _who: Access) -> Taken:
        return Taken(taken=len(found))

    def spent_by(some: list[bytes]) -> tuple[float, float, float]:
        whole = spent(lambda: asyncio.run(through(some, beats=True)))
        monkeypatch.setattr(centre, "take_readings", parsed)
        parsing = spent(lambda: asyncio.run(through(some, beats=False)))
        monkeypatch.setattr(centre, "take_readings", take)
        return whole, parsing, spent(lambda: [readings_of(post) for post in some])

    asyncio.run(through(posts[:POSTS], beats=True))  # the sources become known
    rounds = [spent_by(posts[n : n + POSTS]) for n in range(POSTS, len(posts), POSTS)]
    built.close()
    whole, parsing, bare = (POSTED * POSTS / median(each) for each in zip(*rounds, strict=True))
    share = median(parsing / whole for whole, parsing, _ in rounds)
    say(
        f"readings through the door to last values, alarms and the ledger, {POSTED} a post:"
        f" {whole:,.0f}/s of one core (at least 10,000); the same door that only parses"
        f" {parsing:,.0f}/s: {share:.2f} (at least 0.5);"
        f" the decoder by itself {bare:,.0f}/s: {whole / bare:.2f}"
    )
    assert whole >= 10_000
    assert share >= 0.5


def test_vital_signs_over_all_indicators_take_less_than_five_milliseconds(tmp_path):
    built = build(tmp_path, ManualClock())
    known = indicators_of(built.centre.place.scenes)
    built.close()
    formula = read_formula(resources.table("vitals.toml"), "vitals.toml", known)
    chance = random.Random(1)
    held = {
        of: [
            Sensed(
                reading=Reading(topic="indicator", of=of, source=f"s{n}", at=1_000,
                                value=value_of(i, chance)),
                standing=Standing(at=1_000),
            )
            for n in range(3)
        ]
        for of, i in known.items()
    }  # fmt: skip

    def once() -> None:
        now = {of: judged(i, held[of], 1_500) for of, i in known.items()}
        vitals(formula, known, now)

    found = median(spent(once) for _ in range(50)) * 1_000
    say(f"vital signs over {len(known)} indicators of 3 sources each: {found:.2f} ms (at most 5)")
    assert found <= 5.0


# ---- alarms beside a plain threshold


Series = list[tuple[datetime, float]]
Windows = list[tuple[datetime, datetime]]
LEARNT = 0.15
"""The first part of a series, from which its limits are set, as the benchmark has it."""
WIDTHS = [1.5 + 0.25 * n for n in range(27)]


def labelled() -> Iterator[tuple[str, Series, Windows]]:
    nab = shared_data("sensors/NAB")
    windows = json.loads((nab / "labels/combined_windows.json").read_text())
    for file in sorted((nab / "data").glob("*/*.csv")):
        with file.open() as lines:
            rows = [
                (datetime.fromisoformat(r["timestamp"]), float(r["value"]))
                for r in csv.DictReader(lines)
            ]
        name = f"{file.parent.name}/{file.name}"
        spans = [
            (datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in windows.get(name, [])
        ]
        yield name, rows, spans


def plain(rows: Series, low: float, high: float) -> list[datetime]:
    """Give when a plain threshold alarms: whenever a value leaves the range."""
    found, out = [], False
    for at, value in rows:
        was, out = out, not low <= value <= high
        if out and not was:
            found.append(at)
    return found


def ruled(rows: Series, low: float, high: float) -> list[datetime]:
    """Give when the product's rule alarms, with its hold, its clearing and its hysteresis."""
    half = (high - low) / 4
    indicator = Indicator(
        id="N.n", name="n", name_en="n", unit="", direction="band", normal=(low, high),
        warn=(low, high), alarm=(low - half, high + half), source="s", refresh_s=300,
    )  # fmt: skip
    standing, found = Standing(), []
    for n, (at, value) in enumerate(rows, 1):
        before = standing
        reading = Reading(topic="indicator", of="N.n", at=n, value=value)
        standing = sampled(indicator, standing, reading)
        if before.band == "normal" and standing.band != "normal":
            found.append(at)
    return found


def counted(rule, width: float, series) -> tuple[int, int]:
    """Give the windows that were detected, and the alarms that lie in none."""
    detected = false = 0
    for _, rows, spans in series:
        learnt = [v for _, v in rows[: int(len(rows) * LEARNT)]]
        middle, spread = mean(learnt), max(stdev(learnt), 1e-9)
        alarms = rule(rows, middle - width * spread, middle + width * spread)
        inside = [[at for at in alarms if a <= at <= b] for a, b in spans]
        detected += sum(bool(each) for each in inside)
        false += len(alarms) - sum(map(len, inside))
    return detected, false


def test_fewer_false_alarms_than_a_plain_threshold_at_equal_detections():
    series = list(labelled())
    whole = sum(len(spans) for _, _, spans in series)
    best: dict[str, dict[int, int]] = {"plain": {}, "ruled": {}}
    for name, rule in (("plain", plain), ("ruled", ruled)):
        for width in WIDTHS:
            detected, false = counted(rule, width, series)
            best[name][detected] = min(false, best[name].get(detected, 1 << 60))
    both = sorted(best["plain"].keys() & best["ruled"].keys(), reverse=True)
    say(f"{len(series)} series, {whole} labelled anomalies; false alarms at equal detections:")
    say("detected  missed  plain threshold  this rule")
    for detected in both:
        false = best["plain"][detected], best["ruled"][detected]
        say(f"{detected:8} {whole - detected:7} {false[0]:16} {false[1]:10}")
    assert both
    assert sum(best["ruled"][d] for d in both) < sum(best["plain"][d] for d in both)
