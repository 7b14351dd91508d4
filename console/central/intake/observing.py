"""Observations of SensorThings: one, many of a datastream, or a data array; each is a reading."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from math import isfinite
from typing import Any

import msgspec

from console.central.intake.entities import Entities, Stream, point_of, unknown
from console.central.intake.frame import (
    Finding,
    Ground,
    Message,
    Unreadable,
    finding,
    instant,
    list_of,
    table_of,
)
from console.central.intake.things import MOST, Draft, Json, draft_of, link_of, shapes, span
from console.domain.reading import Quality, Reading

COMPONENTS = ("phenomenonTime", "result", "resultTime", "resultQuality", "validTime",
              "FeatureOfInterest/id", "FeatureOfInterest/@iot.id")  # fmt: skip
_LIKE = 40


class Observing:
    """Makes messages of what one account observes."""

    def __init__(self, entities: Entities, ground: Ground, source: str) -> None:
        self._entities = entities
        self._ground = ground
        self._source = source

    def one(self, draft: Draft, given: int = 0, raw: bytes = b"") -> Message:
        """Read one observation. ``given``: the datastream that it was sent to, if to one."""
        linked = draft.ones.get("Datastream", given)
        if isinstance(linked, Draft):
            raise Unreadable(finding("sta.embedded", "Observations/Datastream"))
        stream = self._entities.stream(linked, self._source)
        if stream is None:
            raise Unreadable(unknown("Datastreams", linked))
        feature = draft.ones.get("FeatureOfInterest")
        if isinstance(feature, int) and self._feature(feature) is None:
            raise Unreadable(unknown("FeaturesOfInterest", feature))
        if feature is None and not stream.placed:
            raise Unreadable(finding("sta.no_feature", "Observations/FeatureOfInterest"))
        place = self._placed(feature, stream)
        return self._message(draft.facts, stream, place, raw)

    def arrays(self, said: Any) -> Iterator[Message]:
        """Read data arrays: each row by itself; a row that is wrong stops no other."""
        groups = list_of(said)
        if groups is None:
            raise Unreadable(finding("sta.list", "dataArray"))
        count = 0
        for n, group in enumerate(groups):
            for message in self._group(group, f"[{n}]"):
                count += 1
                if count > MOST:
                    raise Unreadable(finding("sta.many", most=MOST))
                yield message

    # ---- inside

    def _group(self, group: Any, where: str) -> Iterator[Message]:
        body = table_of(group) or {}
        if "Datastream" not in body:
            raise Unreadable(finding("sta.link", f"{where}/Datastream"))
        stream = link_of(body["Datastream"], f"{where}/Datastream") or 0
        columns, rows = list_of(body.get("components")), list_of(body.get("dataArray"))
        if columns is None or rows is None or "result" not in columns:
            raise Unreadable(finding("sta.array", where))
        if odd := [name for name in columns if name not in COMPONENTS]:
            raise Unreadable(finding("sta.extra", f"{where}/components", value=odd))
        for n, row in enumerate(rows):
            yield self._row(columns, row, stream, f"{where}/dataArray[{n}]")

    def _row(self, columns: Sequence[str], row: Any, stream: int, where: str) -> Message:
        values, raw = list_of(row), msgspec.json.encode(row)
        if values is None or len(values) != len(columns):
            return Message("", raw, wrong=(finding("sta.array", where),))
        said: Json = {}
        for name, value in zip(columns, values, strict=True):
            if "/" in name:
                said["FeatureOfInterest"] = {"@iot.id": value}
            else:
                said[name] = value
        try:
            return self.one(draft_of("Observations", said, ("Datastream",)), stream, raw)
        except Unreadable as error:
            found = Finding(error.found.rule, f"{where}/{error.found.where}", 0, error.found.args)
            return Message("", raw, wrong=(found,))

    def _feature(self, id: int) -> Json | None:
        held = self._entities.get("FeaturesOfInterest", id, self._source)
        return held.facts["feature"] if held else None

    def _placed(self, feature: int | Draft | None, stream: Stream) -> tuple[float, float]:
        if isinstance(feature, Draft):
            return point_of(feature.facts["feature"])
        held = self._feature(feature) if feature else None
        return point_of(held) if held else (stream.lon, stream.lat)

    def _message(
        self, facts: Mapping[str, Any], stream: Stream, place: tuple[float, float], raw: bytes
    ) -> Message:
        when = span(facts.get("phenomenonTime"))
        at = when[1] if when else instant(str(facts.get("resultTime", ""))) or self._ground.now
        number = str(observation_id(stream.id, at))
        value = facts["result"]
        if isinstance(value, bool):
            value = float(value)
        if not isinstance(value, int | float) or not _finite(value):
            found = finding("sta.result", "Observations/result", value=value)
            return Message(number, raw, wrong=(found,))
        if not stream.indicator:
            # It has been understood, and nobody could see it: that is for a person to mend.
            found = finding("sta.loose", "Datastreams/properties/indicator", value=stream.id)
            return Message(number, f"Datastreams({stream.id})".encode(), remarks=(found,))
        scope = self._ground.place.city.scope_of(stream.district, stream.street)
        reading = Reading(
            topic="indicator", of=stream.indicator, source=stream.source, at=at, scope=scope,
            value=float(value), quality=_quality(facts), lon=place[0], lat=place[1],
        )  # fmt: skip
        return Message(number, raw, readings=(reading,))


def observation_id(stream: int, at: int) -> int:
    """Give the id of what a datastream measured at an instant: always the same."""
    return int.from_bytes(sha256(f"{stream} {at}".encode()).digest()[:6])


def _finite(value: int | float) -> bool:
    try:
        return isfinite(float(value))
    except OverflowError:
        return False


def _quality(facts: Mapping[str, Any]) -> Quality:
    said = facts.get("resultQuality")
    if said is None:
        return "good"
    words = shapes().quality
    low = str(said).lower()[:_LIKE]
    if low in words["good"]:
        return "good"
    return "bad" if low in words["bad"] else "doubtful"
