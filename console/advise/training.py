"""Trains a model: linear machines, one a label, with confidence set by messages they had not seen.

Needs scikit-learn and scipy; advice itself does not.
"""

import warnings
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import sklearn.feature_selection
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.isotonic import IsotonicRegression
from sklearn.svm import LinearSVC

from console.advise.features import CELL, Spec
from console.advise.matrix import (
    Counts,
    Fitted,
    Rows,
    counted,
    fitted,
    folds_of,
    groups_of,
    weighed,
)
from console.advise.model import EVEN, FORM, About, fingerprint, on_curve, packed, softmax
from console.advise.scoring import Scores, scored
from console.advise.vectors import Array
from console.base.errors import BadData

LEAST = 2
"""A label with fewer messages is left out, and counted."""
STRICT = 1.0
"""The C of the linear machines where none is chosen."""
STRICTS = (0.3, STRICT, 2.0)
TELLING = 100_000
"""So many features are learnt from; of more, those that tell the labels apart best (chi2)."""
KNOWN_QUANTILE, KNOWN_SLACK = 0.002, 0.85
SCALES = tuple(float(each) for each in np.exp(np.linspace(-1, 3.5, 46)))
"""What the scores may be multiplied by, so that they are as sure as they should be."""
POINTS = 24
"""Points of the confidence curve."""


_chi2: Any = sklearn.feature_selection


@dataclass(frozen=True, slots=True)
class Most:
    """How large a model may grow: features, and weights of them; those that say most are kept."""

    features: int = 250_000
    values: int = 4_000_000


@dataclass(frozen=True, slots=True)
class Trained:
    """A model's bytes, what it is, and how many messages were left out for lack of a label."""

    data: bytes
    about: About
    scores: Scores
    left_out: int


@dataclass(frozen=True, slots=True)
class Judges:
    """Linear machines: weights [features, labels] and offsets [labels]."""

    weights: Array
    offsets: Array


def train(
    rows: Rows, spec: Spec, *, groups: Sequence[str] | None = None, folds: int = 5, seed: int = 1,
    name: str = "", most: Most | None = None,
) -> Trained:  # fmt: skip
    """Train on messages; those of one group stay in one fold. BadData when there is too little."""
    most = most or Most()
    kept, labels = _labelled(rows, spec)
    told = [rows[n] for n in kept]
    held = [str(fingerprint(spec, row)) for row in told]
    group = [groups[n] for n in kept] if groups else groups_of(spec, told)
    names = sorted(set(labels))
    truth = np.asarray([names.index(label) for label in labels])
    counts = counted(spec, told)
    fold = folds_of(labels, group, folds, seed)
    outside, shares = _outside(counts, truth, fold, len(names), seed, most)
    scale, curve = _confidence(outside, truth)
    floor = float(np.quantile(shares, KNOWN_QUANTILE)) * KNOWN_SLACK
    scores = scored(crossed(outside, truth, fold), truth, known=shares >= floor)
    fit = fitted(counts, np.arange(len(told)))
    judges = linear(weighed(counts, fit, np.arange(len(told))), truth, len(names), seed)
    about = About(
        form=FORM, name=name, labels=tuple(names), spec=spec, trained_on=len(told), seed=seed,
        folds=folds, known_share=floor, scores=msgspec.to_builtins(scores),
    )  # fmt: skip
    arrays = _arrays(counts, fit, judges, scale, most)
    arrays |= {"curve": curve, "seen": np.asarray([int(h) for h in set(held)], np.int64)}
    return Trained(packed(about, arrays), about, scores, len(rows) - len(told))


@contextmanager
def bounded() -> Generator[None]:
    """Fit in silence: how many rounds a machine may take is set on purpose, and bounds its time.

    That it would have gone on is no fault: what it has learnt by then is measured like all else.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


@bounded()
def linear(vectors: Any, truth: Array, labels: int, seed: int) -> Judges:
    """Fit one linear machine a label, to the features that tell most, as strict as serves best."""
    told = telling(vectors, truth, TELLING)
    inside = vectors[:, told]
    machine: Any = LinearSVC(C=_strict(inside, truth, seed), random_state=seed, max_iter=2000)
    machine.fit(inside, truth)
    weights: Array = machine.coef_.T
    offsets: Array = machine.intercept_
    present = np.asarray(machine.classes_)
    if len(present) == 2:
        weights, offsets = np.hstack([-weights, weights]), np.concatenate([-offsets, offsets])
    # A label that none of these messages has is never given.
    full, base = np.zeros((vectors.shape[1], labels)), np.full(labels, -9.0)
    full[np.ix_(told, present)], base[present] = weights, offsets
    return Judges(full, base)


def telling(vectors: Any, truth: Array, most: int) -> Array:
    """Give the features that tell the labels apart best, in order of place."""
    ranks: Any = _chi2.chi2(vectors, truth)
    return np.sort(np.argsort(-np.nan_to_num(ranks[0]), kind="stable")[:most])


def _strict(vectors: Any, truth: Array, seed: int) -> float:
    """Choose the C by a quarter of the messages; the usual one where a label would lack."""
    part = np.arange(len(truth)) % 4 == 0
    if len(np.unique(truth[~part])) < len(np.unique(truth)):
        return STRICT

    def right(strict: float) -> float:
        machine: Any = LinearSVC(C=strict, random_state=seed, max_iter=2000)
        machine.fit(vectors[~part], truth[~part])
        return float((machine.predict(vectors[part]) == truth[part]).mean())

    return max(STRICTS, key=right)


def loudest(weights: Array, most: int) -> Array:
    """Give the features that say most, in order of place; none that says nothing."""
    loud = np.abs(weights - weights.mean(1, keepdims=True)).max(1)
    most = min(most, int(np.count_nonzero(loud)))
    return np.sort(np.argsort(-loud, kind="stable")[:most])


def set_right(raw: Array, curve: Array) -> Array:
    """Give probabilities whose first is as often right as it says, by the curve."""
    top = raw.argmax(1)
    at = np.arange(len(raw))
    first = raw[at, top]
    sure = on_curve(curve, first)
    left = raw + EVEN
    left[at, top] = 0
    found: Array = left * ((1 - sure) / left.sum(1))[:, None]
    found[at, top] = sure
    return np.minimum(found, sure[:, None])


def crossed(outside: Array, truth: Array, fold: Array) -> Array:
    """Give the confidence of each message, set by the other folds: what is scored was not used."""
    found = np.zeros_like(outside)
    for n in range(int(fold.max()) + 1):
        scale, curve = _confidence(outside[fold != n], truth[fold != n])
        found[fold == n] = set_right(softmax(outside[fold == n] * scale), curve)
    return found


def _outside(
    counts: Counts, truth: Array, fold: Array, labels: int, seed: int, most: Most
) -> tuple[Array, Array]:
    """Give the scores of each message by machines that did not see it, and how much they knew."""
    scores = np.zeros((len(truth), labels))
    shares = np.zeros(len(truth))
    for n in range(int(fold.max()) + 1):
        inside, out = np.nonzero(fold != n)[0], np.nonzero(fold == n)[0]
        fit = fitted(counts, inside)
        judges = linear(weighed(counts, fit, inside), truth[inside], labels, seed)
        kept = loudest(judges.weights, most.features)
        scores[out] = weighed(counts, fit, out)[:, kept] @ judges.weights[kept] + judges.offsets
        shares[out] = _shares(counts, fit.keep[kept], out)
    return scores, shares


def _shares(counts: Counts, kept: Array, rows: Array) -> Array:
    told = np.fromiter(
        ((len(w) == 2 and w[0] > CELL) or (w[0] == CELL and CELL not in w[1:])
         for w in counts.words),
        np.float32, len(counts.words),
    )  # fmt: skip
    met = np.zeros_like(told)
    met[kept] = told[kept]
    there = counts.counts[rows].sign()
    return np.asarray((there @ met) / np.maximum(there @ told, 1))


def _confidence(outside: Array, truth: Array) -> tuple[float, Array]:
    """Give the scale of the scores, and the curve from raw confidence to how often it is right."""
    at = np.arange(len(truth))
    scale = min(SCALES, key=lambda s: -np.log(softmax(outside * s)[at, truth] + 1e-12).mean())
    raw = softmax(outside * scale)
    first, right = raw.max(1), raw.argmax(1) == truth
    rising: Any = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    rising.fit(first, right)
    places = np.unique([0.0, *np.quantile(first, np.linspace(0, 1, POINTS)), 1.0])
    near = [_near(first, place) for place in places]
    # Never quite sure: so many messages cannot show more.
    smooth = [float((rising.predict(n).sum() + 0.5) / (len(n) + 1)) for n in near]
    return scale, np.asarray([places, np.maximum.accumulate(smooth)])


def _near(first: Array, place: float) -> Array:
    """Give the twentieth of the confidences that lies nearest to a place."""
    count = max(len(first) // 20, 1)
    return first[np.argsort(np.abs(first - place), kind="stable")[:count]]


def _labelled(rows: Rows, spec: Spec) -> tuple[list[int], list[str]]:
    labels = [row.get(spec.label, "").strip() for row in rows]
    often: dict[str, int] = {}
    for label in labels:
        often[label] = often.get(label, 0) + 1
    kept = [n for n, label in enumerate(labels) if label and often[label] >= LEAST]
    if len({labels[n] for n in kept}) < 2:
        raise BadData(spec.label, "", "fewer than two labels with two messages each")
    return kept, [labels[n] for n in kept]


def _arrays(
    counts: Counts, fit: Fitted, judges: Judges, scale: float, most: Most
) -> dict[str, Array]:
    """Give what is kept of the machines: the features and weights that say most."""
    weights = (judges.weights * scale).astype(np.float32)
    best = loudest(weights, most.features)
    weights = weights[best]
    if weights.size > most.values:
        small = np.partition(np.abs(weights).ravel(), -most.values)[-most.values]
        weights = np.where(np.abs(weights) >= small, weights, 0)
    thin: Any = sparse.csr_matrix(weights)
    best_of: list[int] = fit.keep[best].tolist()
    words = "\n".join([counts.words[n] for n in best_of])
    return {
        "vocabulary": np.frombuffer(words.encode("utf-8", "replace"), np.uint8),
        "idf": fit.idf[best],
        "blocks": counts.blocks[fit.keep[best]],
        "starts": thin.indptr.astype(np.int32),
        "labels": thin.indices.astype(np.uint16),
        "values": thin.data.astype(np.float16),
        "offsets": (judges.offsets * scale).astype(np.float32),
    }
