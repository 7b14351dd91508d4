"""The vital signs of a city (城市体征): one score of seven domains, and why it is what it is.

The formula, as it stands in the domain's data: an indicator scores 100 in its normal range, falls
to 60 at warn and to 20 at alarm, and is 0 beyond. A domain is the weighted mean of its indicators,
times (1 - 0.3 x the share of them below 60). The whole is the weighted mean of the domains. What
has no live value is left out, and what share was there (数据完整率) is said beside it.
"""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from console.base import resources
from console.base.errors import BadData
from console.base.shape import placed, shaped
from console.domain.alarm import Freshness
from console.domain.city import City
from console.domain.indicator import Indicator
from console.domain.sensed import Judged, State

FILE: Final = "vitals.toml"
FULL: Final = 100.0


class Item(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An indicator in a domain, by its id, and how much it weighs there."""

    of: str
    weight: float


class Domain(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the domains, and how much it weighs in the whole."""

    id: str
    name: str
    name_en: str
    weight: float
    item: tuple[Item, ...]


class Mark(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A grade of the score, from ``least`` on; ``role`` is the colour's name in the themes."""

    least: float
    id: str
    name: str
    name_en: str
    role: str


class Formula(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the score is worked out by. ``low``, ``shortfall``: below which, and how much it costs.

    ``grade`` from the best down to one that begins at 0.
    """

    low: float
    shortfall: float
    grade: tuple[Mark, ...]
    domain: tuple[Domain, ...]


class Reason(Struct, frozen=True, kw_only=True):
    """One indicator's part in the score.

    ``score``: its own, None when it has no live value. ``costs``: the points that it takes from
    the whole, without what its domain loses for weak indicators.
    """

    of: str
    weight: float
    value: float | None
    unit: str
    state: State
    freshness: Freshness
    score: float | None
    costs: float


class DomainVitals(Struct, frozen=True, kw_only=True):
    """One domain. ``score`` 0-100, None without a live value; ``completeness`` 0-1.

    ``weak``: the share of indicators below 60; ``weak_costs``: the points of the whole it takes.
    """

    id: str
    name: str
    name_en: str
    weight: float
    score: float | None
    completeness: float
    weak: float
    weak_costs: float
    reasons: tuple[Reason, ...]


class Vitals(Struct, frozen=True, kw_only=True):
    """The whole. ``score`` 0-100; None, without a grade, when nothing at all is live."""

    score: float | None
    grade: Mark | None
    completeness: float
    domains: tuple[DomainVitals, ...]


def formula_of(city: City, indicators: Mapping[str, Indicator]) -> Formula:
    """Read the formula of a city; BadData names file, line and key."""
    file = city.file(FILE)
    words = resources.path(file).read_text("utf-8")
    return read_formula(resources.table(file), file, indicators, words)


def read_formula(
    table: Mapping[str, object], file: str, indicators: Mapping[str, Indicator], words: str = ""
) -> Formula:
    """Read a formula; BadData names what is no indicator, weighs nothing or has no grade."""
    read = shaped(table, Formula, file, words)
    for n, domain in enumerate(read.domain):
        if domain.weight <= 0 or not domain.item:
            raise BadData(file, placed(f"domain[{n}]", words), "it weighs nothing")
        for m, item in enumerate(domain.item):
            if item.of not in indicators:
                where = placed(f"domain[{n}].item", words)
                raise BadData(file, where, f"no such indicator: {item.of!r} (number {m + 1})")
            if item.weight <= 0:
                raise BadData(file, placed(f"domain[{n}].item", words), "it weighs nothing")
    if not read.domain:
        raise BadData(file, "domain", "there is none")
    floors = [mark.least for mark in read.grade]
    if not floors or floors[-1] != 0 or floors != sorted(set(floors), reverse=True):
        raise BadData(file, placed("grade", words), "grades go from the best down to 0")
    return read


def vitals(
    formula: Formula, indicators: Mapping[str, Indicator], now: Mapping[str, Judged]
) -> Vitals:
    """Work out the score from what the indicators are now."""
    counted = [d.weight for d in formula.domain if _any_live(d, now)]
    whole = sum(counted)
    domains = tuple(_domain(formula, d, indicators, now, whole) for d in formula.domain)
    asked = [item.of for d in formula.domain for item in d.item]
    complete = sum(_is_live(now.get(of)) for of in asked) / len(asked)
    if not whole:
        return Vitals(score=None, grade=None, completeness=complete, domains=domains)
    score = sum(d.weight * d.score for d in domains if d.score is not None) / whole
    return Vitals(
        score=score, grade=grade_of(formula, score), completeness=complete, domains=domains
    )


def grade_of(formula: Formula, score: float) -> Mark:
    """Give the grade of a score; the last of the grades takes all that is left."""
    return next((g for g in formula.grade if score >= g.least), formula.grade[-1])


def _domain(
    formula: Formula, domain: Domain, indicators: Mapping[str, Indicator],
    now: Mapping[str, Judged], whole: float,
) -> DomainVitals:  # fmt: skip
    scores = {i.of: s for i in domain.item if (s := _score(i.of, indicators, now)) is not None}
    weight = sum(i.weight for i in domain.item if i.of in scores)
    mean = sum(i.weight * scores[i.of] for i in domain.item if i.of in scores) / (weight or 1.0)
    weak = sum(s < formula.low for s in scores.values()) / (len(scores) or 1)
    share = domain.weight / whole if whole else 0.0
    lost = mean * formula.shortfall * weak
    reasons = tuple(
        _reason(
            i, now.get(i.of), indicators[i.of], scores.get(i.of), share * i.weight / (weight or 1)
        )
        for i in domain.item
    )
    return DomainVitals(
        id=domain.id, name=domain.name, name_en=domain.name_en, weight=domain.weight,
        score=mean - lost if scores else None, completeness=len(scores) / len(domain.item),
        weak=weak, weak_costs=share * lost, reasons=reasons,
    )  # fmt: skip


def _reason(
    item: Item, found: Judged | None, indicator: Indicator, score: float | None, share: float
) -> Reason:
    return Reason(
        of=item.of, weight=item.weight, value=found.value if found else None, unit=indicator.unit,
        state=found.state if found else "unknown", freshness=found.freshness if found else "lost",
        score=score, costs=0.0 if score is None else share * (FULL - score),
    )  # fmt: skip


def _score(of: str, indicators: Mapping[str, Indicator], now: Mapping[str, Judged]) -> float | None:
    found = now.get(of)
    if found is None or not _is_live(found) or found.value is None:
        return None
    return indicators[of].score(found.value)


def _any_live(domain: Domain, now: Mapping[str, Judged]) -> bool:
    return any(_is_live(now.get(item.of)) for item in domain.item)


def _is_live(found: Judged | None) -> bool:
    return found is not None and found.freshness == "live" and found.value is not None
