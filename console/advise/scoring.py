"""How good advice is: accuracy, macro-F1, top three, calibration error, coverage; numpy alone."""

from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.floating]
Ints: TypeAlias = NDArray[np.integer]
BINS = 15


class Band(Struct, frozen=True, kw_only=True):
    """One band of confidence: the share of messages in it, and how often its advice was right."""

    name: str
    share: float
    accuracy: float | None


class Scores(Struct, frozen=True, kw_only=True):
    """How advice stood beside what was true.

    ``calibration_error``: expected, over 15 bins of equal width. ``coverage_90``: the share whose
    confidence is at least 0.90, with its accuracy beside. ``coverage_at_94``: the largest share,
    the surest first, that is right in 94 of 100. ``abstained``: the share not known at all.
    """

    count: int
    accuracy: float
    macro_f1: float
    top3: float
    calibration_error: float
    coverage_90: float
    accuracy_90: float | None
    coverage_at_94: float
    abstained: float = 0.0
    bands: tuple[Band, ...] = ()


def scored(
    probabilities: Floats, truth: Ints, *,
    known: NDArray[np.bool_] | None = None, bands: tuple[float, float] = (0.90, 0.70),
) -> Scores:  # fmt: skip
    """Score probabilities [n, labels] beside the true labels [n]; -1 is a label not known."""
    best = probabilities.argmax(1)
    sure = probabilities.max(1)
    if known is not None:
        sure = np.where(known, sure, 0.0)
    right = best == truth
    ranked = np.argsort(-probabilities, axis=1)[:, :3]
    top = sure >= bands[0]
    return Scores(
        count=len(truth),
        accuracy=float(right.mean()),
        macro_f1=macro_f1(best, truth),
        top3=float((ranked == truth[:, None]).any(1).mean()),
        calibration_error=calibration_error(sure, right),
        coverage_90=float(top.mean()),
        accuracy_90=_share(right[top]),
        coverage_at_94=coverage_at(sure, right, 0.94),
        abstained=0.0 if known is None else float((~known).mean()),
        bands=_bands(sure, right, bands),
    )


def macro_f1(best: Ints, truth: Ints) -> float:
    """Give the mean F1 over the labels that are true or were given."""
    found: list[float] = []
    for label in np.union1d(best, truth):
        hit = float(((best == label) & (truth == label)).sum())
        found.append(2 * hit / float((best == label).sum() + (truth == label).sum()))
    return float(np.mean(found))


def calibration_error(sure: Floats, right: NDArray[np.bool_]) -> float:
    """Give the mean gap between how sure advice was and how often it was right."""
    where = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [
        abs(float(sure[where == n].sum()) - float(right[where == n].sum())) for n in range(BINS)
    ]
    return sum(gaps) / len(sure)


def coverage_at(sure: Floats, right: NDArray[np.bool_], wanted: float) -> float:
    """Give the largest share, the surest first, that is right so often."""
    ordered = right[np.argsort(-sure, kind="stable")]
    holds = np.cumsum(ordered) / np.arange(1, len(ordered) + 1) >= wanted
    return float((np.nonzero(holds)[0].max() + 1) / len(ordered)) if holds.any() else 0.0


def _bands(sure: Floats, right: NDArray[np.bool_], bands: tuple[float, float]) -> tuple[Band, ...]:
    high, low = bands
    masks = {
        "automatic": sure >= high, "confirm": (sure < high) & (sure >= low), "ask": sure < low,
    }  # fmt: skip
    return tuple(
        Band(name=name, share=float(mask.mean()), accuracy=_share(right[mask]))
        for name, mask in masks.items()
    )


def _share(right: NDArray[np.bool_]) -> float | None:
    return float(right.mean()) if len(right) else None
