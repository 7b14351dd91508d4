"""Says in words why the vital signs are what they are: each point that is missing, and why."""

from collections.abc import Iterator, Mapping

from console.base.text import TEXTS, text
from console.domain.indicator import Indicator
from console.domain.vitals import DomainVitals, Mark, Reason, Vitals
from console.domain.words import UNKNOWN

LEAST = 0.05
"""A reason that costs less of the whole is not told: it would read 0.0."""


def explain(vitals: Vitals, indicators: Mapping[str, Indicator]) -> Iterator[str]:
    """Give the lines of the answer to "why 71?": the whole, then every domain with its reasons."""
    yield text(
        "explain.whole", score=_points(vitals.score), grade=_named(vitals.grade),
        complete=_share(vitals.completeness),
    )  # fmt: skip
    for domain in vitals.domains:
        yield from _domain(domain, indicators)


def _domain(domain: DomainVitals, indicators: Mapping[str, Indicator]) -> Iterator[str]:
    yield text(
        "explain.domain", name=_named(domain), score=_points(domain.score),
        weight=_share(domain.weight), complete=_share(domain.completeness),
    )  # fmt: skip
    for reason in sorted(domain.reasons, key=lambda r: -r.costs):
        if reason.costs >= LEAST:
            yield _costs(reason, indicators[reason.of])
    if domain.weak_costs >= LEAST:
        yield text("explain.weak", costs=_points(domain.weak_costs), share=_share(domain.weak))
    left_out = [indicators[r.of] for r in domain.reasons if r.score is None]
    if left_out:
        yield text("explain.left_out", names=text("panel.and").join(map(_named, left_out)))


def _costs(reason: Reason, indicator: Indicator) -> str:
    value = UNKNOWN if reason.value is None else f"{reason.value:.{indicator.decimals}f}"
    return text(
        "explain.costs", costs=_points(reason.costs), name=_named(indicator), value=value,
        unit=reason.unit, band=text(f"band.{reason.state}"), score=_points(reason.score),
    )  # fmt: skip


def _named(thing: Indicator | DomainVitals | Mark | None) -> str:
    if thing is None:
        return UNKNOWN
    return (TEXTS.language == "en" and thing.name_en) or thing.name


def _points(points: float | None) -> str:
    return UNKNOWN if points is None else f"{points:.1f}"


def _share(share: float) -> str:
    return f"{100 * share:.0f}%"
