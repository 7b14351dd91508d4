"""The alarm panel's rows: what is out of band and since when, what is silent, what is shelved."""

from typing import Any

import pytest

from console.base.text import speak
from console.domain.alarm import Standing
from console.domain.reading import Reading
from console.domain.sensed import Sensed
from tests.ui.desk import Desk
from ui.models.gauges import COLUMNS, DISPLAY, GaugesModel, read

PONDING, PRESSURE = "DMSW.ponding_depth", "EMCR.water_pressure"
MINUTE = 60_000


def feed(seat: Desk, of: str, value: float, band: Any = "normal", ago_min: float = 0.0,
         source: str = "s1") -> None:  # fmt: skip
    """Let the seat hear of a reading, as the centre judged it."""
    at = seat.core.clock.now() - int(ago_min * MINUTE)
    reading = Reading(topic="indicator", of=of, source=source, at=at, value=value, scope="*")
    since = at - 3 * MINUTE if band != "normal" else 0
    standing = Standing(band=band, since=since, at=at, value=value)
    seat.core._tell(
        seat.core._parts.values.absorb([Sensed(reading=reading, standing=standing)], 1, "b")
    )


def give(seat: Desk) -> None:
    """Give values by hand until they raise the alarm: two of one millisecond are one."""
    for n in range(200):
        seat.core.gauges.give(PONDING, 30.0 + n).result()
        if seat.core.gauges.incident(PONDING, "@chen"):
            return


def words(seat: Desk) -> list[dict[str, str]]:
    return [dict(zip(COLUMNS, row.words, strict=True)) for row in read(seat.core).rows]


def test_the_most_pressing_comes_first_with_value_limit_and_since(seat: Desk) -> None:
    feed(seat, PONDING, 18.0, "warn")
    feed(seat, PONDING, 31.0, "alarm", source="云芷路下穿")
    feed(seat, PRESSURE, 0.31)
    first, second = words(seat)
    assert first["stands"] == "告警"
    assert first["name"] == seat.core.gauges.known[PONDING].name
    assert (first["source"], first["value"].split()[1]) == ("云芷路下穿", "cm")
    assert first["limit"] == "≥15 / ≥27"
    assert first["since"].startswith("3")
    assert second["stands"] == "关注"


def test_what_is_silent_says_as_of_when_and_what_it_was(seat: Desk) -> None:
    feed(seat, PONDING, 31.0, "alarm", ago_min=30)
    (row,) = words(seat)
    assert row["stands"] == "失联"
    assert "告警" in row["note"]


def test_what_is_shelved_says_until_when_and_why(seat: Desk) -> None:
    feed(seat, PRESSURE, 0.7, "alarm")
    seat.core.run(f"搁置告警 {PRESSURE} +1h 检修").result()
    (row,) = words(seat)
    assert row["stands"] == "搁置"
    assert row["limit"].endswith("之外")
    assert "检修" in row["note"]


def test_a_value_by_hand_names_who_gave_it(seat: Desk) -> None:
    give(seat)
    row = next(r for r in words(seat) if "人工" in r["source"])
    assert row["source"].startswith("人工填报")


@pytest.fixture
def model(qapp: Any, qtmodeltester: Any, seat: Desk) -> GaugesModel:
    made = GaugesModel()
    qtmodeltester.check(made)
    return made


def test_the_chosen_row_stays_the_chosen_one(seat: Desk, model: GaugesModel) -> None:
    feed(seat, PRESSURE, 0.52, "warn")
    model.show(read(seat.core).rows)
    held = model.index(0, 1)
    from PySide6.QtCore import QPersistentModelIndex  # noqa: PLC0415

    kept = QPersistentModelIndex(held)
    feed(seat, PONDING, 31.0, "alarm")
    model.show(read(seat.core).rows)
    assert (kept.row(), model.rowCount()) == (1, 2)
    assert model.data(model.index(0, 0), DISPLAY) == "告警"
    assert model.place_of(PRESSURE) == 1
    assert model.counts() == {"alarm": 1, "warn": 1, "silent": 0, "shelved": 0}
    assert model.row_at(9) is None


def test_in_english_units_and_systems_are_english_and_the_score_is_explained(seat: Desk) -> None:
    feed(seat, "SOPO.unhandled", 40, "alarm", source="")
    speak("en")
    row = words(seat)[0]
    known = seat.core.gauges.known["SOPO.unhandled"]
    assert row["value"] == f"40 {known.unit_en}"
    assert row["source"] == known.source_en
    assert any("weight" in line for line in read(seat.core).why)


def test_a_shelved_alarm_is_called_by_its_indicator_and_not_by_an_id(seat: Desk) -> None:
    feed(seat, PONDING, 30, "alarm")
    said = seat.core.run(f"indicator.shelve {PONDING} +1h 检修").result().notice
    assert said.args["record"] == seat.core.gauges.known[PONDING].name
