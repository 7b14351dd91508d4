"""Measures how well incidents told twice are found: on groups that are given, or on rewordings.

A rewording is a row told again: some clauses dropped, their order changed, letters lost, the place
a little off, some minutes later. Half of those asked for have their first telling in the index; the
other half have not, and whatever is found for them is wrong, as is anything but the first telling.
"""

import re
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

import msgspec
import numpy as np
from msgspec import Struct

from console.advise.twins import MINUTE_MS, Told, Twins, read_evidence
from console.base.errors import BadData

_CLAUSES = re.compile(r"[^，。！？；,.!?;\s]+[，。！？；,.!?;\s]*")
LOST, KEPT = 0.06, 0.7
OFF_DEG, LATER_MINUTES = 0.0006, 240
TIMES = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M",
         "%Y-%m-%dT%H:%M:%S", "%m/%d/%Y %I:%M:%S %p")  # fmt: skip


class Columns(Struct, frozen=True, kw_only=True):
    """Which columns say what; "" where a file has none."""

    text: tuple[str, ...] = ()
    type: str = ""
    street: str = ""
    address: str = ""
    lon: str = ""
    lat: str = ""
    time: str = ""
    group: str = ""

    @property
    def named(self) -> list[str]:
        rest = (self.type, self.street, self.address, self.lon, self.lat, self.time, self.group)
        return [*self.text, *filter(None, rest)]


class Found(Struct, frozen=True, kw_only=True):
    """How many of those told twice were found first, and how many found ones were wrong.

    ``precision``: of all that were shown first; ``recall``: of those that had a first telling.
    """

    truth: str
    indexed: int
    asked: int
    told_twice: int
    precision: float
    recall: float
    by_threshold: dict[str, tuple[float, float]]
    ms_median: float
    ms_p99: float


@dataclass(frozen=True, slots=True)
class _Case:
    """One question: what is told, and which answers are right (none: it is new)."""

    told: Told
    right: frozenset[str]


THRESHOLDS = (0.2, 0.35, 0.5, 0.65, 0.8, 0.9)


def told_in(rows: Sequence[dict[str, str]], columns: Columns) -> list[Told]:
    """Give what is compared of each row; BadData names the row and column that cannot be read."""
    if not (columns.text or columns.type):
        raise BadData("--text", "", "name the columns to compare")
    return [_told(n, row, columns) for n, row in enumerate(rows)]


def measure(
    rows: Sequence[dict[str, str]], columns: Columns, *, most: int = 1_000, seed: int = 1
) -> Found:
    """Ask for many and see what is found; BadData when there is nothing to ask."""
    told = told_in(rows, columns)
    chance = Random(seed)  # noqa: S311 - a sample keeps no secret
    groups = [row[columns.group] for row in rows] if columns.group else []
    cases = _grouped(told, groups, chance, most) if groups else _reworded(told, chance, most)
    if not any(case.right for case in cases):
        raise BadData(columns.group or "text", "", "nothing is told twice")
    left_out = set[str]() if groups else {case.told.id for case in cases if not case.right}
    twins = Twins(msgspec.structs.replace(read_evidence(), shown=THRESHOLDS[0]))
    for each in told:
        if each.id not in left_out:
            twins.put(each)
    answers: list[tuple[float, bool, bool]] = []
    times: list[float] = []
    for case in cases:
        begun = time.thread_time()
        first = next(iter(twins.like(case.told, 1)), None)
        times.append((time.thread_time() - begun) * 1000)
        hit = first is not None and first.id in case.right
        answers.append((first.likely if first else 0.0, hit, bool(case.right)))
    shown = read_evidence().shown
    precision, recall = _at(answers, shown)
    return Found(
        truth="groups" if groups else "rewordings", indexed=len(twins), asked=len(cases),
        told_twice=sum(bool(case.right) for case in cases), precision=precision, recall=recall,
        by_threshold={f"{t:.2f}": _at(answers, t) for t in THRESHOLDS},
        ms_median=round(float(np.median(times)), 3),
        ms_p99=round(float(np.quantile(times, 0.99)), 3),
    )  # fmt: skip


def reworded(told: Told, chance: Random) -> Told:
    """Tell something again, as another person would."""
    clauses = [c for c in _CLAUSES.findall(told.text) if c.strip()]
    kept = [c for c in clauses if chance.random() < KEPT] or clauses[:1]
    chance.shuffle(kept)
    text = "".join(c for c in "".join(kept) if chance.random() >= LOST)
    placed = bool(told.lon)
    return replace(
        told, text=text,
        lon=told.lon + (chance.gauss(0, OFF_DEG) if placed else 0),
        lat=told.lat + (chance.gauss(0, OFF_DEG) if placed else 0),
        at=told.at and told.at + round(chance.random() * LATER_MINUTES * MINUTE_MS),
    )  # fmt: skip


def _grouped(told: list[Told], groups: list[str], chance: Random, most: int) -> list[_Case]:
    members: dict[str, set[str]] = {}
    for each, group in zip(told, groups, strict=True):
        members.setdefault(group, set()).add(each.id)
    sizes = Counter(groups)
    twice = [(t, g) for t, g in zip(told, groups, strict=True) if sizes[g] > 1]
    once = [(t, g) for t, g in zip(told, groups, strict=True) if sizes[g] == 1]
    chance.shuffle(once)
    chosen = [*twice, *once[: max(most - len(twice), len(twice))]]
    return [_Case(t, frozenset(members[g] - {t.id})) for t, g in chosen]


def _reworded(told: list[Told], chance: Random, most: int) -> list[_Case]:
    chosen = chance.sample(told, min(most, len(told)))
    cases: list[_Case] = []
    for n, each in enumerate(chosen):
        again = replace(reworded(each, chance), id=f"{each.id}+" if n % 2 else each.id)
        cases.append(_Case(again, frozenset((each.id,)) if n % 2 else frozenset()))
    return cases


def _at(answers: list[tuple[float, bool, bool]], bar: float) -> tuple[float, float]:
    shown = [hit for likely, hit, _ in answers if likely >= bar]
    twice = sum(twin for _, _, twin in answers)
    hits = sum(shown)
    return (hits / len(shown) if shown else 0.0), hits / twice


def _told(n: int, row: dict[str, str], columns: Columns) -> Told:
    return Told(
        f"row {n + 1}", " ".join(row[c] for c in columns.text), row.get(columns.type, ""), "", "",
        row.get(columns.street, ""), row.get(columns.address, ""),
        _number(n, row, columns.lon), _number(n, row, columns.lat), _instant(n, row, columns.time),
    )  # fmt: skip


def _number(n: int, row: Mapping[str, str], column: str) -> float:
    """Give degrees; an empty cell is not known."""
    said = row.get(column, "").strip()
    try:
        return float(said) if said else 0.0
    except ValueError:
        raise BadData(f"row {n + 1}", column, f"not degrees: {said[:40]!r}") from None


def _instant(n: int, row: Mapping[str, str], column: str) -> int:
    """Give ms of a local time: only differences count here; an empty cell is not known."""
    said = row.get(column, "").strip()
    for form in TIMES if said else ():
        try:
            return int(datetime.strptime(said, form).timestamp() * 1000)  # noqa: DTZ007
        except ValueError:
            continue
    if said:
        raise BadData(f"row {n + 1}", column, f"not a time such as 2026-01-31 18:30: {said[:40]!r}")
    return 0
